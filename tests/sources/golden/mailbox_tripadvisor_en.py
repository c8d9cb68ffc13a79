"""What mailbox_tripadvisor_en.eml holds."""

ENTRIES = [
    {
        "key": "ta1@tripadvisor.com#02a310ff9c50d6dc",
        "link": "https://www.tripadvisor.com/ShowUserReviews-g187147-d1234-r987654321-Floreal_Garden_Cafe-Paris.html?m=19904#REVIEWS",
        "title": "Cold coffee, rude staff",
        "text": "We waited forty minutes and left.",
        "author": "nomad88",
        "site": "tripadvisor.com",
        "published": "2027-02-12T08:00:00+00:00",
        "rating": 1.0,
    }
]
