"""What mailbox_trustpilot_fr.eml holds."""

ENTRIES = [
    {
        "key": "tp2@trustpilot.com#d142ddb1fa854536",
        "link": "https://fr.trustpilot.com/reviews/65ca1f0e8d2b4c0012ab34ce",
        "tags": ("Hugo Blanc a laissé un avis 2 étoiles sur Floréal",),
        "text": "Livraison en retard, service client absent : je voulais faire plaisir, c'est raté.",
        "author": "Hugo Blanc",
        "site": "fr.trustpilot.com",
        "published": "2027-02-12T09:10:00+00:00",
        "rating": 2.0,
    }
]
