"""How Jetstream speaks, for the exam: one event a frame."""

from __future__ import annotations

import json

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="bluesky_stream", url="wss://jetstream.example", key="s")
CONTENT_TYPE = "application/json"


def event(number: int, *, text: str = "Floréal", time: int = 1_795_262_400_000_000) -> bytes:
    """The `number`th event: a new post."""
    return json.dumps(
        {
            "did": f"did:plc:a{number}",
            "time_us": time + number,
            "kind": "commit",
            "commit": {
                "rev": "1",
                "operation": "create",
                "collection": "app.bsky.feed.post",
                "rkey": f"3k{number}",
                "record": {
                    "$type": "app.bsky.feed.post",
                    "text": f"{text}, message {number}",
                    "createdAt": "2026-11-20T12:00:00.000Z",
                    "langs": ["fr"],
                },
                "cid": f"cid{number}",
            },
        }
    ).encode()
