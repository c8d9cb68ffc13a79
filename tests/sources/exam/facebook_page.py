"""How the Graph answers for a Facebook page, for the exam."""

from __future__ import annotations

import json
from collections.abc import Sequence

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="facebook_page", url="https://graph.facebook.com", key="s", options=(("page", "floreal"),))
CONTENT_TYPE = "application/json"
STEP = "feed"
SAYS = ("text", "author", "link", "published")
MALFORMED = '{"id": "9"}'


def item(number: int, *, date: str = "2026-11-20T12:00:00+0000", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    return json.dumps(
        {
            "id": id or f"1_{number}",
            "message": f"Floréal, message {number}",
            "created_time": date,
            "permalink_url": f"https://www.facebook.com/1/posts/{number}",
            "from": {"id": str(number), "name": f"A {number}"},
        }
    )


def page(items: Sequence[str]) -> bytes:
    """An answer that holds these items."""
    return f'{{"data": [{",".join(items)}], "paging": {{"cursors": {{}}}}}}'.encode()
