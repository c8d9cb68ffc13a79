"""What has to be told calmly: by the calendar, one section a client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from veille.model.alert import Reason, Story
from veille.model.feedback import Spent
from veille.model.following import After
from veille.model.mention import Mention
from veille.model.volume import Spike
from veille.model.watch import Client


class DigestKind(StrEnum):
    """Which calendar it follows."""

    MORNING = "morning"
    EVENING = "evening"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What one client's part of a digest tells of."""

    #: Aware UTC: [since, until).
    since: datetime
    until: datetime
    #: The newest mention told before (None = those seen from `since` on are news).
    after: int | None = None
    #: The newest mention of this one (None = those seen before `until` belong to it).
    up_to: int | None = None

    def holds(self, mention: Mention) -> bool:
        """Whether the mention is news of this period."""
        begun = mention.seen >= self.since if self.after is None else mention.id > self.after
        return begun and (mention.seen < self.until if self.up_to is None else mention.id <= self.up_to)


class Fate(StrEnum):
    """What became of an alert for one reader."""

    SENT = "sent"
    #: Held by quiet hours, or tried again.
    WAITS = "waits"
    #: It expired, or every channel refused it.
    LOST = "lost"
    #: Meant for others.
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of an alert for one reader, and when: it was sent, or will be, or should have been."""

    fate: Fate
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """Mentions of one local day, copies apart, and how many of them were high or critical."""

    day: date
    mentions: int
    copies: int = 0
    urgent: int = 0


class Health(StrEnum):
    """How a source is."""

    HEALTHY = "healthy"
    NEW = "new"
    #: It answers, and takes long.
    SLOW = "slow"
    FAILING = "failing"
    STOPPED = "stopped"
    #: No new entry for longer than its own past makes likely.
    SILENT = "silent"
    #: It answers with something else than before, or with nothing where there was always something.
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """Whether a source could be watched."""

    source_id: str
    kind: str
    #: Without user info or query secrets.
    url: str
    health: Health
    #: Since when it answers, or fails.
    since: datetime | None
    last_answer: datetime | None = None
    error: str = ""
    entries: int = 0
    #: The median time from publication to seen (None = not known).
    delay: timedelta | None = None
    #: Seconds that an answer takes, usually.
    took: float = 0.0
    #: The service refuses our key, or it is no longer valid.
    refused: bool = False
    #: When our key there ends (None = never, or nobody says).
    expires: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """A story in the digest, with what was or was not told of it."""

    story: Story
    #: Mentions since the last digest.
    fresh: int
    #: Whether it was alerted, and why or why not.
    reason: Reason
    #: When the alert reached the reader (None = it did not).
    alerted_at: datetime | None = None
    #: What became of the alert, when there was one and it did not reach the reader.
    missed: Delivery | None = None
    #: Whether a message told before was edited, and is judged again.
    edited: bool = False
    #: What followed it: edits, messages no longer visible, questions left open.
    after: After = After()
    #: What the reason rests on: names of words, of the reason that would have rung.
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One client's part."""

    client: Client
    #: Most urgent first, capped; `hidden` says how many more.
    stories: tuple[StoryLine, ...] = ()
    hidden: int = 0
    mentions: int = 0
    copies: int = 0
    #: Kept apart from the counts.
    planned: int = 0
    own: int = 0
    muted: int = 0
    excluded: int = 0
    #: Left out because they were marked "not us", or resemble those that were.
    not_us: int = 0
    #: A usual day.
    usual: float = 0.0
    #: Crowds of many people that were not angry: told here, never at once.
    calm: tuple[Spike, ...] = ()
    #: The last 14 local days, oldest first.
    days: tuple[DayCount, ...] = ()
    #: Sources that could not be watched.
    trouble: tuple[SourceHealth, ...] = ()
    #: Each source's usual time from publication to seen, where it is known.
    delays: tuple[tuple[str, timedelta], ...] = ()

    @property
    def quiet(self) -> bool:
        """Nothing to read: one line is enough."""
        return not (self.stories or self.trouble or self.not_us or self.calm)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One per (person, local date, kind)."""

    person_id: str
    kind: DigestKind
    local_date: date
    #: What it covers, aware UTC.
    since: datetime
    until: datetime
    #: Clients with something to read, most urgent first.
    sections: tuple[Section, ...] = ()
    #: Clients on one line.
    quiet: tuple[Section, ...] = ()
    #: When it should have left, if it leaves late.
    due: datetime | None = None
    #: Clients whose part could not be made; the operator is told.
    failed: tuple[Client, ...] = ()
    #: Budgets of wrong alerts that the reader has used up.
    spent: tuple[Spent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A question of today that nobody answered."""

    mention: Mention
    #: The day that it names, when that is near: "today", "tomorrow" or "".
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EveningLook:
    """What a client's people should see once more before the night: questions left open."""

    client: Client
    #: The most urgent first, never empty.
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLook:
    """The one message after a client's first polls ("état des lieux")."""

    client: Client
    at: datetime
    sources: tuple[SourceHealth, ...]
    #: Five stories of the last 30 days.
    stories: tuple[Story, ...]
    mentions: int
    #: The story that is already rising.
    rising: Story | None = None
    #: (word, how many mentions hold it): worth excluding.
    words: tuple[tuple[str, int], ...] = ()
    days: tuple[DayCount, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A watch that says nothing although its own past says that it should: its sources answer, and perhaps lie."""

    client_id: str
    watch_id: str
    #: When its last mention was seen, aware UTC.
    since: datetime
    #: What it usually gets a day.
    usual: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorReport:
    """Sources in trouble and dead channels, one mail a day, or at once when a client is blind."""

    at: datetime
    trouble: tuple[tuple[str, SourceHealth], ...] = ()
    #: (person, channel, what the server said)
    dead_channels: tuple[tuple[str, str, str], ...] = ()
    #: Client ids that nothing watches any more.
    blind: tuple[str, ...] = ()
    #: (client id, kind): the client's last working source of the kind is gone, others work.
    blinded: tuple[tuple[str, str], ...] = ()
    #: Keys that the service refuses, and those that end soon.
    refused: tuple[tuple[str, SourceHealth], ...] = ()
    ending: tuple[tuple[str, SourceHealth], ...] = ()
    recovered: tuple[tuple[str, SourceHealth], ...] = ()
    #: Watches that fell silent, and those that speak again as "client/watch".
    silent: tuple[Silence, ...] = ()
    speaking: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
