"""What mailbox_google_business_en.eml holds."""

ENTRIES = [
    {
        "key": "696aa6bd-1@google.com#d7550764bcfd9989",
        "link": "https://business.google.com/n/178/reviews?hl=fr&fid=77#r1016263404260",
        "tags": ("Sarah left a review for Floréal",),
        "text": "Ordered for my mother. Half the roses were brown, the card was missing.",
        "author": "Sarah Moreau",
        "site": "business.google.com",
        "published": "2027-02-12T09:27:39+00:00",
        "rating": 2.0,
    }
]
