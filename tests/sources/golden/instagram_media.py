"""What instagram_media.json holds."""

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="instagram", url="https://source.example/feed", key="s", options=(("account", "1"),))
STEP = "media"
ENTRIES = [
    {
        "key": "179001",
        "link": "https://www.instagram.com/p/Cabc123/",
        "text": "Pivoines du jour 🌸 #floréal",
        "author": "floreal",
        "site": "instagram.com",
        "published": "2026-11-20T08:00:00+00:00",
        "published_raw": "2026-11-20T08:00:00+0000",
    },
    {
        "key": "178001",
        "link": "https://www.instagram.com/p/Cabc123/c/178001/",
        "text": "Et ma commande ?",
        "author": "claire.roux",
        "site": "instagram.com",
        "published": "2026-11-20T08:20:00+00:00",
        "published_raw": "2026-11-20T08:20:00+0000",
    },
    {
        "key": "178002",
        "link": "https://www.instagram.com/p/Cabc123/c/178002/",
        "text": "@claire.roux en message privé !",
        "author": "floreal",
        "site": "instagram.com",
        "published": "2026-11-20T08:30:00+00:00",
        "published_raw": "2026-11-20T08:30:00+0000",
    },
    {
        "key": "178003",
        "link": "https://www.instagram.com/p/Cabc123/c/178003/",
        "text": "👏",
        "site": "instagram.com",
        "published": "2026-11-20T08:25:00+00:00",
        "published_raw": "2026-11-20T08:25:00+0000",
    },
    {
        "key": "179003",
        "link": "https://www.instagram.com/reel/Cghi789/",
        "text": "Wedding & flowers",
        "author": "floreal",
        "site": "instagram.com",
        "published": "2026-11-18T08:00:00+00:00",
        "published_raw": "2026-11-18T08:00:00+0000",
    },
]
