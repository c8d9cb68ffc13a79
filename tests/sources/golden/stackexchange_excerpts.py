"""What stackexchange_excerpts.json holds."""

STEP = "0"
ENTRIES = [
    {
        "key": "79000001",
        "link": "https://stackoverflow.com/q/79000001",
        "title": "Floréal API",
        "text": "The Floréal API",
        "site": "stackoverflow.com",
        "published": "2026-11-20T10:00:00+00:00",
        "tags": ("api",),
    },
    {
        "key": "answer:79000009",
        "link": "https://stackoverflow.com/a/79000009",
        "title": "How to order flowers?",
        "text": "Use Floréal.",
        "site": "stackoverflow.com",
        "published": "2026-11-18T11:06:40+00:00",
    },
    {
        "key": "answer:79000010",
        "link": "https://stackoverflow.com/a/79000010",
        "title": "How to order flowers?",
        "text": "Or not.",
        "site": "stackoverflow.com",
        "published": "2026-11-18T11:08:20+00:00",
    },
]
