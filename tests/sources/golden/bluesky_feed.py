"""What bluesky_feed.json holds."""

STEP = "search 0 jeton"
ENTRIES = [
    {
        "key": "at://did:plc:aaa111/app.bsky.feed.post/3mg1",
        "link": "https://bsky.app/profile/lea-conso.bsky.social/post/3mg1",
        "text": "Toujours rien de Floréal.",
        "author": "lea-conso.bsky.social",
        "site": "bsky.app",
        "published": "2026-11-20T10:15:30+00:00",
        "published_raw": "2026-11-20T10:15:30.123Z",
        "language": "fr",
    },
    {
        "key": "at://did:plc:eee555/app.bsky.feed.post/3mg2",
        "link": "https://bsky.app/profile/tom.example/post/3mg2",
        "text": "Floréal liefert auch nach Köln.",
        "author": "tom.example",
        "site": "bsky.app",
        "published": "2026-11-19T10:00:00+00:00",
        "published_raw": "2026-11-19T10:00:00Z",
        "language": "de",
    },
    {
        "key": "at://did:plc:aaa111/app.bsky.feed.post/3mg3",
        "link": "https://bsky.app/profile/lea-conso.bsky.social/post/3mg3",
        "text": "Des roses fanées dans leur carton Floréal",
        "author": "lea-conso.bsky.social",
        "site": "bsky.app",
        "published": "2026-11-18T10:00:00+00:00",
        "published_raw": "2026-11-18T10:00:00Z",
    },
]
