"""What bluesky_search.json holds."""

STEP = "search 0 jeton"
ENTRIES = [
    {
        "key": "at://did:plc:aaa111/app.bsky.feed.post/3mf1",
        "link": "https://bsky.app/profile/lea-conso.bsky.social/post/3mf1",
        "text": "Floréal & moi, c'est fini : trois commandes, zéro fleur.\nVoir floreal.example/aide",
        "author": "lea-conso.bsky.social",
        "site": "bsky.app",
        "published": "2026-11-20T10:15:30+00:00",
        "published_raw": "2026-11-20T10:15:30.123Z",
        "language": "fr",
        "links": ("https://floreal.example/aide",),
    },
    {
        "key": "at://did:plc:bbb222/app.bsky.feed.post/3mf2",
        "link": "https://bsky.app/profile/did:plc:bbb222/post/3mf2",
        "text": "@lea-conso.bsky.social pareil ici avec Floréal",
        "author": "handle.invalid",
        "site": "bsky.app",
        "published": "2026-11-20T09:00:00+00:00",
        "published_raw": "2026-11-20T09:00:00Z",
    },
    {
        "key": "at://did:plc:ccc333/app.bsky.feed.post/3mf3",
        "link": "https://bsky.app/profile/sud-gazette.example/post/3mf3",
        "text": "Floréal ferme son entrepôt\nSoixante emplois sont menacés.",
        "author": "sud-gazette.example",
        "site": "bsky.app",
        "published": "2026-11-19T17:00:00+00:00",
        "published_raw": "2026-11-19T18:00:00.000+01:00",
        "language": "fr",
        "links": ("https://sud-gazette.example/floreal",),
    },
    {
        "key": "at://did:plc:ddd444/app.bsky.feed.post/3mf4",
        "link": "https://bsky.app/profile/gardener.example/post/3mf4",
        "text": "Lovely tulips from Floréal 🌷",
        "author": "gardener.example",
        "site": "bsky.app",
        "published": "2026-11-19T08:30:00+00:00",
        "published_raw": "2026-11-19T08:30:00.000Z",
        "language": "en",
    },
]
