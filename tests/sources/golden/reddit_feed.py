"""What reddit_feed.xml holds."""

TITLE = "reddit.com: search results - Floréal"
ENTRIES = [
    {
        "key": "t3_1abc01",
        "link": "https://www.reddit.com/r/france/comments/1abc01/x/",
        "title": "Floréal & les plaintes effacées",
        "text": "Ils ont effacé mon message & bloqué mon compte.",
        "author": "claire_r",
        "site": "reddit.com",
        "published": "2026-11-20T10:00:00+00:00",
        "published_raw": "2026-11-20T10:00:00+00:00",
        "tags": ("r/france",),
    },
    {
        "key": "t3_1abc02",
        "link": "https://www.reddit.com/r/Nantes/comments/1abc02/y/",
        "title": "Le Courrier : Floréal ferme",
        "author": "lea",
        "site": "reddit.com",
        "published": "2026-11-19T10:00:00+00:00",
        "published_raw": "2026-11-19T10:00:00+00:00",
        "tags": ("r/Nantes",),
        "links": ("https://le-courrier.example/floreal",),
    },
    {
        "key": "t1_kx1",
        "link": "https://www.reddit.com/r/france/comments/1abc09/vos/kx1/",
        "title": "Vos fleuristes ?",
        "text": "Floréal, jamais plus.",
        "author": "papy_marc",
        "site": "reddit.com",
        "published": "2026-11-18T10:00:00+00:00",
        "published_raw": "2026-11-18T10:00:00+00:00",
        "tags": ("r/france",),
    },
]
