"""What atom03.xml holds."""

TITLE = "Old journal"
EMPTY = 0
BROKEN = 0
ENTRIES = [
    {
        "key": "tag:old.example,2026:1",
        "link": "http://old.example/2026/1",
        "title": "Never delivered",
        "text": "Two weeks late\nand no answer",
        "author": "Jo",
        "site": "old.example",
        "published": "2026-11-20T14:00:00+00:00",
        "published_raw": "2026-11-20T09:00:00-05:00",
        "language": "en",
    }
]
