"""What mailbox_google_alerts_fr.eml holds."""

ENTRIES = [
    {
        "key": "0000000000000abc12@google.com#92e8cfd6ca76de22",
        "link": "https://www.le-fil-conso.example/floreal-bouquets?id=7&utm_source=google",
        "title": "Floréal : des bouquets jamais livrés pour la Saint-Valentin",
        "text": "Des centaines de clients attendent encore leur commande passée chez Floréal ...",
        "site": "le-fil-conso.example",
        "published": "2027-02-12T11:00:09+00:00",
    },
    {
        "key": "0000000000000abc12@google.com#3497ba74fb1c5f70",
        "link": "https://mer.example/fregate-floreal",
        "title": "La frégate Floréal rentre au port",
        "text": "Le bâtiment, parti en novembre, a accosté hier.",
        "site": "mer.example",
        "published": "2027-02-12T11:00:09+00:00",
    },
    {
        "key": "0000000000000abc12@google.com#48870f3ab640e7f8",
        "link": "https://forum-conso.example/viewtopic.php?f=2&t=118",
        "title": "Avis sur Floréal - Forum Conso",
        "text": "claire_r : toujours en préparation, 4 jours de retard ...",
        "site": "forum-conso.example",
        "published": "2027-02-12T11:00:09+00:00",
    },
]
