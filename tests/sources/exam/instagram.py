"""How the Graph answers for an Instagram account, for the exam."""

from __future__ import annotations

import json
from collections.abc import Sequence

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="instagram", url="https://graph.facebook.com", key="s", options=(("account", "178"),))
CONTENT_TYPE = "application/json"
STEP = "tags"
SAYS = ("text", "author", "link", "published")
MALFORMED = '{"id": "9"}'


def item(number: int, *, date: str = "2026-11-20T12:00:00+0000", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    return json.dumps(
        {
            "id": id or f"17{number}",
            "caption": f"Floréal, message {number}",
            "timestamp": date,
            "permalink": f"https://www.instagram.com/p/a{number}/",
            "username": f"a{number}",
        }
    )


def page(items: Sequence[str]) -> bytes:
    """An answer that holds these items."""
    return f'{{"data": [{",".join(items)}], "paging": {{"cursors": {{}}}}}}'.encode()
