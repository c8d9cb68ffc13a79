"""What vbulletin_fr.xml holds."""

TITLE = "Forum Jardin"
ENTRIES = [
    {
        "key": "https://jardin.example/showthread.php?t=4410",
        "link": "https://jardin.example/showthread.php?t=4410&goto=newpost",
        "title": "Floréal : gerbe jamais livrée",
        "text": "Toujours rien reçu de Floréal & personne au téléphone depuis lundi.",
        "author": "claire_r",
        "site": "jardin.example",
        "published": "2026-11-20T09:40:00+00:00",
        "published_raw": "Fri, 20 Nov 2026 09:40:00 GMT",
        "language": "fr",
        "tags": ("Livraisons",),
    },
    {
        "key": "https://jardin.example/showthread.php?t=4409",
        "link": "https://jardin.example/showthread.php?t=4409&goto=newpost",
        "title": "Vos tulipes",
        "text": "Superbes",
        "author": "papy_marc",
        "site": "jardin.example",
        "published": "2026-11-19T09:40:00+00:00",
        "published_raw": "Thu, 19 Nov 2026 09:40:00 GMT",
        "language": "fr",
        "tags": ("Bulbes",),
    },
    {
        "key": "https://jardin.example/showthread.php?t=4408",
        "link": "https://jardin.example/showthread.php?t=4408",
        "title": "Sans texte",
        "author": "zoe44",
        "site": "jardin.example",
        "published": "2026-11-18T09:40:00+00:00",
        "published_raw": "Wed, 18 Nov 2026 09:40:00 GMT",
        "language": "fr",
    },
]
