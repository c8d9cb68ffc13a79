"""What mastodon_tag.xml holds."""

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="mastodon", url="https://mastodon.example", key="s")
TITLE = "#floréal"
ENTRIES = [
    {
        "key": "https://piaille.example/@jul_nantes/115580000000000001",
        "link": "https://piaille.example/@jul_nantes/115580000000000001",
        "text": "Floréal efface les messages.",
        "author": "@jul_nantes",
        "site": "piaille.example",
        "published": "2026-11-20T10:00:00+00:00",
        "published_raw": "Fri, 20 Nov 2026 10:00:00 +0000",
        "tags": ("floréal",),
    },
    {
        "key": "https://mastodon.example/@claire/115570000000000009",
        "link": "https://mastodon.example/@claire/115570000000000009",
        "text": "Pas de fleurs & pas de réponse",
        "author": "@claire",
        "site": "mastodon.example",
        "published": "2026-11-19T09:00:00+00:00",
        "published_raw": "Thu, 19 Nov 2026 09:00:00 +0000",
        "tags": ("floréal", "deuil"),
    },
    {
        "key": "https://mastodon.example/users/zoe/statuses/7",
        "link": "https://mastodon.example/users/zoe/statuses/7",
        "text": "Tulipes ici",
        "author": "@zoe",
        "site": "mastodon.example",
        "published": "2026-11-18T09:00:00+00:00",
        "published_raw": "Wed, 18 Nov 2026 09:00:00 +0000",
        "links": ("https://a.example/t",),
    },
]
