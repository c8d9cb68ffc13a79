"""How X's recent search answers, for the exam."""

from __future__ import annotations

import json
from collections.abc import Sequence

from veille.model.exchange import Source
from veille.model.search import Said

SOURCE = Source(
    id="s", kind="x", url="https://api.x.com", key="s", options=(("budget_per_month", "20"),), ask=Said("Floréal")
)
CONTENT_TYPE = "application/json"
STEP = "search"
SAYS = ("text", "author", "link", "published", "language")
MALFORMED = '{"id": "9"}'


def item(number: int, *, date: str = "2026-11-20T12:00:00.000Z", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    return json.dumps(
        {
            "id": id or str(1000 + number),
            "text": f"Floréal, message {number}",
            "created_at": date,
            "author_id": str(number),
            "lang": "fr",
        }
    )


def page(items: Sequence[str]) -> bytes:
    """An answer that holds these items."""
    if not items:
        return b'{"meta": {"result_count": 0}}'
    users = ",".join(f'{{"id": "{n}", "username": "a{n}", "name": "A {n}"}}' for n in range(1, 5))
    meta = f'{{"newest_id": "1020", "oldest_id": "1001", "result_count": {len(items)}}}'
    return f'{{"data": [{",".join(items)}], "includes": {{"users": [{users}]}}, "meta": {meta}}}'.encode()
