"""How much is said, what was to be expected, and a departure from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

#: Bands of severity: 0 is glad, 1 neutral, then one for each ten points of severity.
BANDS = 11
#: From this band on a mention is bad.
BAD_BAND = 4
#: What the worst tone adds to the points; from this tone on, a mention of few points is glad.
TONE_POINTS, GLAD, FEW_POINTS = 30, 0.3, 20
#: What is said without a bad tone counts this part of its points, from this tone on all of them: news of what
#: may be grave is not anger, and points are wrong more often than points and tone together.
TONELESS, ANGRY_TONE = 0.5, -0.3


def band(points: int, tone: float) -> int:
    """The band of severity of a mention: its points, as far as its tone bears them out, and more for a bad tone."""
    if tone >= GLAD and points < FEW_POINTS:
        return 0
    borne = TONELESS + (1 - TONELESS) * min(1.0, max(0.0, tone / ANGRY_TONE))
    return 1 + min(BANDS - 2, int(points * borne + TONE_POINTS * max(0.0, -tone)) // 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One recent mention, as the count sees it; own, muted and planned ones are left out before."""

    mention_id: int
    story_id: int
    published: datetime
    seen: datetime
    author: str
    site: str
    points: int
    copy: bool = False
    #: -1 (angry) to 1 (delighted).
    tone: float = 0.0
    #: How bad it is (see the function `band`); when it was seen and how long after publication, in seconds.
    band: int = field(init=False)
    second: float = field(init=False)
    late: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "band", band(self.points, self.tone))
        object.__setattr__(self, "second", self.seen.timestamp())
        object.__setattr__(self, "late", self.second - self.published.timestamp())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Past:
    """What a watch got before, hour by hour; compared by identity, so that what is learnt of it is learnt once."""

    #: The end of the last hour, aware UTC.
    until: datetime
    #: Mentions by band of each hour, by publication, oldest first.
    hours: tuple[tuple[int, ...], ...]
    #: Numbers of the hours that a recorded spike covers: a crisis is not the usual.
    spiked: frozenset[int] = frozenset()
    #: Of its bad mentions, two of one day at a time: pairs that share their story, and all of them.
    pairs: tuple[int, int] = (0, 0)

    @property
    def days(self) -> float:
        """How much past there is, in days."""
        return len(self.hours) / 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A watch's recent arrivals against its own past."""

    client_id: str
    watch_id: str
    now: datetime
    past: Past
    #: Seen in the last 24 h and published at most 48 h before now; by time seen.
    arrivals: tuple[Arrival, ...]
    #: When mentions of the spike under way were rewritten: it is not over while they are.
    edits: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is known of a watch's volume between two looks."""

    #: None = not asked for yet.
    past: Past | None
    arrivals: tuple[Arrival, ...]
    #: When the arrivals were read from the start, and read on.
    read: datetime
    upto: datetime


class SpikeState(StrEnum):
    """The life of a spike."""

    STARTED = "started"
    ESCALATED = "escalated"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spike:
    """A departure of a watch's volume from its own past; each change of state is told apart."""

    client_id: str
    watch_id: str
    state: SpikeState
    at: datetime
    started: datetime
    observed: int
    expected: float
    window_minutes: int
    #: Of so many or more by chance, under the baseline.
    probability: float
    authors: int
    sites: int
    copies: int = 0
    #: The largest count that was told, for hysteresis and for doubling.
    peak: int = 0
    #: Under 14 days of past.
    little_history: bool = False
    #: Stories it is made of, the largest first.
    stories: tuple[int, ...] = ()
    #: Whether its mentions are mostly bad.
    negative: bool = False
    #: Every watch that is part of it, `watch_id` first.
    watches: tuple[str, ...] = ()
    #: The one story it is about (None = several).
    story: int | None = None
    #: Only mentions from this band on are counted in it (0 = all).
    band: int = 0
    #: Whether only its one story is counted in it: the watch as a whole is as usual.
    alone: bool = False
