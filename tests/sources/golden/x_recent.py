"""What x_recent.json holds."""

STEP = "search"
ENTRIES = [
    {
        "key": "1990000000000000003",
        "link": "https://x.com/zoe44/status/1990000000000000003",
        "text": "@floreal où est ma commande ?? & personne ne répond https://t.co/abc",
        "author": "@zoe44",
        "site": "x.com",
        "published": "2026-11-20T10:00:00+00:00",
        "published_raw": "2026-11-20T10:00:00.000Z",
        "language": "fr",
        "links": ("https://floreal.example/suivi", "https://t.co/abc"),
    },
    {
        "key": "1990000000000000002",
        "link": "https://x.com/bob_l/status/1990000000000000002",
        "text": "RT @claire_r: Floréal efface les messages d'une cliente en deuil, voici les captures que j'ai "
        "faites avant que tout disparaisse de leur page.",
        "author": "@bob_l",
        "site": "x.com",
        "published": "2026-11-20T09:59:00+00:00",
        "published_raw": "2026-11-20T09:59:00.000Z",
        "language": "fr",
    },
    {
        "key": "1990000000000000001",
        "link": "https://x.com/i/status/1990000000000000001",
        "text": "A long story about Floréal, which begins here and goes on <for pages> until its end.",
        "author": "99",
        "site": "x.com",
        "published": "2026-11-20T09:00:00+00:00",
        "published_raw": "2026-11-20T09:00:00.000Z",
        "language": "en",
    },
]
