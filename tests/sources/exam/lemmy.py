"""How a Lemmy server answers, for the exam."""

from __future__ import annotations

import json
from collections.abc import Sequence

from veille.model.exchange import Source
from veille.model.search import Said

SOURCE = Source(id="s", kind="lemmy", url="https://lemmy.example", key="s", ask=Said("Floréal"))
CONTENT_TYPE = "application/json"
STEP = "0"
SAYS = ("title", "text", "author", "link", "published")
MALFORMED = '{"post": {"name": "sans auteur", "ap_id": "https://lemmy.example/post/9"}}'


def item(number: int, *, date: str = "2026-11-20T12:00:00.123456", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    return json.dumps(
        {
            "post": {
                "id": number,
                "name": f"Floréal {number}",
                "body": f"Texte {number}",
                "ap_id": id or f"https://lemmy.example/post/{number}",
                "url": f"https://a.example/{number}",
                "published": date,
            },
            "creator": {"name": f"a{number}"},
            "community": {"name": "france"},
        }
    )


def page(items: Sequence[str]) -> bytes:
    """An answer that holds these items."""
    return f'{{"posts": [{",".join(items)}], "comments": []}}'.encode()
