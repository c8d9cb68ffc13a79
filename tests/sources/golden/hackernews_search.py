"""What hackernews_search.json holds."""

STEP = "0"
ENTRIES = [
    {
        "key": "4210001",
        "link": "https://news.ycombinator.com/item?id=4210001",
        "title": "Show HN: We replaced our flower ERP (Floréal) with SQLite",
        "author": "pg_fan",
        "site": "news.ycombinator.com",
        "published": "2026-11-20T10:00:00+00:00",
        "links": ("https://blog.floreal.example/sqlite",),
    },
    {
        "key": "4210007",
        "link": "https://news.ycombinator.com/item?id=4210007",
        "title": "Show HN: We replaced our flower ERP",
        "text": "I ordered from Floréal & it never came.\nSee https://avis.example/1",
        "author": "dang2",
        "site": "news.ycombinator.com",
        "published": "2026-11-20T11:00:00+00:00",
        "links": ("https://blog.floreal.example/sqlite", "https://avis.example/1"),
    },
    {
        "key": "4210009",
        "link": "https://news.ycombinator.com/item?id=4210009",
        "title": "Ask HN: Has anyone used Floréal?",
        "text": "Looking for reviews.",
        "author": "curious",
        "site": "news.ycombinator.com",
        "published": "2026-11-19T14:53:20+00:00",
    },
]
