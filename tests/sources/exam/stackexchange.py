"""How Stack Exchange answers, for the exam."""

from __future__ import annotations

import json
from collections.abc import Sequence

from veille.model.exchange import Source
from veille.model.search import Said

SOURCE = Source(id="s", kind="stackexchange", url="https://api.stackexchange.com", key="s", ask=Said("Floréal"))
CONTENT_TYPE = "application/json"
STEP = "0"
SAYS = ("title", "text", "author", "link", "published")
MALFORMED = '{"question_id": 9, "title": "sans adresse"}'


def item(number: int, *, date: str = "1795262400", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    return json.dumps(
        {
            "question_id": id or number,
            "title": f"Floréal &amp; {number}",
            "body": f"<p>Texte {number}</p>",
            "owner": {"display_name": f"A {number}"},
            "link": f"https://stackoverflow.com/questions/{number}/floreal",
            "creation_date": int(date) if date.isdigit() else date,
            "tags": ["fleurs"],
        }
    )


def page(items: Sequence[str]) -> bytes:
    """An answer that holds these items."""
    return f'{{"items": [{",".join(items)}], "has_more": false, "quota_remaining": 299}}'.encode()
