"""What directory_lines.json holds."""

ENTRIES = [
    {
        "key": "a1",
        "link": "https://forum.example/t/1",
        "title": "Floréal en retard",
        "text": "Trois jours d'attente & aucune nouvelle.",
        "author": "claire_r",
        "site": "forum.example",
        "published": "2026-11-20T09:00:00+00:00",
        "published_raw": "2026-11-20T10:00:00+01:00",
        "language": "fr",
    },
    {
        "key": "a2",
        "link": "https://avis.example/2",
        "text": "Fleurs fanées.",
        "site": "avis.example",
        "published": "2026-11-19T00:00:00+00:00",
        "published_raw": "2026-11-19",
        "rating": 1.0,
    },
    {
        "key": "https://blog.example/3",
        "link": "https://blog.example/3",
        "title": "Une livraison",
        "site": "blog.example",
    },
]
