"""What phpbb.xml holds."""

TITLE = "Forum conso"
EMPTY = 0
BROKEN = 0
ENTRIES = [
    {
        "key": "https://forum.example/viewtopic.php?p=881#p881",
        "link": "https://forum.example/viewtopic.php?p=881#p881",
        "title": "Livraisons • Gerbe « en préparation »",
        "text": 'Toujours "en préparation". Normal ?\nDes nouvelles\nd\'eux ?',
        "author": "claire_r",
        "site": "forum.example",
        "published": "2026-11-21T17:30:00+00:00",
        "published_raw": "2026-11-21T18:30:00+01:00",
        "language": "fr",
        "tags": ("Livraisons",),
        "links": ("https://forum.example/memberlist.php?u=5",),
    }
]
