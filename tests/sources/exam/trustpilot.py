"""How Trustpilot answers, for the exam."""

from __future__ import annotations

import json
from collections.abc import Sequence

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="trustpilot", url="https://api.trustpilot.com", key="s", options=(("unit", "5f0"),))
CONTENT_TYPE = "application/json"
STEP = "reviews"
SAYS = ("title", "text", "author", "link", "published", "rating", "language")
MALFORMED = '{"id": "9", "title": "sans texte"}'


def item(number: int, *, date: str = "2026-11-20T12:00:00Z", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    return json.dumps(
        {
            "id": id or f"r{number}",
            "stars": 1 + number % 5,
            "title": f"Floréal {number}",
            "text": f"Texte {number}",
            "language": "fr",
            "createdAt": date,
            "consumer": {"id": f"c{number}", "displayName": f"A {number}"},
        }
    )


def page(items: Sequence[str]) -> bytes:
    """An answer that holds these items."""
    return f'{{"reviews": [{",".join(items)}], "links": []}}'.encode()
