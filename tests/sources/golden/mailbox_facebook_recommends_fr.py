"""What mailbox_facebook_recommends_fr.eml holds."""

ENTRIES = [
    {
        "key": "5f1a2b3e@notification.facebookmail.com#e111d8ff65c0fea1",
        "link": "https://www.facebook.com/floreal/reviews#r735572500502",
        "tags": ("Marc Petit ne recommande pas Floréal",),
        "text": "Fleurs fanées à l'arrivée, remboursement refusé.",
        "author": "Marc Petit",
        "site": "facebook.com",
        "published": "2027-02-12T12:00:00+00:00",
        "rating": 1.0,
    }
]
