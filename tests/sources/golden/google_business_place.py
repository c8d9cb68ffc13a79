"""What google_business_place.json holds."""

STEP = "place"
ENTRIES = [
    {
        "key": "places/ChIJ1/reviews/ChZDSUhN1",
        "link": "https://www.google.com/maps/reviews/data=!4m6!14m5",
        "text": "Jamais livré.",
        "author": "Claire R",
        "site": "google.com",
        "published": "2026-11-20T08:00:00+00:00",
        "published_raw": "2026-11-20T08:00:00.123456Z",
        "language": "fr",
        "rating": 1.0,
    },
    {
        "key": "places/ChIJ1/reviews/ChZDSUhN2",
        "link": "https://business.google.com/reviews?review=ChZDSUhN2",
        "text": "★★★★☆",
        "author": "Joël",
        "site": "business.google.com",
        "published": "2026-10-01T10:00:00+00:00",
        "published_raw": "2026-10-01T10:00:00Z",
        "rating": 4.0,
    },
    {
        "key": "places/ChIJ1/reviews/ChZDSUhN3",
        "link": "https://business.google.com/reviews?review=ChZDSUhN3",
        "text": "Prijzig maar goed",
        "author": "Jan",
        "site": "business.google.com",
        "published": "2026-09-01T10:00:00+00:00",
        "published_raw": "2026-09-01T10:00:00Z",
        "language": "nl",
        "rating": 3.0,
    },
]
