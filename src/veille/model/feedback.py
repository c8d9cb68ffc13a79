"""What people say of mentions, and what is learnt from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Mark(StrEnum):
    """What someone said of a mention, or of the alert about it."""

    NOT_US = "not-us"
    USEFUL = "useful"
    TOO_LATE = "too-late"
    CALM = "calm"
    URGENT = "urgent"


#: Marks that say an alert should not have rung, and those that say it should have.
WRONG = frozenset({Mark.NOT_US, Mark.CALM})
RIGHT = frozenset({Mark.USEFUL, Mark.TOO_LATE, Mark.URGENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A mention that someone marked, as far as it teaches: rare words and site, never the author."""

    mention_id: int
    story_id: int
    mark: Mark
    words: frozenset[str]
    site: str
    at: datetime
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAlike:
    """A mention that resembles those marked "not us"."""

    #: How many of them, and the words they share, the most telling first.
    alike: int
    words: tuple[str, ...]
    #: Whether so many agree that the digest leaves it out and only counts it.
    sure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Wrong alerts that a person accepts, all paths together: one that is spent makes the bar higher."""

    wrong_per_week: int = 2
    #: By night a wrong alert costs more.
    wrong_per_month_at_night: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """An alert that a person received, and what was said of it since (None = nothing)."""

    alert_id: int
    client_id: str
    at: datetime
    #: By night in the person's zone.
    night: bool
    mark: Mark | None = None

    @property
    def wrong(self) -> bool:
        """Whether someone said that it should not have rung."""
        return self.mark in WRONG


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """A person's budget that is used up: the bar is higher until then."""

    wrong: int
    night: bool
    until: datetime


#: The periods of the two budgets.
WEEK, MONTH = timedelta(days=7), timedelta(days=30)
