"""What discourse_latest_feed.xml holds."""

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="discourse", url="https://forum.example", key="s")
TITLE = "Forum des jardins - Derniers sujets"
ENTRIES = [
    {
        "key": "forum.example-topic-9120",
        "link": "https://forum.example/t/gerbe-jamais-livree/9120",
        "title": "Gerbe jamais livrée",
        "text": "Ma gerbe Floréal n’est pas arrivée.",
        "author": "claire_r",
        "site": "forum.example",
        "published": "2026-11-20T09:10:11+00:00",
        "published_raw": "Fri, 20 Nov 2026 09:10:11 +0000",
        "tags": ("Livraisons",),
    },
    {
        "key": "forum.example-topic-9119",
        "link": "https://forum.example/t/quel-fleuriste/9119",
        "title": "Quel fleuriste ?",
        "text": "Pour un baptême en mai : 1 posts - 1 participant ?\nMerci",
        "author": "jojo",
        "site": "forum.example",
        "published": "2026-11-19T08:00:00+00:00",
        "published_raw": "Thu, 19 Nov 2026 08:00:00 +0000",
        "tags": ("Conseils",),
    },
    {
        "key": "forum.example-topic-9100",
        "link": "https://forum.example/t/rosen/9100",
        "title": "Rosen im Winter",
        "text": "Floréal verkauft sie.",
        "author": "uwe",
        "site": "forum.example",
        "published": "2026-11-18T08:00:00+00:00",
        "published_raw": "Wed, 18 Nov 2026 08:00:00 +0000",
        "tags": ("Deutsch",),
    },
]
