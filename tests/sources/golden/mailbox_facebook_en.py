"""What mailbox_facebook_en.eml holds."""

ENTRIES = [
    {
        "key": "5f1a2b3d@notification.facebookmail.com#cf897335dda66139",
        "link": "https://www.facebook.com/floreal/posts/9017",
        "tags": ("Tom Hill posted on Floréal's timeline.",),
        "text": "Third bouquet that arrives dead. Avoid.",
        "author": "Tom Hill",
        "site": "facebook.com",
        "published": "2027-02-12T11:20:00+00:00",
    }
]
