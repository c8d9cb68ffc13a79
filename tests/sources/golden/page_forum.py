"""What page_forum.html holds."""

from veille.model.exchange import Source

SOURCE = Source(
    id="s",
    kind="page",
    url="https://avis-vrais.example/avis/floreal",
    key="s",
    options=(
        ("author", ".author"),
        ("item", "article.review"),
        ("link", "h3 a@href"),
        ("rating", ".stars@data-rating"),
        ("text", ".body"),
        ("title", "h3"),
    ),
)


BROKEN = 1
ENTRIES = [
    {
        "key": "https://avis-vrais.example/avis/1",
        "link": "https://avis-vrais.example/avis/1?utm_source=x",
        "title": "Jamais livré & jamais remboursé",
        "text": "Aucune fleur.\nVoir le forum.",
        "author": "Monique D.",
        "site": "avis-vrais.example",
        "published": "2026-11-20T11:48:00+00:00",
        "published_raw": "2026-11-20T12:48:00+01:00",
        "links": ("https://forum.example/t/1",),
        "rating": 1.5,
    },
    {
        "key": "https://avis-vrais.example/avis/2",
        "link": "https://avis-vrais.example/avis/2",
        "title": "Parfait",
        "text": "Bouquet conforme",
        "site": "avis-vrais.example",
        "published": "2026-11-19T00:00:00+00:00",
        "published_raw": "2026-11-19",
        "rating": 5.0,
    },
    {
        "key": "day:6c073f8f8d25eb850d62249df886ce96",
        "title": "Sans lien",
        "text": "Roses fanées en 2025\net jamais remplacées",
        "author": "Didier",
        "site": "avis-vrais.example",
    },
]
