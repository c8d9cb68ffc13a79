"""What app_store_xml.xml holds."""

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="app_store", url="https://itunes.apple.com", key="s", options=(("app", "123"),))
TITLE = "iTunes Store : Avis des clients"
ENTRIES = [
    {
        "key": "11900000001",
        "link": "https://apps.apple.com/fr/app/id123?review=11900000001",
        "title": "Paiement refusé & compte débité",
        "text": "Deux fois débitée, aucune fleur.",
        "author": "Mimi_29",
        "site": "itunes.apple.com",
        "published": "2026-11-19T09:14:08+00:00",
        "published_raw": "2026-11-19T02:14:08-07:00",
        "language": "fr",
        "rating": 1.0,
    },
    {
        "key": "11900000004",
        "link": "https://apps.apple.com/fr/app/id123?review=11900000004",
        "title": "Bien",
        "text": "Simple et rapide.",
        "author": "L'abeille",
        "site": "itunes.apple.com",
        "published": "2026-11-18T16:00:00+00:00",
        "published_raw": "2026-11-18T09:00:00-07:00",
        "language": "fr",
        "rating": 4.0,
    },
    {
        "key": "11900000005",
        "link": "https://apps.apple.com/fr/app/id123?review=11900000005",
        "title": "Bof",
        "text": "Trop de notifications.",
        "author": "Teo",
        "site": "itunes.apple.com",
        "published": "2026-11-18T15:00:00+00:00",
        "published_raw": "2026-11-18T08:00:00-07:00",
        "language": "fr",
        "rating": 2.0,
    },
]
