"""What atom10.xml holds."""

TITLE = "Le blog d'Inès"
EMPTY = 0
BROKEN = 0
ENTRIES = [
    {
        "key": "urn:uuid:2",
        "link": "https://atom.example/blog/2026/mariage.html",
        "title": "5 < 6 & 7 > 6",
        "text": "Livré à l'heure,\nbravo !",
        "author": "Inès",
        "site": "atom.example",
        "published": "2026-11-21T09:00:00+00:00",
        "published_raw": "2026-11-21T10:00:00.250+01:00",
        "language": "fr",
        "tags": ("Mariage",),
    },
    {
        "key": "urn:uuid:3",
        "link": "https://atom.example/2",
        "title": "Un autre auteur",
        "author": "Claire R.",
        "site": "atom.example",
        "published": "2026-11-19T08:00:00+00:00",
        "published_raw": "2026-11-19T08:00:00Z",
        "language": "fr",
    },
]
