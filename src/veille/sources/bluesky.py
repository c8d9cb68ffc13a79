"""Bluesky: posts that a search finds, through a session opened with an app password.

Anonymous search is refused, so each poll takes two questions: a session, then the search. Only posts since the last
poll are asked for. Source: docs/sources.md, "bluesky".
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from veille.model.entry import Page
from veille.model.exchange import PollState, Request, Response, Source
from veille.sources import answers, searching
from veille.sources.answers import Item, Told
from veille.sources.kind import Kind, Option
from veille.sources.searching import Dialect
from veille.sources.secrets import mark

KIND = Kind(
    url="https://bsky.social",
    options=(
        Option(name="identifier", says="handle of the account that searches", required=True),
        Option(name="password", says="app password of that account", required=True, secret=True),
        Option(name="language", says="two letters: only posts in this language"),
    ),
    searches=True,
    place="social",
    steps=6,
    questions=5,
    back_off=timedelta(minutes=15),
)
#: Words side by side must all be there; there is no choice and no exclusion.
DIALECT = Dialect(either="", without="", group=("", ""), longest=200)
_SEARCH = "search"
#: Posts of one answer.
_MOST = 100


def request(source: Source, state: PollState) -> Request:
    """The question that opens a session."""
    body = json.dumps({"identifier": source.option("identifier"), "password": "PASSWORD"})
    return Request(
        url=f"{source.url.rstrip('/')}/xrpc/com.atproto.server.createSession",
        method="POST",
        headers=(("Content-Type", "application/json"), ("Accept", "application/json")),
        body=body.replace("PASSWORD", mark("password", "json")).encode(),
        step="session",
    )


def read(source: Source, response: Response, state: PollState) -> Page:
    """After a session the first search, after a search its posts and the next one."""
    answer = answers.json_of(response)
    if response.step == "session":
        return Page(entries=(), cursor=state.cursor, then=_search(source, answers.token(answer, "accessJwt"), 0))
    number, _, token = response.step.partition(" ")[2].partition(" ")
    posts = _posts(answer)
    return answers.page(posts, _told, state, address=source.url, then=_search(source, token, int(number or 0) + 1))


def _posts(answer: Any) -> list[Any]:
    """The posts of a search; of the timeline of an account or of a thread as well."""
    if isinstance(answer, dict) and "feed" in answer:
        return [each.get("post") if isinstance(each, dict) else each for each in answers.listed(answer, "feed")]
    if isinstance(answer, dict) and isinstance(answer.get("thread"), dict):
        return list(_thread(answer["thread"]))
    return answers.listed(answer, "posts")


def _thread(thread: Any) -> Iterator[Any]:
    """The post of a thread, those that it answers, and its answers; those that are gone are left out."""
    if not isinstance(thread, dict) or "post" not in thread:
        return
    yield from _thread(thread.get("parent"))
    yield thread["post"]
    for reply in thread.get("replies") or ():
        yield from _thread(reply)


def _search(source: Source, token: str, number: int) -> Request | None:
    """The `number`th question that the watch's query makes; None when all were asked."""
    asked = searching.nth(source, DIALECT, number, most=KIND.questions)
    if asked is None:
        return None
    language = source.option("language")
    parameters = {"q": asked, "sort": "latest", "limit": str(_MOST)} | ({"lang": language} if language else {})
    return Request(
        url=f"{source.url.rstrip('/')}/xrpc/app.bsky.feed.searchPosts?{urlencode(parameters)}",
        headers=(("Authorization", f"Bearer {token}"), ("Accept", "application/json")),
        step=f"{_SEARCH} {number} {token}",
    )


def _told(post: Item) -> Told:
    record, author = post["record"], post["author"]
    handle = str(author["handle"])
    who = author.get("did") if handle == "handle.invalid" else handle
    return Told(
        id=str(post["uri"]),
        link=f"https://bsky.app/profile/{who}/post/{str(post['uri']).rpartition('/')[2]}",
        text=str(record["text"]) or pictured(record),
        plain=True,
        author=handle,
        date=str(record.get("createdAt") or post.get("indexedAt") or ""),
        language=next((str(each) for each in record.get("langs") or ()), ""),
        links=tuple(links(record)),
        followers=None,
    )


def pictured(record: Item) -> str:
    """What a post without words shows: the descriptions of its pictures, the title of its card."""
    embed: Any = record.get("embed") or {}
    media: Any = embed.get("media") or embed
    said = [each.get("alt") for each in media.get("images") or ()] + [media.get("alt")]
    card: Any = media.get("external") or {}
    return "\n".join(str(each) for each in (*said, card.get("title"), card.get("description")) if each)


def links(record: Item) -> list[str]:
    """Where a post leads: its links, and its card's."""
    features = [each for facet in record.get("facets") or () for each in facet.get("features") or ()]
    embed: Any = record.get("embed") or {}
    embedded = ((embed.get("media") or embed).get("external") or {}).get("uri")
    return [str(each["uri"]) for each in features if each.get("uri")] + ([str(embedded)] if embedded else [])
