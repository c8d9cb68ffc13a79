"""Instagram: posts, comments and tags of the client's own professional account, and recent posts of a hashtag.

Hashtags: thirty in seven days for an account, posts of the last 24 hours, no author; stories are out of reach
(docs/sources.md). Built on facts nobody checked against the service: experimental.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from veille.errors import ReadError
from veille.model.entry import Page
from veille.model.exchange import PollState, Request, Response, Source
from veille.sources import answers, graph
from veille.sources.answers import Item, Told
from veille.sources.kind import Kind, Option

KIND = Kind(
    url=graph.URL,
    options=(
        Option(name="account", says="number of the professional account", required=True),
        Option(name="hashtag", says="one hashtag to read too, without #"),
        *graph.OPTIONS,
    ),
    place="own_page",
    every=timedelta(minutes=15),
    steps=5,
    experimental=True,
)
_COMMENT = "id,text,username,timestamp"
_MEDIA = "id,caption,permalink,timestamp,username"


def request(source: Source, state: PollState) -> Request:
    """The account's posts with their comments."""
    fields = f"{_MEDIA},comments.limit(50){{{_COMMENT},replies.limit(25){{{_COMMENT}}}}}"
    return graph.asked(source, f"{source.option('account')}/media", {"fields": fields, "limit": "50"}, step="media")


def read(source: Source, response: Response, state: PollState) -> Page:
    """What one question brought, and the next one; the last asks how long the token lives."""
    if response.step == graph.TOKEN:
        return graph.token_page(response, state)
    answer = answers.json_of(response)
    if response.step == "hashtag":
        return Page(entries=(), cursor=state.cursor, memory=state.memory, then=_recent(source, answer))
    then = _after(source, response.step or "media")
    return answers.page(graph.items(answer), _told, state, address="https://www.instagram.com", then=then)


def _after(source: Source, step: str) -> Request:
    if step == "media":
        return graph.asked(source, f"{source.option('account')}/tags", {"fields": _MEDIA, "limit": "50"}, step="tags")
    if step == "tags" and source.option("hashtag"):
        parameters = {"user_id": source.option("account"), "q": source.option("hashtag").lstrip("#")}
        return graph.asked(source, "ig_hashtag_search", parameters, step="hashtag")
    return graph.about_token(source)


def _recent(source: Source, answer: Any) -> Request:
    found = answers.listed(answer, "data")
    number = str(found[0].get("id") or "") if found and isinstance(found[0], dict) else ""
    if not number.isdigit():
        raise ReadError(f"no such hashtag{answers.said(answer)}")
    parameters = {"user_id": source.option("account"), "fields": "id,caption,permalink,timestamp", "limit": "50"}
    return graph.asked(source, f"{number}/recent_media", parameters, step="recent")


def _told(item: Item) -> Told | None:
    text = item.get("text") or item.get("caption")
    if not text:
        return None if "timestamp" in item and "id" in item else Told(id=str(item["id"]))
    parent = str(item.get("_parent") or "")
    own = f"{parent.rstrip('/')}/c/{item['id']}/" if parent else ""
    return Told(
        id=str(item["id"]),
        link=str(item.get("permalink") or own),
        text=str(text),
        plain=True,
        author=str(item.get("username") or (item.get("from") or {}).get("username") or ""),
        date=str(item.get("timestamp") or ""),
    )
