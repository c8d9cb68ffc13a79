"""Bluesky as it flows: every new post of the network through Jetstream, each matched against all queries.

Nothing is searched and nobody signs in. A cursor says where to go on: the service replays what came meanwhile, for a
day and a half at most. An address with `/xrpc/` is asked as the second version of the service. Posts name their
author by a permanent number (a DID), not by a handle. Source: docs/sources.md,
"bluesky_stream".
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from veille.errors import ReadError
from veille.model.entry import Page
from veille.model.exchange import PollState, Request, Source
from veille.sources import answers, bluesky
from veille.sources.answers import Item, Told
from veille.sources.kind import Kind, Shape

KIND = Kind(
    shape=Shape.STREAM,
    url="wss://jetstream2.us-east.bsky.network",
    schemes=("wss", "ws"),
    place="social",
    every=timedelta(minutes=1),
    experimental=True,
)
_POSTS = "app.bsky.feed.post"


def request(source: Source, state: PollState) -> Request:
    """Where to connect, from the cursor on."""
    cursor = {"cursor": state.cursor} if state.cursor.isdigit() else {}
    if "/xrpc/" in source.url:
        return Request(url=f"{source.url}?{urlencode({'collections': _POSTS, 'kinds': 'commit', **cursor})}")
    return Request(url=f"{source.url.rstrip('/')}/subscribe?{urlencode({'wantedCollections': _POSTS, **cursor})}")


def decode(source: Source, frame: bytes) -> Page:
    """The post of one event, if it is one. Raises ReadError when the frame is no event."""
    try:
        event: Any = json.loads(frame)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"a broken frame ({type(error).__name__})") from error
    if isinstance(event, dict) and isinstance(event.get("payload"), dict):
        event = event["payload"]
    place = _place(event)
    if place is None:
        raise ReadError(f"a frame that is no event{answers.said(event)}")
    cursor = str(place)
    commit = event.get("commit", event)  # the second version has no inner object
    if not isinstance(commit, dict) or commit.get("operation") != "create" or commit.get("collection") != _POSTS:
        return Page(entries=(), cursor=cursor)
    page = answers.page([{**event, "commit": commit}], _told, PollState())
    return Page(entries=page.entries, broken=page.broken, empty=page.empty, cursor=cursor)


def _place(event: Any) -> int | None:
    """Where an event stands in the stream: a moment, or a number in the second version."""
    found = (event.get("time_us"), event.get("seq")) if isinstance(event, dict) else ()
    return next((each for each in found if isinstance(each, int) and not isinstance(each, bool)), None)


def _told(event: Item) -> Told:
    did, commit = str(event["did"]), event["commit"]
    record, rkey = commit["record"], str(commit["rkey"])
    return Told(
        id=f"at://{did}/{_POSTS}/{rkey}",
        link=f"https://bsky.app/profile/{did}/post/{rkey}",
        text=str(record["text"]) or bluesky.pictured(record),
        plain=True,
        author=did,
        date=str(record.get("createdAt") or ""),
        language=next((str(each) for each in record.get("langs") or ()), ""),
        links=tuple(bluesky.links(record)),
    )
