"""What instagram_recent.json holds."""

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="instagram", url="https://source.example/feed", key="s", options=(("account", "1"),))
STEP = "recent"
ENTRIES = [
    {
        "key": "17901",
        "link": "https://www.instagram.com/p/C1/",
        "text": "Mon bouquet #floreal est arrivé fané",
        "site": "instagram.com",
        "published": "2026-11-20T08:00:00+00:00",
        "published_raw": "2026-11-20T08:00:00+0000",
    },
    {
        "key": "17902",
        "link": "https://www.instagram.com/p/C2/",
        "text": "Blumen von #floreal",
        "site": "instagram.com",
        "published": "2026-11-20T07:00:00+00:00",
        "published_raw": "2026-11-20T07:00:00+0000",
    },
    {
        "key": "17903",
        "link": "https://www.instagram.com/p/C3/",
        "text": "#floreal\n#flowers",
        "site": "instagram.com",
        "published": "2026-11-20T06:00:00+00:00",
        "published_raw": "2026-11-20T06:00:00+0000",
    },
]
