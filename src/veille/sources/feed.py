"""Feeds: RSS 0.9 to 2.0, RDF and Atom through feedparser, and JSON Feed.

answer -> (empty? too large?) -> clean UTF-8 -> split -> only the new items, or the whole -> drafts -> page

feedparser is the only door to XML. It gets bytes that we decoded (so it guesses nothing), in a BytesIO (a
bare string may be opened as a path), with its sanitiser and its resolver off: text is made plain, and links
absolute, here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from veille.errors import NotAFeed, ReadError
from veille.model.entry import Entry, Page
from veille.model.exchange import MEGABYTE, PollState, Request, Response, Source
from veille.sources.syndication import entry_fields, items, jsonfeed, pages, plain
from veille.sources.syndication.decoding import decode, to_utf8
from veille.sources.syndication.entry_fields import Draft, Surroundings
from veille.sources.syndication.items import Memory
from veille.text.clean import one_line
from veille.text.html import html_to_text

LARGEST = 5 * MEGABYTE
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9,"
    " application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.5, */*;q=0.1"
)
#: We decoded it: feedparser need not guess.
_HEADERS = {"content-type": "application/xml; charset=utf-8"}
_FIRST_TAG = re.compile(rb"<([a-zA-Z][\w:.-]*)")
_HTML = re.compile(rb"<!doctype\s+html|<html|<body|<form", re.IGNORECASE)
_FEED_TAG = re.compile(rb"<(?:\w+:)?(?:rss|rdf|feed|channel|item|entry)\b", re.IGNORECASE)

#: Of which the items may be plain.
PLAIN_VERSIONS = frozenset(("rss20", "rss092", "rss091u", "rss", "atom10"))

Adapt = Callable[[Entry], Entry]


def request(source: Source, state: PollState) -> Request:
    """The feed's address, with the conditions of the last answer."""
    return Request(url=source.url, headers=(("Accept", ACCEPT),), etag=state.etag, modified=state.modified)


def read(source: Source, response: Response, state: PollState) -> Page:
    """The entries of a feed; `NotAFeed` when there is neither a version nor an entry."""
    return read_feed(response, state)


def read_feed(response: Response, state: PollState, adapt: Adapt | None = None) -> Page:
    """The page of an answer. `adapt` is what a kind of feed does to each entry before it gets its key."""
    _refuse_at_sight(response.body)
    if response.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _json_page(response, state, adapt)
    document = to_utf8(response.body, response.content_type)
    if not _FEED_TAG.search(document):
        raise NotAFeed(_what_it_is(document, response.content_type))
    parts = items.split(document)
    past = _past(parts, state, address=response.url)
    page = _changed_page(parts, past, response, adapt) if parts else None
    return page or _whole_page(document, parts, past, response, adapt)


def _refuse_at_sight(body: bytes) -> None:
    if not body.strip():
        raise NotAFeed("the answer is empty")
    if len(body) > LARGEST:
        raise ReadError(f"the answer is over {LARGEST // MEGABYTE} MB")


def _past(parts: items.Split | None, state: PollState, *, address: str) -> pages.Past:
    memory = Memory.decode(state.memory)
    if parts is None:
        return pages.Past(memory=memory, cursor=state.cursor)
    return pages.Past(
        memory=memory,
        cursor=state.cursor,
        head=items.head_hash(parts, address=address),
        items=tuple(map(items.item_hash, parts.items)),
    )


def _changed_page(parts: items.Split, past: pages.Past, response: Response, adapt: Adapt | None) -> Page | None:
    """The page read from its new items alone; None where the whole has to be parsed."""
    if past.head != past.memory.head:
        return None
    known = past.memory.records
    new = [item for item, mark in zip(parts.items, past.items, strict=True) if mark not in known]
    parsed = _parsed_parts(parts, new, response.url)
    if parsed.get("bozo") or not parsed.get("version") or len(parsed["entries"]) != len(new):
        return None
    found = drafts(parsed, response.url, adapt)
    return pages.changed_page(found, past, title=_title(parsed))


