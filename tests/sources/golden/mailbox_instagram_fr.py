"""What mailbox_instagram_fr.eml holds."""

ENTRIES = [
    {
        "key": "ig1@mx.instagram.com#cea4635359ef5766",
        "link": "https://www.instagram.com/p/CqAbC12_x/#r370950083864",
        "tags": ("claire_r a commenté : « Toujours rien reçu, quelle honte ! »",),
        "text": "Toujours rien reçu, quelle honte ! 😡",
        "author": "claire_r",
        "site": "instagram.com",
        "published": "2027-02-12T12:00:00+00:00",
    }
]
