"""Lemmy: posts and comments that a server's search finds, or all posts of a community.

Source: docs/sources.md, "lemmy".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from veille.errors import ReadError
from veille.model.entry import Entry, Page
from veille.model.exchange import PollState, Request, Response, Source
from veille.sources import answers, feed, searching
from veille.sources.answers import Item, Told
from veille.sources.kind import Kind, Option
from veille.sources.searching import Dialect
from veille.text.url import host

KIND = Kind(
    options=(
        Option(name="community", says="read all posts of this community (name or name@server), without a search"),
    ),
    searches=True,
    whole=("community",),
    place="forum",
    steps=3,
    questions=3,
    experimental=True,
)
DIALECT = Dialect(either="", without="", phrase="{}", group=("", ""), longest=200)
_MOST = 50
_POST, _USER = re.compile(r"://[^/]+/post/\d+$"), re.compile(r"://[^/]+/u/([^/?#]+)")
_OWN = re.compile(r"://[^/]+/[uc]/[^/]+$")
#: What feeds write above the text of a post.
_HEAD = re.compile(r"\A\s*submitted by\b.*?\d+ points?\s*\|\s*\d+ comments?\s*(?:https?://\S+)?\s*", re.DOTALL)


def request(source: Source, state: PollState) -> Request:
    """The community's posts, or the first question of the watch."""
    base = source.url.rstrip("/")
    if community := source.option("community"):
        parameters = {"community_name": community, "sort": "New", "limit": str(_MOST)}
        return Request(url=f"{base}/api/v3/post/list?{urlencode(parameters)}")
    return searching.first(_question(source, 0))


def read(source: Source, response: Response, state: PollState) -> Page:
    """Posts and comments, and the next question."""
    if answers.is_markup(response):
        return feed.read_feed(response, state, _as_posted)
    answer = answers.json_of(response)
    if not isinstance(answer, dict) or not {"posts", "comments", "results"} & answer.keys():
        raise ReadError(f"no `posts` in the answer{answers.said(answer)}")
    then = None if source.option("community") else _question(source, int(response.step or 0) + 1)
    return answers.page(list(_found(answer)), _told, state, address=source.url, then=then)


def _found(answer: Item) -> Iterable[Any]:
    for name in ("posts", "comments", "results"):  # `results`: the next version of the API
        if name in answer:
            yield from answers.listed(answer, name)


def _question(source: Source, number: int) -> Request | None:
    asked = searching.nth(source, DIALECT, number, most=KIND.questions)
    if asked is None:
        return None
    parameters = {"q": asked, "type_": "All", "sort": "New", "listing_type": "All", "limit": str(_MOST)}
    return Request(url=f"{source.url.rstrip('/')}/api/v3/search?{urlencode(parameters)}", step=str(number))


def _told(item: Item) -> Told:
    post: Any = item["post"]
    said: Any = item.get("comment") or post
    return Told(
        id=str(said["ap_id"]),
        link=str(said["ap_id"]),
        title=str(post["name"]),
        text=str(said.get("content") or said.get("body") or ""),
        plain=True,
        author=str(item["creator"]["name"]),
        date=_date(str(said.get("published") or said.get("published_at") or "")),
        tags=tuple(str(c["name"]) for c in (item.get("community"),) if c),
        links=(str(post["url"]),) if said is post and post.get("url") else (),
    )


def _as_posted(entry: Entry) -> Entry:
    """A feed leads to what a post points to: the post itself, and who wrote it, are named in its text."""
    post = next((link for link in entry.links if _POST.search(link)), "")
    writer = next((found[1] for link in entry.links if (found := _USER.search(link))), "")
    outside = tuple(dict.fromkeys((entry.link, *entry.links))) if post else entry.links
    return replace(
        entry,
        link=post or entry.link,
        site=host(post) if post else entry.site,
        author=writer or entry.author,
        text=_HEAD.sub("", entry.text),
        links=tuple(link for link in outside if link != post and not _OWN.search(link)),
    )


def _date(written: str) -> str:
    """Older servers leave the zone out: it is UTC."""
    zoned = written.endswith("Z") or "+" in written[10:]
    return written if zoned or "T" not in written else f"{written}Z"
