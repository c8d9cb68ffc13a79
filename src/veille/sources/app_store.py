"""App Store: the latest reviews of an application in one country, with their stars, in the store's public JSON.

Up to ten pages of fifty are served; one is asked. Source: docs/sources.md, "app_store".
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from veille.errors import ReadError
from veille.model.entry import Page
from veille.model.exchange import PollState, Request, Response, Source
from veille.sources import answers
from veille.sources import feed as feeds
from veille.sources.answers import Item, Told
from veille.sources.kind import Kind, Option

KIND = Kind(
    url="https://itunes.apple.com",
    options=(
        Option(name="app", says="number of the application, as in the address of its page: id123", required=True),
        Option(name="country", says="two letters of the store's country; default: fr"),
    ),
    place="review",
    every=timedelta(hours=1),
)


def request(source: Source, state: PollState) -> Request:
    """The first page, the most recent first."""
    base, country = source.url.rstrip("/"), source.option("country", "fr")
    return Request(
        url=f"{base}/{country}/rss/customerreviews/page=1/id={_app(source)}/sortby=mostrecent/json",
        headers=(("Accept", "application/json, text/javascript;q=0.9"),),
        etag=state.etag,
        modified=state.modified,
    )


def read(source: Source, response: Response, state: PollState) -> Page:
    """The reviews; what has no stars is the application itself."""
    if answers.is_markup(response):
        page = feeds.read_feed(response, state)
        reviews = (entry for entry in page.entries if entry.rating is not None)
        return replace(page, entries=tuple(replace(e, link=_numbered(_shared(source), e.key)) for e in reviews))
    answer = answers.json_of(response)
    feed = answer.get("feed") if isinstance(answer, dict) else None
    if not isinstance(feed, dict):
        raise ReadError(f"no `feed` in the answer{answers.said(answer)}")
    found: Any = feed.get("entry", [])
    title = feed["title"].get("label", "") if isinstance(feed.get("title"), dict) else ""
    return answers.page(
        found if isinstance(found, list) else [found],
        lambda item: _told(item, source),
        state,
        address="https://apps.apple.com",
        title=str(title),
    )


def _app(source: Source) -> str:
    return source.option("app").removeprefix("id")


def _told(item: Item, source: Source) -> Told | None:
    if "im:name" in item and "im:rating" not in item:
        return None
    if not {"title", "content"} & item.keys():
        raise ValueError("neither title nor text")
    review = str(item["id"]["label"])
    return Told(
        id=review,
        link=_link(item, source, review),
        title=_label(item, "title"),
        text=_label(item, "content"),
        plain=True,
        author=_label(item.get("author") or {}, "name"),
        date=_label(item, "updated"),
        rating=float(item["im:rating"]["label"]),
    )


def _label(item: Item, name: str) -> str:
    return str((item.get(name) or {}).get("label") or "")


def _link(item: Item, source: Source, review: str) -> str:
    """All reviews share one address: the review's number makes it this one's."""
    link = item.get("link") or {}
    given = (link[0] if isinstance(link, list) else link).get("attributes", {}).get("href", "")
    return _numbered(given or _shared(source), review)


def _shared(source: Source) -> str:
    return f"https://apps.apple.com/{source.option('country', 'fr')}/app/id{_app(source)}"


def _numbered(shared: str, review: str) -> str:
    return f"{shared}{'&' if '?' in shared else '?'}review={quote(review, safe='')}"
