"""What mastodon_search.json holds."""

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="mastodon", url="https://mastodon.example", key="s")
STEP = "0"
ENTRIES = [
    {
        "key": "https://piaille.example/users/jul_nantes/statuses/115580000000000001",
        "link": "https://piaille.example/@jul_nantes/115580000000000001",
        "text": "Floréal efface les messages d'une cliente en deuil.\nCaptures.\n#Floréal",
        "author": "@jul_nantes",
        "site": "piaille.example",
        "published": "2026-11-20T10:00:00+00:00",
        "published_raw": "2026-11-20T10:00:00.000Z",
        "language": "fr",
        "tags": ("floreal",),
        "links": ("https://piaille.example/tags/floreal",),
        "followers": 812,
    },
    {
        "key": "https://mastodon.example/users/claire/statuses/115570000000000009",
        "link": "https://mastodon.example/@claire/115570000000000009",
        "text": "livraison, deuil\nPas de fleurs & pas de réponse : https://floreal.example/contact",
        "author": "@claire",
        "site": "mastodon.example",
        "published": "2026-11-19T09:00:00+00:00",
        "published_raw": "2026-11-19T09:00:00.000Z",
        "language": "fr",
        "links": ("https://floreal.example/contact",),
        "followers": 3,
    },
    {
        "key": "https://social.example/users/tom/statuses/3",
        "link": "https://social.example/users/tom/statuses/3",
        "text": "A box of wilted roses by Floréal",
        "author": "@tom",
        "site": "social.example",
        "published": "2026-11-20T10:06:00+00:00",
        "published_raw": "2026-11-20T10:06:00.000Z",
        "language": "en",
        "followers": 0,
    },
]
