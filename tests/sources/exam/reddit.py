"""How Reddit's search answers an application, for the exam."""

from __future__ import annotations

import json
from collections.abc import Sequence

from veille.model.exchange import Source
from veille.model.search import Said

SOURCE = Source(id="s", kind="reddit", url="https://www.reddit.com", key="s", ask=Said("Floréal"))
CONTENT_TYPE = "application/json"
STEP = "search"
SAYS = ("title", "text", "author", "link", "published")
MALFORMED = '{"kind": "t3", "data": {"selftext": "sans titre"}}'


def item(number: int, *, date: str = "1795262400", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    name = id or f"t3_a{number}"
    said = {
        "id": name,
        "name": name,
        "title": f"Floréal, sujet {number}",
        "selftext": f"Texte {number}",
        "author": f"a{number}",
        "subreddit": "france",
        "permalink": f"/r/france/comments/a{number}/sujet_{number}/",
        "url": f"https://www.reddit.com/r/france/comments/a{number}/",
        "is_self": True,
        "created_utc": int(date) if date.isdigit() else date,
    }
    return json.dumps({"kind": "t3", "data": said})


def page(items: Sequence[str]) -> bytes:
    """An answer that holds these items."""
    return f'{{"kind": "Listing", "data": {{"after": null, "children": [{",".join(items)}]}}}}'.encode()
