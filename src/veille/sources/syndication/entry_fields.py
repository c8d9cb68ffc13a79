"""Maps what feedparser found in one item to an entry: clean text, absolute links, honest dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from veille.model.entry import Entry
from veille.text.clean import clean, one_line
from veille.text.dates import parse_date
from veille.text.html import html_to_text, links_of, tidy, unescape
from veille.text.url import host

#: One item as feedparser gives it: a dict with habits of its own.
Item = dict[str, Any]

LONGEST_TITLE = 500
LONGEST_TEXT = 20_000
LONGEST_LINK = 4_000
#: Markup beyond this is cut before it is read: it cannot show in the text kept.
_LONGEST_MARKUP = 400_000
_MOST_TAGS = 30
#: Characters that such a line fits in.
_FOOT = 1_000
#: Where feeds keep the stars of a review (App Store, hReview, schema.org, Google's product reviews).
_RATINGS = ("im_rating", "review_rating", "rating", "schema_ratingvalue", "ratingvalue", "reviewrating")
_NUMBER = re.compile(r"([0-9](?:[.,][0-9]+)?)(?:\s*/\s*5)?")
_MAIL = re.compile(r"<?[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*>?")
#: "@name@server", as the fediverse signs.
_HANDLE = re.compile(r"(@[\w.-]{1,64})@[\w-]+(?:\.[\w-]+)*")
#: What phpBB adds below each post: "Statistics: Posted by ..." and a rule.
_PHPBB_FOOT = re.compile(r"<p>(?:[^<]|</?(?:a|strong|em|span)\b[^<>]*>){0,400}</p>\s*<hr\s*/?>\s*\Z")
_MARKED_UP = re.compile(r"</[a-zA-Z]|<(?:br|p|img)\b", re.IGNORECASE)
#: Contents that hold words; the rest is a picture or a sound.
_READABLE = frozenset(("", "text/plain", "text/html", "application/xhtml+xml", "text/markdown"))
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?=[-_]|$)")
#: Addresses that come out as they go in.
_PLAIN_LINK = re.compile(
    r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?:/[\w.~%!$&()*+,;=:@/-]*)?(?:\?[\w.~%!$&()*+,;=:@/?-]+)?"
    r"(?:#[\w.~%!$&()*+,;=:@/?-]+)?",
    re.ASCII,
)
_UNSAFE = str.maketrans({'"': "%22", "<": "%3C", ">": "%3E", "'": "%27", " ": "%20", "\\": "%5C", "`": "%60"})


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry whose key is not known yet, and the id its source gave it."""

    id: str
    entry: Entry

    @property
    def empty(self) -> bool:
        """Whether nothing at all can be said of it."""
        return not (self.entry.title or self.entry.text or self.entry.link)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What an item takes from its feed when it says nothing itself."""

    address: str
    language: str = ""
    author: str = ""


def draft(item: Item, around: Surroundings) -> Draft:
    """The entry of one item, as feedparser gives it."""
    link = _link(item, around.address)
    markup, text = _body(item)
    published, raw = first_date(_text(item, name) for name in ("published", "updated", "created"))
    entry = Entry(
        key="",
        link=link,
        title=title_of(_text(item, "title"), plain=_is_plain(dict.get(item, "title_detail"))),
        text=text,
        author=author_of(item) or author_name(_text(item, "news_source")) or around.author,
        site=host(_publisher(item) or link),
        published=published,
        published_raw=raw,
        language=_language(item) or around.language,
        tags=tags_of(tag.get("label") or tag.get("term") for tag in _parts(item, "tags")),
        links=links_of(markup[:_LONGEST_MARKUP], link or around.address),
        rating=_rating(item),
    )
    return Draft(one_line(_text(item, "id")), entry)


def title_of(raw: str, *, plain: bool = False) -> str:
    """One line, without markup unless it is plain text (then references alone are decoded)."""
    return one_line(unescape(raw) if plain else html_to_text(raw), LONGEST_TITLE)


def text_of(raw: str, *, plain: bool = False) -> str:
    """Plain text of a body, at most 20,000 characters."""
    raw = _without_foot(raw[:_LONGEST_MARKUP])
    return clean(tidy(raw) if plain else html_to_text(raw), limit=LONGEST_TEXT)


def _without_foot(markup: str) -> str:
    """Without phpBB's line of statistics; looked for in the last characters alone."""
    start = max(0, len(markup) - _FOOT)
    return markup[:start] + _PHPBB_FOOT.sub("", markup[start:]) if "<hr" in markup[start:] else markup


