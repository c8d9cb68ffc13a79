"""What discourse_posts.json holds."""

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="discourse", url="https://forum.example", key="s")
ENTRIES = [
    {
        "key": "post:48211",
        "link": "https://forum.example/t/gerbe-jamais-livree/9120/1",
        "title": 'Gerbe jamais livrée "à temps"',
        "text": "Ma gerbe Floréal n’est pas arrivée.\nSuivi muet & téléphone occupé.",
        "author": "claire_r",
        "site": "forum.example",
        "published": "2026-11-20T09:10:11+00:00",
        "published_raw": "2026-11-20T09:10:11.123Z",
        "links": ("https://floreal.example/suivi",),
    },
    {
        "key": "post:48212",
        "link": "https://forum.example/t/gerbe-jamais-livree/9120/2",
        "title": 'Gerbe jamais livrée "à temps"',
        "text": "Ma gerbe\nPareil à Noël.",
        "author": "papy_marc",
        "site": "forum.example",
        "published": "2026-11-20T09:15:00+00:00",
        "published_raw": "2026-11-20T09:15:00.000Z",
    },
    {
        "key": "post:48213",
        "link": "https://forum.example/t/-/9121/3",
        "text": "Dieses Thema wurde verschoben.",
        "author": "system",
        "site": "forum.example",
        "published": "2026-11-20T09:16:00+00:00",
        "published_raw": "2026-11-20T09:16:00.000Z",
    },
]
