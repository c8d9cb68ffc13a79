"""What jsonfeed.json holds."""

TITLE = "Micro"
EMPTY = 1
BROKEN = 1
ENTRIES = [
    {
        "key": "17",
        "link": "https://micro.example/17",
        "text": "Late again\nWhy?",
        "author": "Host",
        "site": "micro.example",
        "published": "2026-11-20T09:00:00+00:00",
        "published_raw": "2026-11-20T10:00:00+01:00",
        "language": "en",
        "tags": ("late", "post"),
    },
    {
        "key": "link:5e8834adf40b76a06903462fb7d66c74",
        "link": "https://else.example/b",
        "title": "Plain <b> text",
        "text": "See https://third.example/x.",
        "author": "Jo",
        "site": "else.example",
        "published": "2026-11-19T00:00:00+00:00",
        "published_raw": "2026-11-19",
        "language": "fr",
        "links": ("https://third.example/x",),
    },
]
