"""What telegram_channel.html holds."""

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="telegram", url="https://t.me", key="s")
TITLE = "Bons plans fleurs"
ENTRIES = [
    {
        "key": "https://t.me/bonsplans/101",
        "link": "https://t.me/bonsplans/101",
        "text": "Floréal : -50 % & livraison offerte\njusqu’à dimanche floreal.example/promo",
        "author": "Bons plans fleurs",
        "site": "t.me",
        "published": "2026-11-19T17:05:12+00:00",
        "published_raw": "2026-11-19T17:05:12+00:00",
        "links": ("https://floreal.example/promo",),
    },
    {
        "key": "https://t.me/bonsplans/102",
        "link": "https://t.me/bonsplans/102",
        "text": "C’est fini, et des commandes sont annulées.",
        "author": "Léa",
        "site": "t.me",
        "published": "2026-11-20T08:00:00+00:00",
        "published_raw": "2026-11-20T08:00:00+00:00",
    },
    {
        "key": "https://t.me/bonsplans/103",
        "link": "https://t.me/bonsplans/103",
        "text": "Votre avis sur Floréal ?",
        "author": "Bons plans fleurs",
        "site": "t.me",
        "published": "2026-11-20T09:00:00+00:00",
        "published_raw": "2026-11-20T09:00:00+00:00",
    },
]
