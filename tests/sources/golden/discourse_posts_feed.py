"""What discourse_posts_feed.xml holds."""

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="discourse", url="https://forum.example", key="s")
TITLE = "Forum des jardins - Latest posts"
ENTRIES = [
    {
        "key": "forum.example-post-48211",
        "link": "https://forum.example/t/gerbe-jamais-livree/9120#post_1",
        "title": "Gerbe jamais livrée",
        "text": "Ma gerbe Floréal n’est pas arrivée.",
        "author": "claire_r",
        "site": "forum.example",
        "published": "2026-11-20T09:10:11+00:00",
        "published_raw": "Fri, 20 Nov 2026 09:10:11 +0000",
    },
    {
        "key": "forum.example-post-48212",
        "link": "https://forum.example/t/gerbe-jamais-livree/9120#post_2",
        "title": "Gerbe jamais livrée",
        "text": "Pareil à Noël :slight_smile:",
        "author": "papy_marc",
        "site": "forum.example",
        "published": "2026-11-20T09:15:00+00:00",
        "published_raw": "Fri, 20 Nov 2026 09:15:00 +0000",
    },
    {
        "key": "forum.example-post-48100",
        "link": "https://forum.example/t/vazen-potten/9000#post_7",
        "title": "Vazen & potten",
        "text": "Floréal levert ook in België.",
        "author": "joost",
        "site": "forum.example",
        "published": "2026-11-19T21:00:00+00:00",
        "published_raw": "Thu, 19 Nov 2026 21:00:00 +0000",
    },
]
