"""How Hacker News answers, for the exam."""

from __future__ import annotations

import json
from collections.abc import Sequence

from veille.model.exchange import Source
from veille.model.search import Said

SOURCE = Source(id="s", kind="hackernews", url="https://hn.algolia.com", key="s", ask=Said("Floréal"))
CONTENT_TYPE = "application/json"
STEP = "0"
SAYS = ("title", "text", "author", "link", "published")
MALFORMED = '{"title": "sans numéro"}'


def item(number: int, *, date: str = "2026-11-20T12:00:00Z", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    return json.dumps(
        {
            "objectID": id or str(1000 + number),
            "author": f"a{number}",
            "story_title": f"Floréal {number}",
            "comment_text": f"<p>Texte {number}",
            "story_id": number,
            "story_url": f"https://a.example/{number}",
            "created_at": date,
            "_tags": ["comment"],
        }
    )


def page(items: Sequence[str]) -> bytes:
    """An answer that holds these items."""
    return f'{{"hits": [{",".join(items)}], "nbHits": {len(items)}}}'.encode()
