"""Reads the plainest items, those of most blogs and newspapers, as feedparser does and for a fraction of its time.

Only elements of the tables below, each once and without elements inside, are read; anything else in any item, or
any habit of feedparser that would change a value, refuses the page, and feedparser reads it. The head of the feed
is always feedparser's. That both give the same is tested on generated feeds, and on a corpus by bench/corpus.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin
from xml.parsers import expat

_ATOM, _DC = "http://www.w3.org/2005/Atom ", "http://purl.org/dc/elements/1.1/ "
_SLASH, _WFW = "http://purl.org/rss/1.0/modules/slash/ ", "http://wellformedweb.org/CommentAPI/ "
_YOUTUBE, _BASE = "http://www.youtube.com/xml/schemas/2015 ", "http://www.w3.org/XML/1998/namespace base"
_MEDIA = ("http://search.yahoo.com/mrss/ ", "http://search.yahoo.com/mrss ")
_ITEM, _ENTRY, _AUTHOR = "item", f"{_ATOM}entry", f"{_ATOM}author"
_TYPED = frozenset(("type",))
_LINKED = frozenset(("rel", "type", "href", "title", "hreflang", "length"))
#: Not `lang`, which feedparser takes for the language of what follows.
_PICTURED = frozenset(("url", "type", "medium", "width", "height", "fileSize", "isDefault", "duration"))
_NONE: frozenset[str] = frozenset()
#: What comes with pictures and videos, wherever it stands. Not `rating`, which feedparser keeps as the item's own.
_OF_MEDIA = {
    "group": ("", _NONE),
    "content": ("", _PICTURED),
    "thumbnail": ("", _PICTURED),
    "credit": ("", frozenset(("role", "scheme"))),
    "title": ("caption", _TYPED),
    "description": ("told", _TYPED),
    "community": ("", _NONE),
    "starRating": ("", frozenset(("count", "average", "min", "max"))),
    "statistics": ("", frozenset(("views",))),
}
_ALL_MEDIA = {f"{media}{name}": kept for media in _MEDIA for name, kept in _OF_MEDIA.items()}
#: Element -> the name that feedparser keeps it under ("" = nothing that an entry needs), and its known attributes.
_RSS = {
    "title": ("title", _NONE),
    "link": ("link", _NONE),
    "guid": ("id", frozenset(("isPermaLink",))),
    "description": ("summary", _NONE),
    "pubDate": ("published", _NONE),
    "author": ("author", _NONE),
    "category": ("tags", frozenset(("domain",))),
    "comments": ("", _NONE),
    "enclosure": ("", frozenset(("url", "type", "length"))),
    f"{_DC}creator": ("author", _NONE),
    f"{_DC}date": ("updated", _NONE),
    "http://purl.org/rss/1.0/modules/content/ encoded": ("content", _NONE),
    f"{_SLASH}comments": ("", _NONE),
    f"{_WFW}commentRss": ("", _NONE),
    **_ALL_MEDIA,
}
_OF_ATOM = {
    f"{_ATOM}title": ("title", _TYPED),
    f"{_ATOM}link": ("links", _LINKED),
    f"{_ATOM}id": ("id", _NONE),
    f"{_ATOM}published": ("published", _NONE),
    f"{_ATOM}updated": ("updated", _NONE),
    f"{_ATOM}summary": ("summary", _TYPED),
    # The base of a content changes only the addresses within, which are not joined to it.
    f"{_ATOM}content": ("content", _TYPED | {_BASE}),
    f"{_ATOM}category": ("tags", frozenset(("term", "scheme", "label"))),
    _AUTHOR: ("author", _NONE),
    f"{_ATOM}name": ("name", _NONE),
    f"{_ATOM}email": ("email", _NONE),
    f"{_ATOM}uri": ("", _NONE),
    f"{_YOUTUBE}videoId": ("", _NONE),
    f"{_YOUTUBE}channelId": ("", _NONE),
    **_ALL_MEDIA,
}
#: Elements that may hold others.
_HOLDERS = {
    _AUTHOR: frozenset((f"{_ATOM}name", f"{_ATOM}email", f"{_ATOM}uri")),
    **{f"{media}{name}": frozenset(_ALL_MEDIA) for media in _MEDIA for name in ("group", "content", "community")},
}
_MANY = frozenset(("", "tags", "links"))
_TYPES = {"text": "text/plain", "html": "text/html"}
_MEDIA_TYPES = {"plain": "text/plain", "text": "text/plain", "html": "text/html"}
#: feedparser guesses whether such a plain text is markup, and mends such an address.
_GUESSED = re.compile(r"</\w|&#?\w+;")
_MENDED_LINK = re.compile(r"&\w+;|:///|\s")


class _Refused(Exception):
    """Not plain."""


@dataclass(slots=True)
class _Element:
    name: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Trimmed, and put right when it was UTF-8 taken for Latin-1, as feedparser does."""
        text = "".join(self.pieces).strip()
        try:
            return text if text.isascii() else text.encode("latin-1").decode()
        except UnicodeError:
            return text


