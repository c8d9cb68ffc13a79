"""How Bluesky's search answers, for the exam."""

from __future__ import annotations

import json
from collections.abc import Sequence

from veille.model.exchange import Source
from veille.model.search import Said

SOURCE = Source(
    id="s",
    kind="bluesky",
    url="https://bsky.social",
    key="s",
    options=(("identifier", "veille.bsky.social"),),
    ask=Said("Floréal"),
)
CONTENT_TYPE = "application/json"
STEP = "search 0 jeton"
SAYS = ("text", "author", "link", "published", "language")
MALFORMED = '{"uri": "at://did:plc:x/app.bsky.feed.post/9"}'


def item(number: int, *, date: str = "2026-11-20T12:00:00.000Z", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    return json.dumps(
        {
            "uri": id or f"at://did:plc:a{number}/app.bsky.feed.post/3k{number}",
            "cid": f"cid{number}",
            "author": {"did": f"did:plc:a{number}", "handle": f"a{number}.bsky.social", "displayName": f"A {number}"},
            "record": {
                "$type": "app.bsky.feed.post",
                "text": f"Floréal, message {number}",
                "createdAt": date,
                "langs": ["fr"],
            },
            "indexedAt": "2026-11-20T12:00:01.000Z" if date else "",
            "likeCount": number,
        }
    )


def page(items: Sequence[str]) -> bytes:
    """An answer that holds these items."""
    return f'{{"posts": [{",".join(items)}], "hitsTotal": {len(items)}}}'.encode()
