"""What facebook_page_ratings.json holds."""

from veille.model.exchange import Source

SOURCE = Source(
    id="s", kind="facebook_page", url="https://source.example/feed", key="s", options=(("page", "floreal"),)
)
STEP = "ratings"
ENTRIES = [
    {
        "key": "rating:9001",
        "link": "https://www.facebook.com/9001",
        "text": "Livré avec un jour de retard, vase cassé.",
        "author": "Paul M.",
        "site": "facebook.com",
        "published": "2026-11-20T08:00:00+00:00",
        "published_raw": "2026-11-20T08:00:00+0000",
        "rating": 1.0,
    },
    {
        "key": "rating:2026-11-18T08:00:00+0000",
        "link": "https://www.facebook.com/floreal/reviews",
        "text": "positive",
        "site": "facebook.com",
        "published": "2026-11-18T08:00:00+00:00",
        "published_raw": "2026-11-18T08:00:00+0000",
        "rating": 5.0,
    },
    {
        "key": "rating:Anna2019-05-01T08:00:00+0000",
        "link": "https://www.facebook.com/floreal/reviews",
        "text": "Bof",
        "author": "Anna",
        "site": "facebook.com",
        "published": "2019-05-01T08:00:00+00:00",
        "published_raw": "2019-05-01T08:00:00+0000",
        "rating": 2.0,
    },
]
