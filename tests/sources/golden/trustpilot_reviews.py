"""What trustpilot_reviews.json holds."""

STEP = "reviews"
ENTRIES = [
    {
        "key": "673d0a1b",
        "link": "https://www.trustpilot.com/reviews/673d0a1b",
        "title": "Jamais livré & jamais remboursé",
        "text": 'Commande pour des obsèques,\n"toujours en préparation".',
        "author": "Monique D.",
        "site": "trustpilot.com",
        "published": "2026-11-20T12:48:00+00:00",
        "published_raw": "2026-11-20T12:48:00Z",
        "language": "fr",
        "rating": 1.0,
    },
    {
        "key": "673d0a1c",
        "link": "https://www.trustpilot.com/reviews/673d0a1c",
        "title": "Top!",
        "author": "Jan",
        "site": "trustpilot.com",
        "published": "2026-11-19T08:00:00+00:00",
        "published_raw": "2026-11-19T08:00:00.123Z",
        "language": "nl",
        "rating": 5.0,
    },
    {
        "key": "673d0a1d",
        "link": "https://www.trustpilot.com/reviews/673d0a1d",
        "text": "★★☆☆☆",
        "site": "trustpilot.com",
        "published": "2026-11-18T08:00:00+00:00",
        "published_raw": "2026-11-18T08:00:00Z",
        "language": "en",
        "rating": 2.0,
    },
]