def _whole_page(
    document: bytes, parts: items.Split | None, past: pages.Past, response: Response, adapt: Adapt | None
) -> Page:
    if parts:
        parsed = _parsed_parts(parts, parts.items, response.url)
    else:
        parsed = parsed_whole(document, response.url if items.has_base(document) else "")
    if not parsed["entries"] and (not parsed.get("version") or _first_tag(document) == b"opml"):
        raise NotAFeed(_what_it_is(document, response.content_type))
    if parsed.get("bozo") or not parsed.get("version") or len(past.items) != len(parsed["entries"]):
        past = replace(past, head=b"", items=())
    return pages.whole_page(drafts(parsed, response.url, adapt), past, title=_title(parsed))


def _json_page(response: Response, state: PollState, adapt: Adapt | None) -> Page:
    title, drafts, broken = jsonfeed.read(decode(response.body, response.content_type), response.url)
    past = pages.Past(memory=Memory.decode(state.memory), cursor=state.cursor)
    return replace(pages.whole_page(_adapted(drafts, adapt), past, title=title), broken=broken)


def _parsed_parts(parts: items.Split, only: Sequence[bytes], address: str) -> dict[str, Any]:
    """What feedparser finds in a feed of these items alone; the plainest need no more of it than the head."""
    document = parts.with_only(only)
    base = address if parts.based else ""
    language = items.declared_language(parts)
    if language is not None and not (parts.based and items.has_base(parts.before + parts.after)):
        head = parsed_whole(parts.with_only(()), "")
        if not head.get("bozo") and head.get("version") in PLAIN_VERSIONS:
            entries = plain.read_items(document, language, base=base)
            if entries is not None and len(entries) == len(only):
                head["entries"] = entries
                return head
    return parsed_whole(document, base)


def parsed_whole(document: bytes, base: str) -> dict[str, Any]:
    """What feedparser finds. Joining to `base` costs a quarter more: "" where the feed declares none."""
    # Here: it takes a tenth of a second, and whoever reads the settings imports this module.
    import feedparser

    headers = {**_HEADERS, "content-location": base} if base else _HEADERS
    try:
        return feedparser.parse(
            io.BytesIO(document), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # hostile input makes it raise anything (UnicodeError, KeyError...)
        raise ReadError(f"feedparser cannot read this answer ({type(error).__name__})") from error


def drafts(parsed: Mapping[str, Any], address: str, adapt: Adapt | None = None) -> Sequence[Draft]:
    """The entries of a parsed feed, as drafts."""
    feed = parsed["feed"]
    around = Surroundings(
        address=address,
        language=entry_fields.primary_language(str(feed.get("language") or "")),
        author=entry_fields.author_of(feed) if parsed["version"].startswith("atom") else "",
    )
    return _adapted([entry_fields.draft(item, around) for item in parsed["entries"]], adapt)


def _adapted(drafts: Sequence[Draft], adapt: Adapt | None) -> Sequence[Draft]:
    return drafts if adapt is None else [_of_kind(draft, adapt(draft.entry)) for draft in drafts]


def _of_kind(draft: Draft, entry: Entry) -> Draft:
    """The draft as its kind says; a key that the kind gave stands for the id."""
    return Draft(entry.key or draft.id, replace(entry, key="") if entry.key else entry)


def _title(parsed: Mapping[str, Any]) -> str:
    return one_line(html_to_text(str(parsed["feed"].get("title") or "")), entry_fields.LONGEST_TITLE)


def _first_tag(document: bytes) -> bytes:
    first = _FIRST_TAG.search(document)
    return first[1].lower() if first else b""


def _what_it_is(document: bytes, content_type: str) -> str:
    """Why there is nothing to read, in words that say what to do."""
    if _first_tag(document) == b"opml":
        return "an OPML list of feeds, import it instead"
    if _HTML.search(document[:5000]):
        title = re.search(rb"<title[^>]*>([^<]{1,200})", document[:20_000], re.IGNORECASE)
        said = one_line(html_to_text(title[1].decode("utf-8", "replace")), 100) if title else ""
        return f"an HTML page, not a feed (a login or an error page?){': ' + said if said else ''}"
    return f"not a feed (content type {one_line(content_type, 60) or 'unknown'})"
