"""What google_alerts.xml holds."""

TITLE = "Google Alert - Floréal"
EMPTY = 0
BROKEN = 0
ENTRIES = [
    {
        "key": "tag:google.com,2013:googlealerts/feed:101",
        "link": "https://www.mer.example/a?id=1&p=2",
        "title": "La frégate Floréal intercepte l'or & le sel",
        "text": "Le navire Floréal, aujourd'hui ...",
        "site": "mer.example",
        "published": "2026-11-21T09:10:00+00:00",
        "published_raw": "2026-11-21T09:10:00Z",
    },
    {
        "key": "tag:google.com,2013:googlealerts/feed:102",
        "link": "https://gazette.example/floreal",
        "title": "Floréal : fleurs non livrées",
        "text": "Les clients attendent.",
        "site": "gazette.example",
        "published": "2026-11-20T18:00:00+00:00",
        "published_raw": "2026-11-20T18:00:00Z",
    },
]
