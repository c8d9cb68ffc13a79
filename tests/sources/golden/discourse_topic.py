"""What discourse_topic.json holds."""

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="discourse", url="https://forum.example", key="s")
ENTRIES = [
    {
        "key": "post:48211",
        "link": "https://forum.example/t/gerbe-jamais-livree/9120/1",
        "title": "Gerbe jamais livrée",
        "text": "Ma gerbe Floréal n’est pas arrivée.",
        "author": "claire_r",
        "site": "forum.example",
        "published": "2026-11-20T09:10:11+00:00",
        "published_raw": "2026-11-20T09:10:11.000Z",
    },
    {
        "key": "post:48212",
        "link": "https://forum.example/t/gerbe-jamais-livree/9120/2",
        "title": "Gerbe jamais livrée",
        "text": "Pareil.",
        "author": "papy_marc",
        "site": "forum.example",
        "published": "2026-11-20T09:15:00+00:00",
        "published_raw": "2026-11-20T09:15:00.000Z",
    },
    {
        "key": "post:48215",
        "link": "https://forum.example/t/gerbe-jamais-livree/9120/3",
        "title": "Gerbe jamais livrée",
        "text": "(message deleted by author)",
        "author": "nadia.k",
        "site": "forum.example",
        "published": "2026-11-20T10:00:00+00:00",
        "published_raw": "2026-11-20T10:00:00.000Z",
    },
]