@lru_cache(maxsize=256)
def author_name(raw: str) -> str:
    """The name alone: "mail@example.org (Name)" and "Name <mail@example.org>" are Name, "@name@server" is @name."""
    name = one_line(raw, 200)
    if handle := _HANDLE.fullmatch(name):
        return handle[1]
    if "@" in name:
        name = _MAIL.sub("", name).strip(" ()") or name.strip(" ()<>")
    return name


def absolute_link(raw: str, base: str) -> str:
    """An http(s) address without credentials or characters that end an attribute, else ""."""
    if len(raw) <= LONGEST_LINK and _PLAIN_LINK.fullmatch(raw):
        return raw
    raw = "".join(clean(raw[: LONGEST_LINK + 1]).split("\n")).strip()
    if not raw or len(raw) > LONGEST_LINK:
        return ""
    try:
        parts = urlsplit(raw if raw.startswith(("https://", "http://")) else urljoin(base, raw))
        named = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not named:
        return ""
    if "@" in parts.netloc:
        parts = parts._replace(netloc=parts.netloc.rpartition("@")[2])
    return urlunsplit(parts).translate(_UNSAFE)


def first_date(raws: Iterable[str]) -> tuple[datetime | None, str]:
    """The first date that can be read, and how it was written; else the first that was written."""
    written = [one_line(raw, 100) for raw in raws if raw]
    for raw in written:
        if (moment := parse_date(raw)) is not None:
            return moment, raw
    return None, written[0] if written else ""


def primary_language(tag: str) -> str:
    """fr-FR and fr_CA are fr."""
    match = _LANGUAGE.match(tag.strip())
    return match[0].lower() if match else ""


def tags_of(raws: Iterable[object]) -> tuple[str, ...]:
    """Each once, in order, at most 30."""
    names = (_tag(raw) for raw in raws if isinstance(raw, str))
    return tuple(dict.fromkeys(name for name in names if name))[:_MOST_TAGS]


@lru_cache(maxsize=256)
def _tag(raw: str) -> str:
    return one_line(html_to_text(raw), 100)


def _text(item: object, name: str) -> str:
    """A text of an item, whatever was found there (`dict.get`: feedparser's own maps one name to another)."""
    value = dict.get(item, name) if isinstance(item, dict) else None
    return value if isinstance(value, str) else ""


def _parts(item: Item, name: str) -> list[Item]:
    value = item.get(name)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _is_plain(detail: object) -> bool:
    return _text(detail, "type") == "text/plain"


def _link(item: Item, base: str) -> str:
    """The item's own page: its link, else an alternate one, else an id that is an address."""
    alternates = (_text(link, "href") for link in _parts(item, "links") if link.get("rel") == "alternate")
    identifier = _text(item, "id")
    page = identifier if identifier[:8].lower().startswith(("http://", "https://")) else ""
    for candidate in (_text(item, "link"), *alternates, page):
        if candidate and (link := absolute_link(candidate, base)):
            return link
    return ""


def _body(item: Item) -> tuple[str, str]:
    """The longest of summary and contents that has words: as written, and as plain text."""
    readable = (content for content in _parts(item, "content") if _text(content, "type") in _READABLE)
    bodies = {_text(content, "value"): _is_plain(content) for content in readable}
    bodies.setdefault(_text(item, "summary"), _is_plain(dict.get(item, "summary_detail")))
    for body in sorted(bodies, key=len, reverse=True):
        if text := text_of(body, plain=bodies[body] and not _MARKED_UP.search(body)):
            return body, text
    return "", ""


def author_of(item: Item) -> str:
    """The first author who has a name."""
    authors = _parts(item, "authors")
    first = next((name for name in (_text(author, "name") for author in authors) if name), "")
    return author_name(first if len(authors) > 1 and first else _text(item, "author"))


def _publisher(item: Item) -> str:
    """Address of who first published it, where an aggregator says so (Google News)."""
    address = _text(dict.get(item, "source"), "href")
    return address if address.startswith(("http://", "https://")) else ""


def _language(item: Item) -> str:
    return primary_language(_text(item, "language") or _text(dict.get(item, "title_detail"), "language"))


def _rating(item: Item) -> float | None:
    """Stars out of five."""
    if item.keys().isdisjoint(_RATINGS):
        return None
    for name in _RATINGS:
        match = _NUMBER.fullmatch(_text(item, name).strip())
        stars = float(match[1].replace(",", ".")) if match else 0.0
        if 1 <= stars <= 5:
            return stars
    return None
