"""What mastodon.xml holds."""

TITLE = "#floreal"
EMPTY = 0
BROKEN = 0
ENTRIES = [
    {
        "key": "https://pouet.example/@jul_nantes/1130001",
        "link": "https://pouet.example/@jul_nantes/1130001",
        "text": "#floreal efface les messages.\nCaptures : https://images.example/1",
        "site": "pouet.example",
        "published": "2026-11-20T12:19:00+00:00",
        "published_raw": "Fri, 20 Nov 2026 12:19:00 +0000",
        "tags": ("floreal",),
        "links": ("https://pouet.example/tags/floreal", "https://images.example/1"),
    }
]
