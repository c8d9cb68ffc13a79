"""What youtube.xml holds."""

TITLE = "Essais du mardi"
EMPTY = 0
BROKEN = 0
ENTRIES = [
    {
        "key": "yt:video:abc",
        "link": "https://www.youtube.com/watch?v=abc",
        "title": "J'ai testé Floréal",
        "text": "Trois bouquets, deux arrivés.\nLe lien : https://floreal.example/roses",
        "author": "Essais du mardi",
        "site": "youtube.com",
        "published": "2026-11-17T17:00:00+00:00",
        "published_raw": "2026-11-17T17:00:00+00:00",
        "links": ("https://floreal.example/roses",),
    }
]
