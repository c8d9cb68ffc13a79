"""How YouTube's search answers, for the exam."""

from __future__ import annotations

import json
from collections.abc import Sequence

from veille.model.exchange import Source
from veille.model.search import Said

SOURCE = Source(id="s", kind="youtube", url="https://www.youtube.com", key="s", ask=Said("Floréal"))
CONTENT_TYPE = "application/json"
SAYS = ("title", "text", "author", "link", "published")
MALFORMED = '{"id": {"kind": "youtube#video"}, "snippet": {}}'


def item(number: int, *, date: str = "2026-11-20T12:00:00Z", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    return json.dumps(
        {
            "kind": "youtube#searchResult",
            "id": {"kind": "youtube#video", "videoId": id or f"v{number}"},
            "snippet": {
                "publishedAt": date,
                "channelId": f"UC{number}",
                "title": f"Floréal {number}",
                "description": f"Texte {number}",
                "channelTitle": f"Chaîne {number}",
            },
        }
    )


def page(items: Sequence[str]) -> bytes:
    """An answer that holds these items."""
    return f'{{"kind": "youtube#searchListResponse", "items": [{",".join(items)}]}}'.encode()
