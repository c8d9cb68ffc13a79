"""What lemmy_search.json holds."""

STEP = "0"
ENTRIES = [
    {
        "key": "https://jlai.example/post/300",
        "link": "https://jlai.example/post/300",
        "title": "Vos fleuristes ?",
        "text": "Floréal ou un autre ?",
        "author": "jeanne",
        "site": "jlai.example",
        "published": "2026-11-20T10:00:00+00:00",
        "published_raw": "2026-11-20T10:00:00.123456Z",
        "tags": ("france",),
        "links": ("https://blog.example/fleuristes",),
    },
    {
        "key": "https://lemmy.example/post/9001",
        "link": "https://lemmy.example/post/9001",
        "title": "Floréal accused of deleting complaints",
        "author": "anna",
        "site": "lemmy.example",
        "published": "2026-11-19T10:00:00+00:00",
        "published_raw": "2026-11-19T10:00:00.123456Z",
        "tags": ("world",),
        "links": ("https://news.example/floreal",),
    },
    {
        "key": "https://jlai.example/comment/501",
        "link": "https://jlai.example/comment/501",
        "title": "Vos fleuristes ?",
        "text": "J'ai *jamais* reçu les miennes de Floréal.",
        "author": "marcel",
        "site": "jlai.example",
        "published": "2026-11-20T11:00:00+00:00",
        "published_raw": "2026-11-20T11:00:00.000000Z",
        "tags": ("france",),
    },
]
