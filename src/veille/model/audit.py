"""Why something was or was not told, as facts: what an audit of an address, or of a time, rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from veille.model.alert import Decision
from veille.model.mention import Level
from veille.model.watch import Client


class Fit(StrEnum):
    """What the settings of a day made of an entry."""

    TAKEN = "taken"
    #: A watch's query held, and one of its exclusions too.
    EXCLUDED = "excluded"
    NOT_TAKEN = "not_taken"
    #: The settings of that day are not kept, or cannot be read any more.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a source was asked in a time."""

    source_id: str
    #: Aware UTC: since when the client asks it, and until when (None = it still does).
    since: datetime
    until: datetime | None
    polls: int = 0
    errors: int = 0
    #: Polls that brought something new.
    news: int = 0
    first: datetime | None = None
    last: datetime | None = None
    #: The last error ("" = none).
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt to send an alert, and what the provider answered. Accepted is not read."""

    person_id: str
    channel_id: str
    at: datetime
    accepted: bool
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerted:
    """An alert about a story, with every attempt to send it."""

    code: str
    title: str
    decision: Decision
    at: datetime
    attempts: tuple[Attempt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """An entry that a source of the client gave, and what became of it."""

    entry_id: int
    published: datetime
    seen: datetime
    #: How its source was asked between its publication and its sight.
    asked: Asked
    fit: Fit
    watches: tuple[str, ...] = ()
    #: When the settings of its sight came into force (None = not kept).
    settings_since: datetime | None = None
    #: None = it is no mention.
    mention_id: int | None = None
    story: str = ""
    points: int = 0
    level: Level = Level.LOW
    #: (decision, when), oldest first.
    decisions: tuple[tuple[Decision, datetime], ...] = ()
    alerts: tuple[Alerted, ...] = ()
    #: From before its source was first asked.
    backlog: bool = False
    #: What its author's earlier posts came to, as the signal says it ("" = they did not count).
    author: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A story to handle that was not told at once, and the last reason why."""

    code: str
    title: str
    level: Level
    decision: Decision
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """The answer about one address, or about the time since `since`; times are aware UTC."""

    client: Client
    at: datetime
    #: The time that is looked at.
    since: datetime
    until: datetime
    #: As asked, and the form that stands for all its twins ("" = a time is asked for).
    address: str = ""
    canonical: str = ""
    sightings: tuple[Sighting, ...] = ()
    #: The sources that share the address's host, else all of the client's.
    sources: tuple[Asked, ...] = ()
    mentions: int = 0
    alerts: tuple[Alerted, ...] = ()
    held: tuple[Held, ...] = ()
    #: Since when polls are kept (None = none is).
    polls_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One fact behind an audit's paragraph."""

    at: datetime
    step: str
    detail: str
