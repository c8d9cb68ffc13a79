"""What bluesky_stream_v1.json holds."""

ENTRIES = [
    {
        "key": "at://did:plc:aaa111/app.bsky.feed.post/3mf1",
        "link": "https://bsky.app/profile/did:plc:aaa111/post/3mf1",
        "text": "Floréal & moi, c'est fini.",
        "author": "did:plc:aaa111",
        "site": "bsky.app",
        "published": "2026-11-20T10:15:30+00:00",
        "published_raw": "2026-11-20T10:15:30.123Z",
        "language": "fr",
        "links": ("https://floreal.example/aide",),
    },
    {
        "key": "at://did:plc:bbb222/app.bsky.feed.post/3mf2",
        "link": "https://bsky.app/profile/did:plc:bbb222/post/3mf2",
        "text": "Floréal ferme son entrepôt",
        "author": "did:plc:bbb222",
        "site": "bsky.app",
        "published": "2026-11-20T10:15:30+00:00",
        "published_raw": "2026-11-20T10:15:30Z",
        "links": ("https://sud-gazette.example/floreal",),
    },
    {
        "key": "at://did:plc:ccc333/app.bsky.feed.post/3mf3",
        "link": "https://bsky.app/profile/did:plc:ccc333/post/3mf3",
        "text": "As flores da Floréal chegaram 🌷",
        "author": "did:plc:ccc333",
        "site": "bsky.app",
        "published": "2026-11-20T10:15:30+00:00",
        "published_raw": "2026-11-20T11:15:30+01:00",
        "language": "pt",
    },
]
