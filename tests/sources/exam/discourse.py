"""How Discourse answers a search, for the exam."""

from __future__ import annotations

import json
from collections.abc import Sequence

from veille.model.exchange import Source
from veille.model.search import Said

SOURCE = Source(id="s", kind="discourse", url="https://forum.example", key="s", ask=Said("Floréal"))
CONTENT_TYPE = "application/json"
STEP = "0"
SAYS = ("text", "author", "link", "published")
MALFORMED = '{"id": 9, "username": "sans texte"}'


def item(number: int, *, date: str = "2026-11-20T12:00:00.000Z", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    return json.dumps(
        {
            "id": id or number,
            "username": f"a{number}",
            "created_at": date,
            "blurb": f"Floréal, texte {number}",
            "topic_id": 1000 + number,
            "post_number": 2,
        }
    )


def page(items: Sequence[str]) -> bytes:
    """An answer that holds these items."""
    return f'{{"posts": [{",".join(items)}], "topics": []}}'.encode()
