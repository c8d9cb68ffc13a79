"""What facebook_page_feed.json holds."""

from veille.model.exchange import Source

SOURCE = Source(
    id="s", kind="facebook_page", url="https://source.example/feed", key="s", options=(("page", "floreal"),)
)
STEP = "feed"
ENTRIES = [
    {
        "key": "100_201",
        "link": "https://www.facebook.com/floreal/posts/201",
        "text": "Nos pivoines arrivent & elles sont belles !",
        "author": "Floréal",
        "site": "facebook.com",
        "published": "2026-11-20T08:00:00+00:00",
        "published_raw": "2026-11-20T08:00:00+0000",
    },
    {
        "key": "201_301",
        "link": "https://www.facebook.com/floreal/posts/201?comment_id=301",
        "text": "Et ma commande du 12 ? Personne ne répond.",
        "author": "Claire Roux",
        "site": "facebook.com",
        "published": "2026-11-20T08:20:00+00:00",
        "published_raw": "2026-11-20T08:20:00+0000",
    },
    {
        "key": "201_302",
        "link": "https://www.facebook.com/201_302",
        "text": "Bonjour Claire, écrivez-nous.",
        "author": "Floréal",
        "site": "facebook.com",
        "published": "2026-11-20T09:00:00+00:00",
        "published_raw": "2026-11-20T09:00:00+0000",
    },
    {
        "key": "201_303",
        "link": "https://www.facebook.com/201_303",
        "text": "😡😡",
        "site": "facebook.com",
        "published": "2026-11-20T08:30:00+00:00",
        "published_raw": "2026-11-20T08:30:00+0000",
    },
    {
        "key": "100_202",
        "link": "https://www.facebook.com/floreal/photos/202",
        "text": "Floréal updated their cover photo.",
        "site": "facebook.com",
        "published": "2026-11-19T08:00:00+00:00",
        "published_raw": "2026-11-19T08:00:00+0000",
    },
]
