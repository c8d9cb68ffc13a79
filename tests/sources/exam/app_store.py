"""How the App Store answers, for the exam."""

from __future__ import annotations

import json
from collections.abc import Sequence

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="app_store", url="https://itunes.apple.com", key="s", options=(("app", "123"),))
CONTENT_TYPE = "text/javascript"
SAYS = ("title", "text", "author", "link", "published", "rating")
MALFORMED = '{"id": {"label": "9"}, "im:rating": {"label": "1"}}'


def item(number: int, *, date: str = "2026-11-20T05:00:00-07:00", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    return json.dumps(
        {
            "id": {"label": id or str(1000 + number)},
            "title": {"label": f"Floréal {number}"},
            "content": {"label": f"Texte {number}", "attributes": {"type": "text"}},
            "author": {
                "name": {"label": f"a{number}"},
                "uri": {"label": f"https://itunes.apple.com/fr/reviews/id{number}"},
            },
            "im:rating": {"label": str(1 + number % 5)},
            "im:version": {"label": "2.1"},
            "updated": {"label": date},
            "link": {"attributes": {"rel": "related", "href": "https://itunes.apple.com/fr/review?id=123&type=Purple"}},
        }
    )


def page(items: Sequence[str]) -> bytes:
    """An answer that holds these items."""
    return f'{{"feed": {{"title": {{"label": "iTunes Store"}}, "entry": [{",".join(items)}]}}}}'.encode()
