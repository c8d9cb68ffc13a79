"""How the Business Profile answers, for the exam."""

from __future__ import annotations

import json
from collections.abc import Sequence

from veille.model.exchange import Source

SOURCE = Source(
    id="s", kind="google_business", url="https://mybusiness.googleapis.com", key="s", options=(("place", "P1"),)
)
CONTENT_TYPE = "application/json"
STEP = "reviews"
SAYS = ("text", "author", "link", "published", "rating")
MALFORMED = '{"reviewId": "9", "starRating": "NONE"}'


def item(number: int, *, date: str = "2026-11-20T12:00:00Z", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    return json.dumps(
        {
            "reviewId": id or f"r{number}",
            "reviewer": {"displayName": f"A {number}"},
            "starRating": ("ONE", "TWO", "THREE", "FOUR", "FIVE")[number % 5],
            "comment": f"Floréal, texte {number}",
            "createTime": date,
            "updateTime": date,
        }
    )


def page(items: Sequence[str]) -> bytes:
    """An answer that holds these items."""
    return f'{{"reviews": [{",".join(items)}], "totalReviewCount": {len(items)}}}'.encode()
