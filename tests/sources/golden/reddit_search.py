"""What reddit_search.json holds."""

STEP = "search"
ENTRIES = [
    {
        "key": "t3_1abc01",
        "link": "https://www.reddit.com/r/france/comments/1abc01/floréal_les_plaintes_effacées/",
        "title": "Floréal & les plaintes effacées",
        "text": "Bonjour,\nils ont **effacé** mon message > preuve : https://img.example/1.png",
        "author": "claire_r",
        "site": "reddit.com",
        "published": "2026-11-20T10:00:00+00:00",
        "tags": ("france",),
        "links": ("https://img.example/1.png",),
    },
    {
        "key": "t3_1abc02",
        "link": "https://www.reddit.com/r/Nantes/comments/1abc02/le_courrier/",
        "title": "Le Courrier : Floréal ferme",
        "author": "[deleted]",
        "site": "reddit.com",
        "published": "2026-11-19T14:53:20+00:00",
        "tags": ("Nantes",),
        "links": ("https://le-courrier.example/floreal?a=1&b=2",),
    },
    {
        "key": "t1_kx1",
        "link": "https://www.reddit.com/r/france/comments/1abc09/vos_fleuristes/kx1/",
        "title": "Vos fleuristes ?",
        "text": "Floréal, jamais plus.",
        "author": "papy_marc",
        "site": "reddit.com",
        "published": "2026-11-19T01:00:00+00:00",
        "tags": ("france",),
    },
    {
        "key": "t1_kx2",
        "link": "https://www.reddit.com/r/france/comments/1abc09/_/kx2/",
        "text": "[removed]",
        "author": "[deleted]",
        "site": "reddit.com",
        "published": "2026-11-18T22:13:20+00:00",
        "tags": ("france",),
    },
]
