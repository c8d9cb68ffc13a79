"""What rss091.xml holds."""

TITLE = "Les Fleurs du marché"
EMPTY = 0
BROKEN = 0
ENTRIES = [
    {
        "key": "http://fleurs.example/1.html",
        "link": "http://fleurs.example/1.html",
        "title": "Bouquet fané dès le lendemain",
        "text": "Roses fanées & service muet.",
        "site": "fleurs.example",
        "language": "fr",
    },
    {
        "key": "http://fleurs.example/2.html",
        "link": "http://fleurs.example/2.html",
        "title": "Livré à l'heure",
        "site": "fleurs.example",
        "language": "fr",
    },
]
