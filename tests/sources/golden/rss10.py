"""What rss10.xml holds."""

TITLE = "Brèves"
EMPTY = 0
BROKEN = 0
ENTRIES = [
    {
        "key": "http://rdf.example/a",
        "link": "http://rdf.example/a",
        "title": "Panne générale",
        "text": "Le réseau est tombé.",
        "author": "Paul Garnier",
        "site": "rdf.example",
        "published": "2026-11-20T07:30:00+00:00",
        "published_raw": "2026-11-20T08:30:00+01:00",
        "language": "fr",
        "tags": ("réseau",),
    }
]
