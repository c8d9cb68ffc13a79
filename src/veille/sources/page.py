"""Any page that lists messages and offers no feed: CSS selectors say where the items are and what they say.

`veille page URL --item ...` shows what selectors catch. The site's robots.txt is honoured. When nothing matches, the
page has changed, which is an error; `list` names what holds the items, so that an empty list is told from that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from veille.errors import ReadError
from veille.model.entry import Page
from veille.model.exchange import PollState, Request, Response, Source
from veille.sources import answers, markup, signing_in
from veille.sources.answers import Item, Told
from veille.sources.kind import Kind, Option

SELECTORS = ("item", "title", "link", "text", "author", "date", "rating", "list")
KIND = Kind(
    options=(
        Option(name="item", says="selector of one item", required=True),
        Option(name="title", says="selector of its title, in the item"),
        Option(name="link", says="selector of its link; default: a@href"),
        Option(name="text", says="selector of its text; default: the whole item"),
        Option(name="author", says="selector of its author"),
        Option(name="date", says="selector of its date; default: time@datetime"),
        Option(name="rating", says="selector of its stars, 1 to 5"),
        Option(name="list", says="selector of what holds the items: without any item it is empty, not broken"),
        *signing_in.OPTIONS[:2],
    ),
    place="forum",
    robots=True,
)
_ACCEPT = "text/html, application/xhtml+xml;q=0.9"


def refuse(options: Mapping[str, str]) -> str:
    """Which selector cannot be used."""
    return next((why for name in SELECTORS if name in options and (why := markup.wrong(options[name]))), "")


def request(source: Source, state: PollState) -> Request:
    """The page."""
    return Request(
        url=source.url,
        headers=(("Accept", _ACCEPT), *signing_in.headers(source)),
        etag=state.etag,
        modified=state.modified,
    )


def read(source: Source, response: Response, state: PollState) -> Page:
    """What the selectors catch."""
    if not source.option("item"):
        raise ReadError("the option `item` is missing: the CSS selector of one item")
    parsed = markup.document(response)
    nodes = parsed.css(source.option("item"))
    if not nodes and not _is_empty(source, parsed):
        title = parsed.css_first("title")
        named = f" (title: {title.text(strip=True)[:80]})" if title is not None else ""
        raise ReadError(f"nothing on the page matches `{source.option('item')}`{named}")
    items = [_caught(node, source, response.url) for node in nodes]
    return answers.page(items, _told, state, address=response.url)


def _is_empty(source: Source, parsed: Any) -> bool:
    holder = source.option("list")
    return bool(holder) and parsed.css_first(holder) is not None


def _caught(node: LexborNode, source: Source, address: str) -> dict[str, str]:
    return {
        "title": markup.found(node, source.option("title")),
        "link": _link(node, source, address),
        "text": markup.markup(node, source.option("text")) or ("" if source.option("text") else node.html or ""),
        "author": markup.found(node, source.option("author")),
        "date": markup.found(node, source.option("date", "time@datetime")),
        "rating": markup.found(node, source.option("rating")),
    }


def _link(node: LexborNode, source: Source, address: str) -> str:
    """Absolute; a selector of an element alone means where it leads."""
    selector = source.option("link", "a@href")
    css, attribute = markup.split(selector)
    raw = markup.found(node, selector if attribute else f"{css}@href")
    return urljoin(address, raw) if raw else ""


def _told(item: Item) -> Told:
    if not item["title"] and not item["text"].strip():
        raise ValueError("an item without words")
    stars = item["rating"].strip().split("/")[0].strip().replace(",", ".")
    return Told(
        id="",
        link=item["link"],
        title=item["title"],
        text=item["text"],
        author=item["author"],
        date=item["date"],
        rating=float(stars) if stars.replace(".", "", 1).isdigit() else None,
    )
