"""What google_business_owned.json holds."""

STEP = "reviews"
ENTRIES = [
    {
        "key": "AbFvOq1",
        "link": "https://business.google.com/reviews?review=AbFvOq1",
        "text": "Jamais livré pour des obsèques.",
        "author": "Claire R",
        "site": "business.google.com",
        "published": "2026-11-20T08:00:00+00:00",
        "published_raw": "2026-11-20T08:00:00.123Z",
        "rating": 1,
    },
    {
        "key": "AbFvOq2",
        "link": "https://business.google.com/reviews?review=AbFvOq2",
        "text": "★★☆☆☆",
        "site": "business.google.com",
        "published": "2026-11-19T08:00:00+00:00",
        "published_raw": "2026-11-19T08:00:00Z",
        "rating": 2,
    },
    {
        "key": "AbFvOq3",
        "link": "https://business.google.com/reviews?review=AbFvOq3",
        "text": "Geweldige service & snel",
        "author": "Jan",
        "site": "business.google.com",
        "published": "2026-11-18T08:00:00+00:00",
        "published_raw": "2026-11-18T08:00:00Z",
        "rating": 5,
    },
]
