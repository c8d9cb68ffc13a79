"""What app_store_fr.json holds."""

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="app_store", url="https://itunes.apple.com", key="s", options=(("app", "123"),))
TITLE = "iTunes Store : Avis des clients"
ENTRIES = [
    {
        "key": "11900000001",
        "link": "https://itunes.apple.com/fr/review?id=123&type=Purple%20Software&review=11900000001",
        "title": "Paiement refusé & compte débité",
        "text": 'Deux fois débitée, aucune fleur.\nLe support "répond" au bout de 8 jours <3',
        "author": "Mimi_29",
        "site": "itunes.apple.com",
        "published": "2026-11-19T09:14:08+00:00",
        "published_raw": "2026-11-19T02:14:08-07:00",
        "rating": 1.0,
    },
    {
        "key": "11900000002",
        "link": "https://itunes.apple.com/fr/review?id=123&type=Purple%20Software&review=11900000002",
        "title": "Top",
        "author": "Jo",
        "site": "itunes.apple.com",
        "rating": 5.0,
    },
    {
        "key": "11900000003",
        "link": "https://apps.apple.com/fr/app/id123?review=11900000003",
        "title": "まあまあ",
        "text": "花は綺麗でしたが、配達が一日遅れました。",
        "author": "花好き",
        "site": "apps.apple.com",
        "published": "2026-11-18T05:01:44+00:00",
        "published_raw": "2026-11-17T22:01:44-07:00",
        "rating": 3.0,
    },
]
