"""Reads JSON Feed 1 and 1.1 into drafts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from veille.errors import NotAFeed
from veille.model.entry import Entry
from veille.sources.syndication import entry_fields as fields
from veille.sources.syndication.entry_fields import Draft, Surroundings
from veille.text.clean import one_line
from veille.text.html import links_of
from veille.text.url import host


def read(document: str, address: str) -> tuple[str, Sequence[Draft], int]:
    """Title of the feed, its drafts, and how many items are no items; `NotAFeed` for any other JSON."""
    feed = _loaded(document)
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise NotAFeed(f"a JSON answer that is no feed{_what_it_says(feed)}")
    if "version" not in feed and not any(isinstance(item, dict) and "id" in item for item in feed["items"]):
        raise NotAFeed("a JSON answer that is no feed: it has no version")
    around = Surroundings(
        address=address, language=fields.primary_language(_text(feed, "language")), author=_author(feed)
    )
    items = [item for item in feed["items"] if isinstance(item, dict)]
    drafts = [_draft(item, around) for item in items]
    return one_line(_text(feed, "title"), fields.LONGEST_TITLE), drafts, len(feed["items"]) - len(items)


def _loaded(document: str) -> Any:
    try:
        return json.loads(document)
    except (ValueError, RecursionError) as error:  # ValueError: also a number of more than 4,300 digits
        raise NotAFeed(f"a broken JSON answer ({type(error).__name__})") from error


def _draft(item: dict[str, Any], around: Surroundings) -> Draft:
    link = next(filter(None, (fields.absolute_link(_text(item, name), around.address) for name in _LINKS)), "")
    markup, plain = _text(item, "content_html"), _text(item, "content_text") or _text(item, "summary")
    published, raw = fields.first_date(_text(item, name) for name in ("date_published", "date_modified"))
    entry = Entry(
        key="",
        link=link,
        title=fields.title_of(_text(item, "title"), plain=True),
        text=fields.text_of(markup) or fields.text_of(plain, plain=True),
        author=_author(item) or around.author,
        site=host(link),
        published=published,
        published_raw=raw,
        language=fields.primary_language(_text(item, "language")) or around.language,
        tags=fields.tags_of(item["tags"]) if isinstance(item.get("tags"), list) else (),
        links=links_of(markup or plain, link or around.address),
    )
    return Draft(one_line(_text(item, "id")), entry)


_LINKS = ("url", "external_url", "id")


def _text(item: dict[str, Any], name: str) -> str:
    """A text; a number stands for its digits (ids often are)."""
    value = item.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _author(item: dict[str, Any]) -> str:
    """The first of `authors` (1.1), or `author` (1.0)."""
    authors = item.get("authors")
    one = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return fields.author_name(_text(one, "name")) if isinstance(one, dict) else ""


def _what_it_says(answer: Any) -> str:
    """The message of an error, where an API gives one."""
    if not isinstance(answer, dict):
        return ""
    said = next((_text(answer, name) for name in ("error", "message", "detail") if _text(answer, name)), "")
    return f": {one_line(said, 120)}" if said else ""
