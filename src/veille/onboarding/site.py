"""What the first page of a site tells: its name, feeds, accounts, colour, words. Runs where it can be killed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from veille.errors import ReadError
from veille.model.exchange import MEGABYTE, Response
from veille.onboarding.networks import Account, accounts_of
from veille.text.clean import neutral, one_line
from veille.text.fold import words
from veille.text.html import html_to_text

#: HTML before parsing.
LARGEST = 2 * MEGABYTE
#: Links looked at, and feeds kept, of one page.
MOST_LINKS, MOST_FEEDS = 2_000, 6

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,40})""", re.IGNORECASE)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SEPARATORS = re.compile(r"\s+[|–—·:-]\s+")
_WORD = re.compile(r"[^\W\d_]{4,}")
_FEED = re.compile(r"<(?:rss|feed|rdf:rdf)[\s>]", re.IGNORECASE)
_HTML = re.compile(r"<!doctype\s+html|<html|<head|<body|<title|<meta|<link", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredFeed:
    """A feed that a page names: its address, and whether it holds comments of others."""

    url: str
    title: str = ""
    comments: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What one page said of its site."""

    url: str
    name: str = ""
    language: str = ""
    colour: str = ""
    feeds: tuple[DeclaredFeed, ...] = ()
    accounts: tuple[Account, ...] = ()
    #: Small letters, most frequent first, those of the title and description before the others.
    words: tuple[str, ...] = ()


def read_site(response: Response) -> SiteFacts:
    """The facts of a web page. Raises ReadError when the answer is no page."""
    markup = _decoded(response)
    if _FEED.search(markup[:2_000]) or not _HTML.search(markup[:20_000]):
        raise ReadError("the answer is not a web page")
    head = _Head()
    head.feed(markup)
    head.close()
    base = response.url
    return SiteFacts(
        url=base,
        name=_name(head, base),
        language=head.language[:2].lower() if head.language[:2].isalpha() else "",
        colour=head.colour.lower() if _COLOUR.fullmatch(head.colour) else "",
        feeds=_feeds(head, base),
        accounts=accounts_of(_absolute(head.links, base), me=_absolute(head.me, base)),
        words=_words(head, markup),
    )


@dataclass
class _Head(HTMLParser):
    """Gathers the few tags that matter; anything else passes by."""

    language: str = ""
    colour: str = ""
    site_name: str = ""
    title: str = ""
    description: str = ""
    links: list[str] = field(default_factory=list)
    me: list[str] = field(default_factory=list)
    feeds: list[tuple[str, str]] = field(default_factory=list)
    in_title: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what a tag says."""
        given = {name: (value or "").strip() for name, value in attrs}
        if tag == "html":
            self.language = self.language or given.get("lang", "")
        elif tag == "title":
            self.in_title = not self.title
        elif tag == "meta":
            self._meta(given.get("property") or given.get("name", ""), given.get("content", ""))
        elif tag in ("a", "link"):
            self._link(tag, given)

    def handle_endtag(self, tag: str) -> None:
        """A title ends."""
        if tag == "title":
            self.in_title = False

    def handle_data(self, data: str) -> None:
        """Keep the title's text."""
        if self.in_title and len(self.title) < 500:
            self.title += data

    def _meta(self, name: str, content: str) -> None:
        match name.lower():
            case "og:site_name":
                self.site_name = self.site_name or content
            case "theme-color":
                self.colour = self.colour or content
            case "description" | "og:description":
                self.description = self.description or content

    def _link(self, tag: str, given: dict[str, str]) -> None:
        rel, href = given.get("rel", "").lower().split(), given.get("href", "")
        if not href or len(self.links) >= MOST_LINKS:
            return
        if "alternate" in rel and given.get("type", "").lower() in _FEED_TYPES:
            self.feeds.append((href, given.get("title", "")))
        elif "me" in rel:
            self.me.append(href)
        elif tag == "a":
            self.links.append(href)


def _decoded(response: Response) -> str:
    if len(response.body) > LARGEST:
        raise ReadError("the page is over 2 MB")
    said = _CHARSET.search(response.content_type.encode("latin-1", "replace")) or _CHARSET.search(response.body[:2_000])
    try:
        return response.body.decode(said[1].decode() if said else "utf-8", "replace")
    except (LookupError, UnicodeError):
        return response.body.decode("utf-8", "replace")


def _name(head: _Head, base: str) -> str:
    if head.site_name:
        return neutral(one_line(head.site_name, 60))
    label = (urlsplit(base).hostname or "").removeprefix("www.").partition(".")[0].replace("-", "")
    parts = [neutral(one_line(part, 60)) for part in _SEPARATORS.split(head.title.strip()) if part.strip()]
    alike = [part for part in parts if label and label in "".join(words(part))]
    return (alike or parts or [""])[0]


def _feeds(head: _Head, base: str) -> tuple[DeclaredFeed, ...]:
    found: dict[str, DeclaredFeed] = {}
    for href, title in head.feeds:
        for url in _absolute([href], base):
            comments = "comment" in f"{title} {urlsplit(url).path}".lower()
            found.setdefault(url, DeclaredFeed(url=url, title=neutral(one_line(title, 80)), comments=comments))
    return tuple(found.values())[:MOST_FEEDS]


def _absolute(links: list[str], base: str) -> list[str]:
    joined = []
    for link in links:
        try:
            url = urljoin(base, link)
            wanted = urlsplit(url).scheme in ("http", "https") and bool(urlsplit(url).hostname)
        except ValueError:
            continue
        if wanted and url.isprintable():
            joined.append(url.partition("#")[0])
    return joined


def _words(head: _Head, markup: str) -> tuple[str, ...]:
    told = _WORD.findall(f"{head.title} {head.description}".lower())
    body = Counter(_WORD.findall(html_to_text(markup).lower()[:200_000]))
    return tuple(dict.fromkeys([*told, *(word for word, _ in body.most_common(200))]))
