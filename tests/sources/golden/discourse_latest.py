"""What discourse_latest.json holds."""

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="discourse", url="https://forum.example", key="s")
ENTRIES = [
    {
        "key": "topic:9120",
        "link": "https://forum.example/t/gerbe-jamais-livree/9120",
        "title": "Gerbe jamais livrée & personne au téléphone",
        "text": "Ma gerbe Floréal n’est pas arrivée…",
        "author": "claire_r",
        "site": "forum.example",
        "published": "2026-11-20T09:10:11+00:00",
        "published_raw": "2026-11-20T09:10:11.000Z",
        "tags": ("livraison", "floréal"),
    },
    {
        "key": "topic:9119",
        "link": "https://forum.example/t/quel-fleuriste/9119",
        "title": "Quel fleuriste pour un baptême ?",
        "author": "jojo",
        "site": "forum.example",
        "published": "2026-11-19T08:00:00+00:00",
        "published_raw": "2026-11-19T08:00:00.000Z",
        "tags": ("conseil",),
    },
    {
        "key": "topic:9118",
        "link": "https://forum.example/t/welcome/9118",
        "title": "Welcome to the forum",
        "site": "forum.example",
        "published": "2020-01-01T00:00:00+00:00",
        "published_raw": "2020-01-01T00:00:00.000Z",
    },
]
