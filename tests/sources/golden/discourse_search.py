"""What discourse_search.json holds."""

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="discourse", url="https://forum.example", key="s")
STEP = "0"
ENTRIES = [
    {
        "key": "post:48211",
        "link": "https://forum.example/t/gerbe-jamais-livree/9120/1",
        "title": "Gerbe jamais livrée",
        "text": "Ma gerbe Floréal n'est pas arrivée & personne ne répond...",
        "author": "claire_r",
        "site": "forum.example",
        "published": "2026-11-20T09:10:11+00:00",
        "published_raw": "2026-11-20T09:10:11.000Z",
    },
    {
        "key": "post:48300",
        "link": "https://forum.example/t/fleuristes-en-ligne/8000/14",
        "title": "Fleuristes en ligne : vos avis",
        "text": "...j'ai vu les captures de Floréal, c'est lamentable.",
        "author": "tulipe_noire",
        "site": "forum.example",
        "published": "2026-11-18T07:00:00+00:00",
        "published_raw": "2026-11-18T07:00:00.000Z",
    },
    {
        "key": "post:48301",
        "link": "https://forum.example/t/-/7000/2",
        "text": "Floréal ?",
        "author": "bob",
        "site": "forum.example",
    },
]
