"""What xenforo_board.xml holds."""

TITLE = "Forum Mariages"
ENTRIES = [
    {
        "key": "https://mariages.example/threads/floreal-ou-un-autre.812/",
        "link": "https://mariages.example/threads/floreal-ou-un-autre.812/",
        "title": "Floréal ou un autre fleuriste ?",
        "text": "Devis reçu : 1 200 €.\nVos avis ?",
        "author": "Solène",
        "site": "mariages.example",
        "published": "2026-11-20T09:00:00+00:00",
        "published_raw": "Fri, 20 Nov 2026 09:00:00 +0000",
        "tags": ("Fleurs & déco",),
    },
    {
        "key": "https://mariages.example/threads/centres-de-table.811/",
        "link": "https://mariages.example/threads/centres-de-table.811/",
        "title": "Centres de table",
        "text": "Pivoines et eucalyptus de Floréal & Cie",
        "author": "Ines.B",
        "site": "mariages.example",
        "published": "2026-11-19T09:00:00+00:00",
        "published_raw": "Thu, 19 Nov 2026 09:00:00 +0000",
        "tags": ("Fleurs & déco",),
    },
    {
        "key": "https://mariages.example/threads/strauss.810/",
        "link": "https://mariages.example/threads/strauss.810/",
        "title": "Hochzeitsstrauß",
        "author": "Guest",
        "site": "mariages.example",
        "published": "2026-11-18T09:00:00+00:00",
        "published_raw": "Wed, 18 Nov 2026 09:00:00 +0000",
    },
]
