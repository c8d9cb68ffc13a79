"""Mastodon: what a search finds (with a token, on servers that search texts), else the timelines of hashtags.

Without a token the words of the watch's query are read as hashtags. Ids only grow: the next poll asks for what came
after the newest one seen, so that a busy hour loses nothing. Source: docs/sources.md, "mastodon".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from veille.errors import ReadError
from veille.model.entry import Entry, Page
from veille.model.exchange import PollState, Request, Response, Source
from veille.model.search import words_of
from veille.sources import answers, feed, searching
from veille.sources.answers import Item, Told
from veille.sources.kind import Kind, Option
from veille.sources.searching import Dialect
from veille.sources.secrets import mark
from veille.text.fold import words

KIND = Kind(
    url="https://mastodon.social",
    options=(
        Option(name="tag", says="hashtags to read whole, separated by commas"),
        Option(name="token", says="user token with read:search, to search texts", secret=True),
        Option(name="scope", says="what the server knows, or its own people alone", choices=("all", "local")),
    ),
    searches=True,
    whole=("tag",),
    place="social",
    steps=8,
    questions=8,
    back_off=timedelta(minutes=5),
)
#: Words side by side must all be there; quotes make a phrase.
DIALECT = Dialect(either="", group=("", ""), longest=200)
#: Statuses of one answer, and timelines of one poll.
_MOST, _TIMELINES = 40, KIND.steps
_WRITER = re.compile(r"://[^/]+/(?:@|users/)([\w.-]+)/")


def request(source: Source, state: PollState) -> Request:
    """The first timeline, or the first search."""
    asked = _question(source, 0, after=answers.own(state, "after0"))
    if asked is None:
        raise ReadError("no word of the query can be a hashtag: give the option `tag`, or a `token` to search texts")
    return asked


def asks(source: Source) -> tuple[str, ...]:
    """The searches, or the hashtags, that a watch's query comes to."""
    if source.ask and source.has("token"):
        return searching.questions(source.ask, DIALECT)
    return tuple(f"#{tag}" for tag in _hashtags([said.text for said in words_of(source.ask)])) if source.ask else ()


def read(source: Source, response: Response, state: PollState) -> Page:
    """The statuses, and the next question: more of the same timeline when it was full, else the next timeline."""
    if answers.is_markup(response):
        return feed.read_feed(response, state, _signed)
    answer = answers.json_of(response)
    found = _statuses(answer)
    number = int(response.step or 0)
    before, newest = answers.own(state, f"after{number}"), _newest(found)
    if before and newest and len(found) >= _MOST:
        then = _question(source, number, after=newest)
    else:
        then = _question(source, number + 1, after=answers.own(state, f"after{number + 1}"))
    page = answers.page(found, _told, state, address=source.url, then=then)
    return answers.marked(page, {f"after{number}": newest}) if newest else page


def _statuses(answer: Any) -> list[Any]:
    """A timeline is a list, a search holds one; a single status and its thread are read as well."""
    if isinstance(answer, list):
        return answer
    if isinstance(answer, dict) and "content" in answer:
        return [answer]
    if isinstance(answer, dict) and "descendants" in answer:
        return [*answers.listed(answer, "ancestors"), *answers.listed(answer, "descendants")]
    return answers.listed(answer, "statuses")


def _newest(found: list[Any]) -> str:
    """The largest id of an answer: ids are numbers that grow with time."""
    ids = [str(each.get("id", "")) for each in found if isinstance(each, dict)]
    return max((each for each in ids if each.isdigit() and len(each) < 40), key=int, default="")


def _question(source: Source, number: int, *, after: str) -> Request | None:
    paths = list(_paths(source))[:_TIMELINES]
    if number >= len(paths):
        return None
    path, parameters = paths[number]
    asked = {**parameters, "limit": str(_MOST), **({"min_id": after} if after else {})}
    signed = (("Authorization", f"Bearer {mark('token')}"),) if source.has("token") else ()
    return Request(
        url=f"{source.url.rstrip('/')}{path}?{urlencode(asked)}",
        headers=(("Accept", "application/json"), *signed),
        step=str(number),
    )


def _paths(source: Source) -> Iterator[tuple[str, Mapping[str, str]]]:
    """What to ask, one after the other."""
    tags = source.option("tag")
    if not tags and source.ask and source.has("token"):
        for text in searching.questions(source.ask, DIALECT):
            yield "/api/v2/search", {"q": text, "type": "statuses"}
        return
    named = tags.split(",") if tags else [said.text for said in words_of(source.ask)] if source.ask else []
    local = {"local": "true"} if source.option("scope") == "local" else {}
    for tag in _hashtags(named):
        yield f"/api/v1/timelines/tag/{quote(tag)}", local


def _hashtags(texts: list[str]) -> dict[str, None]:
    """The texts as hashtags: words glued together, folded."""
    return dict.fromkeys(tag for text in texts if (tag := "".join(words(text))) and not tag.isdigit())


def _told(status: Item) -> Told | None:
    inner = status.get("reblog") or status.get("status")
    if inner:  # a boost, or a notice of a status
        return _told(inner)
    account = status["account"]
    warning = str(status.get("spoiler_text") or "")
    content = str(status["content"] or "") or _beside(status)
    return Told(
        id=str(status.get("uri") or status["id"]),
        link=str(status.get("url") or status.get("uri") or ""),
        text=f"<p>{warning}</p>{content}" if warning else content,
        author=f"@{account['acct']}",
        date=str(status.get("created_at") or ""),
        language=str(status.get("language") or ""),
        tags=tuple(str(tag["name"]) for tag in status.get("tags") or ()),
        links=tuple(str(card["url"]) for card in (status.get("card"),) if card and card.get("url")),
        followers=_count(account.get("followers_count")),
    )


def _signed(entry: Entry) -> Entry:
    """A feed names no author: the address of a status does."""
    found = _WRITER.search(entry.link)
    return replace(entry, author=f"@{found[1]}") if found and not entry.author else entry


def _beside(status: Item) -> str:
    """What a status without words shows: its pictures' descriptions, the choices of its poll, the title of its card."""
    pictures = [each.get("description") for each in status.get("media_attachments") or ()]
    choices = [each.get("title") for each in (status.get("poll") or {}).get("options") or ()]
    card = [(status.get("card") or {}).get("title")]
    return "".join(f"<p>{escape(str(said))}</p>" for said in (*pictures, *choices, *card) if said)


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
