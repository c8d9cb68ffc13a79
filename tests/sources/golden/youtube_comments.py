"""What youtube_comments.json holds."""

ENTRIES = [
    {
        "key": "yt:comment:Ugx1",
        "link": "https://www.youtube.com/watch?v=dQw4w9WgXcA&lc=Ugx1",
        "text": "Pareil & jamais *remboursé*",
        "author": "@claire-r",
        "site": "youtube.com",
        "published": "2026-11-20T11:00:00+00:00",
        "published_raw": "2026-11-20T11:00:00Z",
    },
    {
        "key": "yt:comment:Ugx1.9a",
        "link": "https://www.youtube.com/watch?v=dQw4w9WgXcA&lc=Ugx1.9a",
        "text": "Moi aussi\nFloréal, c'est fini",
        "author": "@bob",
        "site": "youtube.com",
        "published": "2026-11-20T12:00:00+00:00",
        "published_raw": "2026-11-20T12:00:00Z",
    },
    {
        "key": "yt:comment:Ugx2",
        "link": "https://www.youtube.com/watch?v=dQw4w9WgXcA&lc=Ugx2",
        "text": "First!",
        "site": "youtube.com",
        "published": "2026-11-20T10:01:00+00:00",
        "published_raw": "2026-11-20T10:01:00Z",
    },
]
