"""What mailbox_newsletter_fr.eml holds."""

ENTRIES = [
    {
        "key": "n84@fleuristes.example",
        "link": "https://www.fleuristes.example/enquete-floreal",
        "title": "La lettre n° 84 : Floréal, un modèle qui se fane ?",
        "text": "Floréal, un modèle qui se fane ?\n"
        "Les retards s'accumulent chez le fleuriste en ligne. Notre enquête.\n"
        "Lire l'enquête\n"
        "Aussi : les tulipes de saison.",
        "author": "La lettre des fleuristes",
        "site": "fleuristes.example",
        "published": "2027-02-12T05:00:00+00:00",
    }
]
