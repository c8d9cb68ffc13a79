"""What rss20.xml holds."""

TITLE = "Le Fil & Cie"
EMPTY = 1
BROKEN = 0
ENTRIES = [
    {
        "key": "fil-1",
        "link": "https://source.example/articles/1?utm_source=rss",
        "title": "Panne chez <Réseau> : l’excuse",
        "text": "un\ndeux\na b",
        "author": "Léa Conso",
        "site": "source.example",
        "published": "2026-11-20T11:00:00+00:00",
        "published_raw": "ven., 20 nov. 2026 12:00:00 +0100",
        "language": "fr",
        "tags": ("Télécom",),
    },
    {
        "key": "link:63545cec840b1ebf448f13466cb5d7dd",
        "link": "https://fil.example/articles/2",
        "title": "Même numéro que le suivant",
        "site": "publieur.example",
        "published": "2026-11-19T15:07:00+00:00",
        "published_raw": "2026/11/19 15:07",
        "language": "fr",
    },
    {
        "key": "day:60c5808140dc3ef8d06ddf7aa87dc13d",
        "title": "Même numéro que le précédent",
        "published_raw": "bientôt",
        "language": "fr",
    },
]
