"""What mailbox_trustpilot_en.eml holds."""

ENTRIES = [
    {
        "key": "tp1@trustpilot.com#3f0a1cbdf7ed2d8c",
        "link": "https://www.trustpilot.com/reviews/65ca1f0e8d2b4c0012ab34cd",
        "title": "Never again",
        "text": "No flowers on the day, no refund, no answer.",
        "author": "Emma Stone",
        "site": "trustpilot.com",
        "published": "2027-02-12T09:00:00+00:00",
        "rating": 1.0,
    }
]
