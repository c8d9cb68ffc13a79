"""What a source published, once whatever the clients."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from veille.model.exchange import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One publication as its source gave it: cleaned plain text, no markup, no judgement."""

    #: Identity within its source (docs/concepts.md, "Time and identity").
    key: str
    #: Where it can be read, unwrapped from redirectors ("" = nowhere).
    link: str = ""
    title: str = ""
    text: str = ""
    author: str = ""
    #: Host of the link or the publisher's, lower case, without `www.`.
    site: str = ""
    #: Aware UTC, as parsed and not yet clamped; None when absent or unreadable.
    published: datetime | None = None
    published_raw: str = ""
    #: BCP 47 primary tag when the source says it ("" = unknown).
    language: str = ""
    tags: tuple[str, ...] = ()
    #: Absolute http(s) addresses that the text points to.
    links: tuple[str, ...] = ()
    #: 1 to 5, for reviews.
    rating: float | None = None
    followers: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An answer, read."""

    entries: tuple[Entry, ...]
    #: Items that held nothing at all, counted and left out.
    empty: int = 0
    #: Items that could not be read although their neighbours could.
    broken: int = 0
    #: Exact doubles of another item of this page, counted and left out.
    repeated: int = 0
    #: Items whose exact bytes were in the page before: known, and not in `entries`.
    unchanged: int = 0
    title: str = ""
    cursor: str = ""
    memory: bytes = b""
    #: The next question of the same dialogue: a second page, the search after a login (None = it is over).
    then: Request | None = None
    #: What the answer really took from the budget, where that is less than the question's `cost`.
    spent: int | None = None

    @property
    def found(self) -> int:
        """Entries in the answer before folding, the known ones included."""
        return len(self.entries) + self.unchanged + self.repeated