def read_items(document: bytes, language: str, *, base: str = "") -> list[dict[str, Any]] | None:
    """The items in feedparser's shape; None when one is not plain.

    `language` is the xml:lang of the feed. With a `base`, what joining to it would change is not plain.
    """
    if not base and b"xml:base" in document:
        return None  # feedparser would go on joining to it after its element
    reading = _Reading()
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    try:
        parser.Parse(document, True)
        items = [_rss(one, language) if kind == _ITEM else _atom(one, language) for kind, one in reading.items]
        return None if base and any(_joined(item, base) for item in items) else items
    except (expat.ExpatError, _Refused):
        return None


def _joined(item: dict[str, Any], base: str) -> bool:
    """Whether an address of the item is another once joined."""
    addresses = {item.get("id", ""), item.get("link", ""), *(link["href"] for link in item.get("links", ()))}
    try:
        return any(address and urljoin(base, address) != address for address in addresses)
    except ValueError:
        return True


@dataclass(slots=True)
class _Reading:
    """Collects the elements of each item, those inside another after it."""

    items: list[tuple[str, list[_Element]]] = field(default_factory=list)
    #: Names of the elements under way, the item's first; and how many there were when the latest started.
    path: list[str] = field(default_factory=list)
    deepest: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An item opens, or an element inside one."""
        depth = len(self.path)
        if depth == 0:
            if name not in (_ITEM, _ENTRY):
                return
            if attributes:
                raise _Refused
            self.items.append((name, []))
        elif depth == 1 or name in _HOLDERS.get(self.path[-1], _NONE):
            self.items[-1][1].append(_Element(name, attributes))
        else:
            raise _Refused
        self.path.append(name)
        self.deepest = depth + 1

    def end(self, name: str) -> None:
        """One of those that opened closes."""
        if self.path:
            self.path.pop()

    def text(self, data: str) -> None:
        """Part of the text of the latest element; one that holds others has none after them."""
        depth = len(self.path)
        if depth > 1:
            if depth < self.deepest and not data.isspace():
                raise _Refused
            self.items[-1][1][-1].pieces.append(data)


def _named(elements: Sequence[_Element], table: dict[str, tuple[str, frozenset[str]]]) -> dict[str, list[_Element]]:
    """The elements by the name feedparser keeps them under."""
    named: dict[str, list[_Element]] = {}
    for element in elements:
        name, attributes = table.get(element.name, ("?", _NONE))
        others = named.setdefault(name, [])
        if name == "?" or not element.attributes.keys() <= attributes or (others and name not in _MANY):
            raise _Refused
        others.append(element)
    return named


def _rss(elements: Sequence[_Element], language: str) -> dict[str, Any]:
    named = _named(elements, _RSS)
    item: dict[str, Any] = {name: found[0].text for name, found in named.items() if name not in _MANY}
    if _GUESSED.search(item.get("title", "")) or _MENDED_LINK.search(item.get("link", "")):
        raise _Refused
    item["title_detail"] = {"type": "text/plain", "language": language}
    item["tags"] = [{"term": tag.text} for tag in named.get("tags", ())]
    if "content" in item:
        item["content"] = [{"type": "text/html", "value": item["content"]}]
    _add_media(item, named, guessed=True)
    permanent = "id" in named and named["id"][0].attributes.get("isPermaLink", "true") == "true"
    return _linked(item, permanent=permanent)


def _atom(elements: Sequence[_Element], language: str) -> dict[str, Any]:
    named = _named(elements, _OF_ATOM)
    item: dict[str, Any] = {name: found[0].text for name, found in named.items() if name not in _MANY}
    types = {name: _type(named[name][0]) for name in ("title", "summary", "content") if name in named}
    item["title_detail"] = {"type": types.get("title", ""), "language": language}
    item["summary_detail"] = {"type": types.get("summary", "")}
    if "content" in item:
        item["content"] = [{"type": types["content"], "value": item["content"]}]
    _add_media(item, named, guessed=False)
    item["tags"] = [tag.attributes for tag in named.get("tags", ())]
    if any(tag.text for tag in named.get("tags", ())):
        raise _Refused
    item["author"] = _person(item.pop("name", ""), item.pop("email", "")) or item.get("author", "")
    for link in named.get("links", ()):
        _add_link(item, link.attributes)
    return _linked(item, permanent=True)


def _type(element: _Element) -> str:
    """What feedparser calls the type of a text; XHTML and the rest are for it to read."""
    written = element.attributes.get("type", "text")
    if written not in _TYPES:
        raise _Refused
    return _TYPES[written]


def _add_media(item: dict[str, Any], named: dict[str, list[_Element]], *, guessed: bool) -> None:
    """What describes a picture: the summary of an item that has none, a content of one that had it before.

    A picture's title is nobody's, after the item's own. `named` is in the order of the document.
    """
    if "caption" in named and not ("title" in _before(named, "caption") and item["title"]):
        raise _Refused
    item.pop("caption", None)
    if "told" not in named:
        return
    before, value = _before(named, "told"), item.pop("told")
    alone = "summary" not in named
    written = named["told"][0].attributes.get("type", "html" if alone else "plain")
    if "content" in before or not (alone or "summary" in before) or written not in _MEDIA_TYPES:
        raise _Refused
    if guessed and written != "html" and _GUESSED.search(value):
        raise _Refused
    if alone:
        item |= {"summary": value, "summary_detail": {"type": _MEDIA_TYPES[written]}}
    else:
        item["content"] = [{"type": _MEDIA_TYPES[written], "value": value}, *item.get("content", ())]


def _before(named: dict[str, list[_Element]], name: str) -> list[str]:
    order = list(named)
    return order[: order.index(name)]


def _person(name: str, email: str) -> str:
    return f"{name} ({email})" if name and email else name or email


def _add_link(item: dict[str, Any], attributes: dict[str, str]) -> None:
    """The last alternate page is the item's own."""
    rel, form = attributes.get("rel", "alternate").lower(), attributes.get("type", "text/html").lower()
    address = attributes.get("href", "")
    if not address or _MENDED_LINK.search(address):
        raise _Refused
    item.setdefault("links", []).append({"rel": rel, "href": address})
    if rel == "alternate" and form in ("text/html", "html", "application/xhtml+xml", "xhtml"):
        item["link"] = address


def _linked(item: dict[str, Any], *, permanent: bool) -> dict[str, Any]:
    """An id that may be an address stands for a link that is not given."""
    identifier = item.get("id", "")
    if permanent and _MENDED_LINK.search(identifier):
        raise _Refused
    if permanent and "link" not in item and identifier:
        item["link"] = identifier
    return item
