"""What google_business_former.json holds."""

ENTRIES = [
    {
        "key": "https://www.google.com/maps/contrib/1/reviews 1795168800",
        "link": "https://business.google.com/reviews?review=1795168800",
        "text": "Jamais livré & jamais remboursé.",
        "author": "Claire R",
        "site": "business.google.com",
        "published": "2026-11-20T10:00:00+00:00",
        "language": "fr",
        "rating": 1.0,
    },
    {
        "key": "https://www.google.com/maps/contrib/2/reviews 1795100000",
        "link": "https://business.google.com/reviews?review=1795100000",
        "text": "★★★★☆",
        "author": "Jan",
        "site": "business.google.com",
        "published": "2026-11-19T14:53:20+00:00",
        "rating": 4.0,
    },
    {
        "key": "Ana 1795000000",
        "link": "https://business.google.com/reviews?review=1795000000",
        "text": "Preciosas",
        "author": "Ana",
        "site": "business.google.com",
        "published": "2026-11-18T11:06:40+00:00",
        "language": "es",
        "rating": 5.0,
    },
]
