"""How much is said, what was to be expected, and a departure from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A watch's recent arrivals against its own past."""

    client_id: str
    watch_id: str
    now: datetime
    #: Mentions an hour by publication, oldest first; the last number is the hour that ends at `recent_from`.
    past: tuple[int, ...]
    recent_from: datetime
    #: Seen since `recent_from` (24 h before now) and published at most 48 h before now; by time seen.
    arrivals: tuple[Arrival, ...]
    #: Share of the past's mentions that had 60 points or more; a watch that is always angry is not news.
    urgent_share: float = 0.1

    @property
    def past_days(self) -> float:
        """How much past there is, in days."""
        return len(self.past) / 24


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
