"""What Facebook and Instagram share: questions to Meta's Graph, a token that ends, posts with their comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from veille.errors import ReadError
from veille.model.entry import Page
from veille.model.exchange import PollState, Request, Response, Source
from veille.sources import answers
from veille.sources.answers import Item
from veille.sources.kind import Option
from veille.sources.secrets import mark

URL = "https://graph.facebook.com"
VERSION = "v23.0"
OPTIONS = (
    Option(name="token", says="long-lived token of the page or account", required=True, secret=True),
    Option(name="version", says=f"version of the Graph; default: {VERSION}"),
)
TOKEN = "token"


def asked(source: Source, path: str, parameters: Mapping[str, str], *, step: str) -> Request:
    """One question to the Graph."""
    return Request(
        url=f"{source.url.rstrip('/')}/{source.option('version', VERSION)}/{path}?{urlencode(parameters)}",
        headers=(("Authorization", f"Bearer {mark('token')}"),),
        step=step,
    )


def about_token(source: Source) -> Request:
    """When the token ends."""
    base = f"{source.url.rstrip('/')}/{source.option('version', VERSION)}/debug_token"
    return Request(url=f"{base}?input_token={mark('token', 'url')}&access_token={mark('token', 'url')}", step=TOKEN)


def token_page(response: Response, state: PollState) -> Page:
    """An empty page that keeps the moment when the token ends ("" = never), as `expires` of its cursor."""
    answer = answers.json_of(response)
    data: Any = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(data, dict):
        raise ReadError(f"nothing about the token in the answer{answers.said(answer)}")
    if data.get("is_valid") is False:
        raise ReadError(f"the token is no longer valid{answers.said(data)}")
    ends = [moment for name in ("expires_at", "data_access_expires_at") if (moment := data.get(name))]
    moment = answers.instant(min(ends)) if ends else None
    page = Page(entries=(), cursor=state.cursor, memory=state.memory)
    return answers.marked(page, {"expires": moment.isoformat() if moment else ""})


def items(answer: Any) -> list[Any]:
    """The `data` of an answer, each item followed by its comments and their replies."""
    return [each for item in answers.listed(answer, "data") for each in _with_comments(item)]


def _with_comments(item: Any) -> Iterator[Any]:
    yield item
    for name in ("comments", "replies"):
        comments = item.get(name) if isinstance(item, dict) else None
        inner = comments.get("data") if isinstance(comments, dict) else None
        for comment in inner if isinstance(inner, list) else ():
            shared = {"_parent": _place(item)}
            yield from _with_comments({**shared, **comment} if isinstance(comment, dict) else comment)


def _place(item: Item) -> str:
    return str(item.get("permalink_url") or item.get("permalink") or item.get("_parent") or "")
