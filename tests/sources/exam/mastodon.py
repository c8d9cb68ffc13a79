"""How a Mastodon server answers, for the exam."""

from __future__ import annotations

import json
from collections.abc import Sequence

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="mastodon", url="https://social.example", key="s", options=(("tag", "floréal"),))
CONTENT_TYPE = "application/json"
STEP = "0"
SAYS = ("text", "author", "link", "published", "language")
MALFORMED = '{"id": "9", "content": "<p>Floréal</p>"}'


def item(number: int, *, date: str = "2026-11-20T12:00:00.000Z", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    name = id or f"{1000 + number}"
    return json.dumps(
        {
            "id": str(1000 + number),
            "uri": f"https://social.example/users/a{number}/statuses/{name}",
            "url": f"https://social.example/@a{number}/{1000 + number}",
            "created_at": date,
            "account": {"acct": f"a{number}", "username": f"a{number}", "followers_count": 12},
            "content": f"<p>Floréal, message {number} <a href='https://a.example/{number}'>a</a></p>",
            "spoiler_text": "",
            "language": "fr",
            "tags": [{"name": "floreal"}],
            "reblog": None,
            "card": None,
        }
    )


def page(items: Sequence[str]) -> bytes:
    """An answer that holds these items."""
    return f"[{','.join(items)}]".encode()
