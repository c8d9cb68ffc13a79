"""What youtube_search.json holds."""

ENTRIES = [
    {
        "key": "yt:video:dQw4w9WgXcA",
        "link": "https://www.youtube.com/watch?v=dQw4w9WgXcA",
        "title": "J'ai testé Floréal & voilà",
        "text": "Trois bouquets, trois déceptions...",
        "author": "L'atelier d'Anna",
        "site": "youtube.com",
        "published": "2026-11-20T10:00:00+00:00",
        "published_raw": "2026-11-20T10:00:00Z",
    },
    {
        "key": "yt:video:dQw4w9WgXcB",
        "link": "https://www.youtube.com/watch?v=dQw4w9WgXcB",
        "title": "Floréal unboxing",
        "author": "Tom",
        "site": "youtube.com",
        "published": "2026-11-19T10:00:00+00:00",
        "published_raw": "2026-11-19T10:00:00Z",
    },
    {
        "key": "yt:video:dQw4w9WgXcC",
        "link": "https://www.youtube.com/watch?v=dQw4w9WgXcC",
        "title": "Entrepôt Floréal",
        "text": "Visite",
        "author": "Nantes TV",
        "site": "youtube.com",
        "published": "2026-11-18T10:00:00+00:00",
        "published_raw": "2026-11-18T10:00:00Z",
    },
]
