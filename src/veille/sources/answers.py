"""What connectors of JSON services share: an answer parsed with care, each of its items made an entry, a page of them.

answer -> JSON or ReadError -> the list of items -> a draft each (what is malformed is counted) -> page
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from veille.errors import ReadError
from veille.model.entry import Entry, Page
from veille.model.exchange import MEGABYTE, PollState, Request, Response
from veille.sources.syndication import entry_fields as fields
from veille.sources.syndication import pages
from veille.sources.syndication.decoding import decode
from veille.sources.syndication.entry_fields import Draft
from veille.sources.syndication.items import Memory
from veille.text.clean import one_line
from veille.text.html import links_of
from veille.text.url import host

LARGEST = 5 * MEGABYTE
Item = Mapping[str, Any]

#: What an item of an unexpected shape makes the reading of it raise.
_MALFORMED = (LookupError, TypeError, ValueError, AttributeError, RecursionError, OverflowError, StopIteration)


def sized(response: Response, *, largest: int = LARGEST) -> bytes:
    """The body, neither empty nor too large. Raises ReadError."""
    if not response.body.strip():
        raise ReadError("the answer is empty")
    if len(response.body) > largest:
        raise ReadError(f"the answer is over {largest // MEGABYTE} MB")
    return response.body


def json_of(response: Response) -> Any:
    """The JSON of an answer. Raises ReadError that says what came instead."""
    text = decode(sized(response), response.content_type).lstrip("\ufeff \t\r\n")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: also a number of more than 4,300 digits
        if text[:1] == "<":
            raise ReadError("an HTML page instead of JSON (a login or an error page?)") from error
        raise ReadError(f"a broken JSON answer ({type(error).__name__})") from error


def is_markup(response: Response) -> bool:
    """Whether XML or HTML came: many services serve feeds too."""
    return response.body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def listed(answer: Any, *path: str) -> list[Any]:
    """The list of items under these keys of an answer. Raises ReadError with what the answer says instead."""
    found = answer
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    if not isinstance(found, list):
        raise ReadError(f"no `{'.'.join(path) or 'list'}` in the answer{said(answer)}")
    return found


def said(answer: Any) -> str:
    """ ": message" of an error, where a service gives one; else ""."""
    if not isinstance(answer, dict):
        return ""
    errors = answer.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else answer.get("error")
    nested = first if isinstance(first, dict) else answer
    names = ("error_description", "message", "detail", "error", "title", "reason", "error_message")
    text = next((value for name in names if isinstance(value := nested.get(name), str) and value), "")
    return f": {one_line(text, 150)}" if text else ""


def token(answer: Any, name: str, *, otherwise: str = "no session was opened") -> str:
    """The token of a session under this name of an answer. Raises ReadError with what the answer says instead."""
    found = answer.get(name) if isinstance(answer, dict) else None
    if not isinstance(found, str) or not found.isprintable():
        raise ReadError(f"{otherwise}{said(answer)}")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a service says of one item, as it says it."""

    id: str
    link: str = ""
    title: str = ""
    #: HTML, or plain text when `plain`.
    text: str = ""
    plain: bool = False
    author: str = ""
    #: A date as written, or an instant.
    date: str | datetime | None = None
    language: str = ""
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    rating: float | None = None
    followers: int | None = None
    #: The publisher's host, when it is not the link's.
    site: str = ""


def drafted(told: Told, *, address: str = "") -> Draft:
    """The entry of what was told: clean text, absolute links (`address` is what they are relative to), honest dates."""
    link = fields.absolute_link(told.link, address)
    moment, raw = (told.date, "") if isinstance(told.date, datetime) else fields.first_date((told.date or "",))
    found = dict.fromkeys((*(fields.absolute_link(each, link) for each in told.links), *links_of(told.text, link)))
    entry = Entry(
        key="",
        link=link,
        title=fields.title_of(told.title, plain=True),
        text=fields.text_of(told.text, plain=told.plain) or _stars(told),
        author=fields.author_name(told.author),
        site=told.site or host(link or address),
        published=moment,
        published_raw=raw,
        language=fields.primary_language(told.language),
        tags=fields.tags_of(told.tags),
        links=tuple(each for each in found if each and each != link),
        rating=_rating(told),
        followers=told.followers,
    )
    return Draft(one_line(told.id), entry)


def _rating(told: Told) -> float | None:
    return told.rating if told.rating is not None and 1 <= told.rating <= 5 else None


def _stars(told: Told) -> str:
    """What a review without a word says: many give their stars alone."""
    stars = round(_rating(told) or 0)
    return f"{'★' * stars}{'☆' * (5 - stars)}" if stars and not told.title else ""


def page(
    items: Iterable[Any],
    make: Callable[[Item], Told | None],
    state: PollState,
    *,
    address: str = "",
    title: str = "",
    then: Request | None = None,
) -> Page:
    """The page of these items. `make` says what one of them tells (None: it is to be left out, uncounted).

    An item that `make` cannot read is counted as broken, one that says nothing as empty; the others are kept.
    """
    drafts: list[Draft] = []
    broken = 0
    for item in items:
        try:
            told = make(_mapping(item))
            if told is not None:
                drafts.append(drafted(told, address=address))
        except _MALFORMED:
            broken += 1
    past = pages.Past(memory=Memory.decode(state.memory), cursor=state.cursor)
    made = pages.whole_page(drafts, past, title=title)
    own = _own(state.cursor)
    cursor = with_own(made.cursor, own) if own else made.cursor
    return replace(made, broken=broken, then=then, cursor=cursor)


def instant(seconds: Any, *, unit: float = 1.0) -> datetime | None:
    """The moment of a number of seconds since 1970 (`unit`: how many seconds one is worth); None for nonsense."""
    try:
        return datetime.fromtimestamp(float(seconds) * unit, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def marked(page: Page, values: Mapping[str, str]) -> Page:
    """The page with these values of the connector's own in its cursor, for the next poll."""
    return replace(page, cursor=with_own(page.cursor, values))


def turned(page: Page, response: Response) -> Page:
    """The page, whose question gives way to the next one at the next poll (searching.in_turn)."""
    return marked(page, {"turn": str(int(response.step) + 1)}) if response.step.isdigit() else page


def spending(page: Page, spent: int) -> Page:
    """The page, which took so much of the budget."""
    return replace(page, spent=spent)


def own(state: PollState, name: str) -> str:
    """What the connector wrote into its cursor under this name at the last poll ("" = nothing)."""
    return _own(state.cursor).get(name, "")


def with_own(cursor: str, values: Mapping[str, str]) -> str:
    """The cursor of a page with values of the connector's own beside what the page keeps in it."""
    kept = _cursor(cursor)
    return json.dumps({**kept, "own": {**_own(cursor), **values}}, separators=(",", ":"))


def _cursor(cursor: str) -> dict[str, Any]:
    try:
        found = json.loads(cursor) if cursor else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _own(cursor: str) -> dict[str, str]:
    found = _cursor(cursor).get("own")
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def _mapping(item: Any) -> Item:
    if not isinstance(item, dict):
        raise TypeError("an item that is no object")
    return item
