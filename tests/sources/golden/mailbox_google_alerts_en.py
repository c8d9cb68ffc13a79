"""What mailbox_google_alerts_en.eml holds."""

ENTRIES = [
    {
        "key": "0000000000000abc13@google.com#738edc1793acdf5e",
        "link": "https://daily-bouquet.example/floreal-valentine",
        "title": "Floréal customers left without Valentine flowers",
        "text": "Hundreds of orders placed with Floréal were never delivered, and nobody answers the phone ...",
        "site": "daily-bouquet.example",
        "published": "2027-02-12T13:00:09+00:00",
    },
    {
        "key": "0000000000000abc13@google.com#7f197c1bb342e0ef",
        "link": "https://market-post.example/2027/02/12/floreal?ref=rss",
        "title": "Floréal stock falls",
        "text": "The florist lost a tenth of its value.",
        "site": "market-post.example",
        "published": "2027-02-12T13:00:09+00:00",
    },
    {
        "key": "0000000000000abc13@google.com#9dc28c2f87b543fe",
        "link": "https://forum.example/t/floreal/91",
        "title": "Floréal review thread",
        "text": "I ordered on Monday, still nothing ...",
        "site": "forum.example",
        "published": "2027-02-12T13:00:09+00:00",
    },
]
