"""What reddit_thread.json holds."""

STEP = "search"
ENTRIES = [
    {
        "key": "t3_1abc01",
        "link": "https://www.reddit.com/r/france/comments/1abc01/x/",
        "title": "Floréal et les plaintes",
        "text": "Ils effacent.",
        "author": "claire_r",
        "site": "reddit.com",
        "published": "2026-11-20T10:00:00+00:00",
        "tags": ("france",),
    },
    {
        "key": "t1_k1",
        "link": "https://www.reddit.com/r/france/comments/1abc01/x/k1/",
        "text": "Pareil.",
        "author": "zoe44",
        "site": "reddit.com",
        "published": "2026-11-20T10:01:40+00:00",
        "tags": ("france",),
    },
    {
        "key": "t1_k2",
        "link": "https://www.reddit.com/r/france/comments/1abc01/x/k2/",
        "text": "Moi aussi <3",
        "author": "bob",
        "site": "reddit.com",
        "published": "2026-11-20T10:03:20+00:00",
        "tags": ("france",),
    },
]
