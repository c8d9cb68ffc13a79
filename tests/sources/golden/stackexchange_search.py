"""What stackexchange_search.json holds."""

STEP = "0"
ENTRIES = [
    {
        "key": "79000001",
        "link": "https://stackoverflow.com/questions/79000001/floreal-api",
        "title": 'Floréal API returns "403"',
        "text": "The Floréal API & me:\nGET /orders",
        "author": "Zoé",
        "site": "stackoverflow.com",
        "published": "2026-11-20T10:00:00+00:00",
        "tags": ("python", "imap"),
    },
    {
        "key": "79000002",
        "link": "https://stackoverflow.com/questions/79000002/x",
        "title": "Migrated question",
        "author": "user123",
        "site": "stackoverflow.com",
        "published": "2026-11-19T14:53:20+00:00",
    },
    {
        "key": "answer:79000009",
        "link": "https://stackoverflow.com/questions/79000003/y/79000009#79000009",
        "title": "How to order flowers?",
        "text": "Use Floréal.",
        "site": "stackoverflow.com",
        "published": "2026-11-18T11:06:40+00:00",
        "links": ("https://floreal.example",),
    },
]
