"""What rss092.xml holds."""

TITLE = "Carnet"
EMPTY = 0
BROKEN = 0
ENTRIES = [
    {
        "key": "day:04867fa26afb486ce899a8258ce18dcc",
        "text": "La commande est perdue.\nVoir ici",
        "site": "origine.example",
        "links": ("http://autre.example/p?a=1&b=2",),
    },
    {"key": "day:b88221623db2894c9826f3edc952ac89", "title": "Avec une pièce jointe", "tags": ("Musique",)},
]
