"""An entry that concerns a client: where it matched, what it repeats, how urgent it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in the original text, in code points, that a term matched."""

    field: str
    start: int
    end: int
    term: str


@dataclass(frozen=True, slots=True)
class Match:
    """Proof that a watch's query holds for an entry."""

    watch_id: str
    spans: tuple[Span, ...] = ()


class Level(IntEnum):
    """Named by the least points each needs."""

    LOW = 0
    MEDIUM = 30
    HIGH = 60
    CRITICAL = 85

    @classmethod
    def of(cls, points: int) -> Level:
        """The level that so many points reach."""
        return max(level for level in cls if level <= max(points, 0))


class Category(StrEnum):
    """What kind of message it is; routes and digests use it."""

    OPINION = "opinion"
    REQUEST = "request"
    PROBLEM = "problem"
    IDEA = "idea"
    QUESTION = "question"
    PRESS = "press"
    PRAISE = "praise"


@dataclass(frozen=True, slots=True)
class Signal:
    """One named reason for urgency. `name` keys the sentence in the catalogue; `evidence` is quoted in it."""

    name: str
    points: int
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Urgency:
    """Points 0-100, and every reason for them."""

    points: int
    signals: tuple[Signal, ...] = ()
    category: Category = Category.OPINION
    #: -1 (angry) to 1 (delighted).
    tone: float = 0.0

    @property
    def level(self) -> Level:
        """Low, medium, high or critical."""
        return Level.of(self.points)

    def has(self, *names: str) -> bool:
        """Whether any of these signals is present."""
        return any(signal.name in names for signal in self.signals)


class Kinship(StrEnum):
    """What a mention is to those before it."""

    NEW = "new"
    SAME_STORY = "same_story"
    COPY = "copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Copy, same story, or new; with what it was likened to, how much, and why."""

    kinship: Kinship
    #: The mention it resembles (None when new).
    of: int | None = None
    story_id: int | None = None
    #: 0 to 1.
    likeness: float = 0.0
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A mention of the same client that a new one may repeat."""

    mention_id: int
    story_id: int
    canonical: str
    title: str
    text: str
    author: str
    site: str
    published: datetime
    seen: datetime
    #: The mention this one is itself a copy of.
    copy_of: int | None = None
    #: Someone took it out of another story: what copies it follows it.
    parted: bool = False
    #: Its text points to the address of the one that is placed.
    links_here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One per (client, entry), as stored."""

    id: int
    client_id: str
    entry_id: int
    story_id: int
    #: What its entry says.
    link: str
    canonical: str
    title: str
    text: str
    author: str
    site: str
    source_id: str
    place: str
    #: What happened when, and what we learnt when; both aware UTC.
    published: datetime
    seen: datetime
    verdict: Verdict
    urgency: Urgency
    watches: tuple[str, ...]
    language: str = ""
    #: Written by the client itself: noted, never alerts, calms nothing.
    own: bool = False
    #: From before the source was first read: the past, not news.
    backlog: bool = False
    #: The planned event it belongs to ("" = none): counted apart.
    event: str = ""
    #: Watches that keep and count it but never alert.
    muted: bool = False
