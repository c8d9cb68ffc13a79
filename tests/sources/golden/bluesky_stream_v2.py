"""What bluesky_stream_v2.json holds."""

ENTRIES = [
    {
        "key": "at://did:plc:aaa111/app.bsky.feed.post/3mf1",
        "link": "https://bsky.app/profile/did:plc:aaa111/post/3mf1",
        "text": "Floréal, encore.",
        "author": "did:plc:aaa111",
        "site": "bsky.app",
        "published": "2026-11-20T10:15:30+00:00",
        "published_raw": "2026-11-20T10:15:30.123Z",
        "language": "fr",
    },
    {
        "key": "at://did:plc:bbb222/app.bsky.feed.post/3mf2",
        "link": "https://bsky.app/profile/did:plc:bbb222/post/3mf2",
        "text": "Floréal ?",
        "author": "did:plc:bbb222",
        "site": "bsky.app",
        "published": "2026-11-20T10:15:31+00:00",
        "published_raw": "2026-11-20T10:15:31Z",
    },
    {
        "key": "at://did:plc:ccc333/app.bsky.feed.post/3mf3",
        "link": "https://bsky.app/profile/did:plc:ccc333/post/3mf3",
        "text": "Flowers by Floréal",
        "author": "did:plc:ccc333",
        "site": "bsky.app",
        "published": "2026-11-20T10:15:33+00:00",
        "published_raw": "2026-11-20T10:15:33Z",
        "language": "en",
    },
]
