"""What is dropped in a folder, for the exam: a file of JSON lines."""

from __future__ import annotations

import json
from collections.abc import Sequence

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="directory", url="file:///var/spool/veille", key="s")
CONTENT_TYPE = "application/x-ndjson"
SAYS = ("title", "text", "author", "link", "published")
MALFORMED = '{"id": "9"}'


def item(number: int, *, date: str = "2026-11-20T12:00:00Z", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    return json.dumps(
        {
            "id": id or f"n{number}",
            "title": f"Floréal {number}",
            "text": f"Texte {number}",
            "author": f"a{number}",
            "url": f"https://presse.example/{number}",
            "published": date,
        }
    )


def page(items: Sequence[str]) -> bytes:
    """A file that holds these items."""
    return "\n".join(items).encode()
