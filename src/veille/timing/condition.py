"""How a source is, from the facts of its past: a pure rule, every number with its reason.

Silent: with `news` arrivals in `watched` seconds, a rate known so well makes the next gap longer than t with chance
(watched / (watched + t)) ** (news + 1/2): the Poisson tail averaged over what the rate may be (gamma, prior of
Jeffreys: Gelman and others, Bayesian Data Analysis, 2.6), so that a short past is shrunk towards "who knows".
Arrivals come in bouts (nights, weekends), hence also: twice the longest gap of its own past.

Changed: an answer without items after n that held some has, by Laplace's rule of succession, chance 1 / (n + 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from veille.model.digest import Health
from veille.model.exchange import Fault, PollState
from veille.model.rhythm import Rhythm, loaded

#: A silence is one when chance would bring it so rarely, and it lasts so many times the longest gap.
CHANCE = 0.01
LONGER = 2.0
#: None is told sooner, nor of a source whose past is shorter or holds less.
SHORTEST = timedelta(hours=24)
LEAST_WATCHED = timedelta(days=14)
LEAST_NEWS = 5
#: Answers with items before one without is a change, and how long that must last.
LEAST_FILLED = 8
EMPTY_FOR = timedelta(hours=1)
#: A third of what a dialogue may take at most (docs/concepts.md, "Numbers").
SLOW = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Condition:
    """How a source is, and since when (None = unknown)."""

    health: Health
    since: datetime | None = None


def condition(state: PollState, *, now: datetime, patience: int = 0) -> Condition:
    """How it is. `patience`: failures in a row that are usual for its kind; `now`: aware UTC."""
    if state.stopped:
        return Condition(Health.STOPPED, state.failing_since or state.last_answer or now)
    if state.failures > patience or (state.failures and not state.first_answer):
        changed = state.fault == Fault.UNREAD and state.first_answer is not None
        return Condition(Health.CHANGED if changed else Health.FAILING, state.failing_since or state.last_answer or now)
    if state.first_answer is None:
        return Condition(Health.NEW)
    return _answering(loaded(state.rhythm), now) or Condition(Health.HEALTHY, state.first_answer)


def _answering(rhythm: Rhythm, now: datetime) -> Condition | None:
    if emptied(rhythm, now=now):
        return Condition(Health.CHANGED, _moment(rhythm.vacant))
    if silent(rhythm, now=now):
        return Condition(Health.SILENT, _moment(rhythm.last))
    return Condition(Health.SLOW) if rhythm.took > SLOW.total_seconds() else None


def emptied(rhythm: Rhythm, *, now: datetime) -> bool:
    """Whether the answers hold nothing where there was always something."""
    lasts = rhythm.vacant is not None and now.timestamp() - rhythm.vacant >= EMPTY_FOR.total_seconds()
    return lasts and rhythm.filled >= LEAST_FILLED and not rhythm.vacancies


def silent(rhythm: Rhythm, *, now: datetime) -> bool:
    """Whether nothing new came for longer than its own past makes likely."""
    if rhythm.last is None or rhythm.news < LEAST_NEWS or rhythm.watched < LEAST_WATCHED.total_seconds():
        return False
    gap = now.timestamp() - rhythm.last
    least = max(SHORTEST.total_seconds(), LONGER * rhythm.longest)
    return gap >= least and chance(rhythm, gap) <= CHANCE


def chance(rhythm: Rhythm, gap: float) -> float:
    """That nothing comes for so many seconds, though all is as it was."""
    watched = max(rhythm.watched - gap, 1.0)
    return float((watched / (watched + gap)) ** (rhythm.news + 0.5))


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
