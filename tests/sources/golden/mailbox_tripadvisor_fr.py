"""What mailbox_tripadvisor_fr.eml holds."""

ENTRIES = [
    {
        "key": "ta2@tripadvisor.com#cac1a12b77354d03",
        "link": "https://www.tripadvisor.fr/ShowUserReviews-g187147-d1234-r987654399-Le_Jardin-Paris.html",
        "tags": ("Nouvel avis sur Le Jardin de Floréal",),
        "text": "Très beau cadre, un peu d'attente au comptoir.",
        "author": "lucie75",
        "site": "tripadvisor.fr",
        "published": "2027-02-12T08:10:00+00:00",
        "rating": 4.0,
    }
]
