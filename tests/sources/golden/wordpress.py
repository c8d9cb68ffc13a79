"""What wordpress.xml holds."""

TITLE = "Carnet de mariée"
EMPTY = 0
BROKEN = 0
ENTRIES = [
    {
        "key": "https://carnet.example/?p=12",
        "link": "https://carnet.example/fleurs/",
        "title": "Les fleurs, c’est l’essentiel",
        "text": "Floréal a fleuri notre mariage : superbe, livré à l’heure.\nMerci à eux !",
        "author": "Inès",
        "site": "carnet.example",
        "published": "2026-11-21T08:12:00+00:00",
        "published_raw": "Sat, 21 Nov 2026 08:12:00 +0000",
        "language": "fr",
        "tags": ("Fleurs", "Avis & conseils"),
        "links": ("https://floreal.example/?a=1&b=2",),
    }
]
