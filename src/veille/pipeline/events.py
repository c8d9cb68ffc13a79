"""What happened, for displays and logs: polls, mentions, alerts and sends as they go by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from veille.model.alert import Alert, Decision
from veille.model.entry import Entry
from veille.model.mention import Urgency, Verdict
from veille.model.message import Notification, Outcome
from veille.model.volume import Spike


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """A source was asked. `error` is "" when it answered."""

    source_id: str
    at: datetime
    #: Entries in the answer, the known and the empty ones included.
    found: int = 0
    #: Those that the page before did not hold.
    entries: tuple[Entry, ...] = ()
    unchanged: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """A mention was saved."""

    client_id: str
    source_id: str
    entry: Entry
    published: datetime
    seen: datetime
    verdict: Verdict
    urgency: Urgency
    own: bool
    backlog: bool
    #: The planned event it belongs to ("" = none).
    event: str = ""
    #: As numbered by the store; the verdict names stored mentions too.
    mention_id: int = 0
    story_id: int = 0
    #: Watch ids.
    watches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An entry was left out: by a client's exclusions, or by every query when `client_id` is ""."""

    client_id: str
    source_id: str
    entry: Entry
    seen: datetime
    backlog: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A story was told, held or dropped."""

    client_id: str
    story_id: int
    at: datetime
    decision: Decision
    alert: Alert | None = None
    #: Person ids that are told.
    people: tuple[str, ...] = ()
    #: Where, as "person/channel".
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spiked:
    """A spike changed its state. `story_id` is the story that speaks for it (None = all of its own were pruned)."""

    client_id: str
    at: datetime
    spike: Spike
    story_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digested:
    """A person's digest was made and put in the outbox."""

    person_id: str
    at: datetime
    day: date
    #: The stories it tells, by number, in their order.
    stories: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vanished:
    """A told mention is no longer visible at its address."""

    client_id: str
    mention_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """An attempt to deliver ended."""

    notification: Notification
    at: datetime
    outcome: Outcome
