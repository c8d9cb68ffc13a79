"""What mailbox_google_business_fr.eml holds."""

ENTRIES = [
    {
        "key": "696aa6bd-2@google.com#cba13426a1326adc",
        "link": "https://business.google.com/n/178/reviews?hl=fr&fid=77#r779027312492",
        "tags": ("Julien Faure a laissé un avis sur Floréal",),
        "text": "Livraison annoncée le 14, arrivée le 17. Plus jamais.",
        "author": "Julien Faure",
        "site": "business.google.com",
        "published": "2027-02-12T09:40:00+00:00",
        "rating": 1.0,
    }
]
