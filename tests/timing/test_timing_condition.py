"""How a source is, from the facts of its past: silences, empty answers, slowness, patience."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from veille.model.digest import Health
from veille.model.exchange import Fault, PollState
from veille.model.rhythm import Rhythm, dumped, loaded
from veille.timing import rhythm
from veille.timing.cadence import rhythmic
from veille.timing.condition import condition, silent

NOW = datetime(2027, 2, 12, 10, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEGUN = NOW - 60 * DAY

UNKNOWN = Rhythm()


def state(known: Rhythm = UNKNOWN, **facts: object) -> PollState:
    return PollState(**{"first_answer": BEGUN, "last_answer": NOW, "rhythm": dumped(known), **facts})  # type: ignore[arg-type]


DAILY = Rhythm(news=60, watched=60 * 86_400, longest=90_000, last=(NOW - HOUR).timestamp(), filled=60)

STATES = {
    "never asked": (PollState(), Health.NEW),
    "it answers": (state(), Health.HEALTHY),
    "it takes twelve seconds": (state(Rhythm(took=12.0)), Health.SLOW),
    "one failure": (state(failures=1, fault=Fault.OTHER), Health.FAILING),
    "a login page instead": (state(failures=1, fault=Fault.UNREAD), Health.CHANGED),
    "a page that never was a feed": (PollState(failures=1, fault=Fault.UNREAD), Health.FAILING),
    "gone for good": (state(stopped="gone"), Health.STOPPED),
    "empty since two hours": (state(Rhythm(filled=8, vacant=(NOW - 2 * HOUR).timestamp())), Health.CHANGED),
    "empty since a minute": (state(Rhythm(filled=8, vacant=(NOW - HOUR / 60).timestamp())), Health.HEALTHY),
    "empty, with little past": (state(Rhythm(filled=3, vacant=(NOW - 9 * HOUR).timestamp())), Health.HEALTHY),
    "empty, as often before": (
        state(Rhythm(filled=80, vacancies=2, vacant=(NOW - 9 * HOUR).timestamp())),
        Health.HEALTHY,
    ),
    "daily, and today too": (state(DAILY), Health.HEALTHY),
}


@pytest.mark.parametrize(("facts", "expected"), STATES.values(), ids=STATES)
def test_states(facts: PollState, expected: Health) -> None:
    assert condition(facts, now=NOW).health is expected


@pytest.mark.parametrize(("failures", "expected"), [(12, Health.HEALTHY), (13, Health.FAILING)])
def test_failures_that_are_usual_there_are_none(failures: int, expected: Health) -> None:
    assert condition(state(failures=failures, fault=Fault.OTHER), now=NOW, patience=12).health is expected


def test_one_that_never_answered_has_no_patience() -> None:
    assert condition(PollState(failures=1), now=NOW, patience=12).health is Health.FAILING


def forum(seed: int, *, days: int, each_day: float) -> Iterator[datetime]:
    """Moments of new entries in a place that sleeps from 22 to 7, and rests on Sundays."""
    dice = Random(seed)
    for hour in range(24 * days):
        at = BEGUN + hour * HOUR
        if 7 <= at.hour < 22 and at.weekday() != 6 and dice.random() < each_day / 15:
            yield at


def followed(moments: Iterator[datetime], *, until: datetime) -> tuple[Rhythm, list[datetime]]:
    """The rhythm after an hourly poll of them, and the hours when it was thought silent."""
    known, alarms = rhythm.begun(Rhythm(), now=BEGUN), []
    news, at = set(moments), BEGUN
    while at < until:
        at += HOUR
        known = rhythm.answered(known, now=at, since=at - HOUR, took=HOUR / 3600, found=20)
        if at in news:
            known = rhythm.renewed(known, now=at, published=[at - HOUR / 2])
        if silent(known, now=at):
            alarms.append(at)
    return known, alarms


@pytest.mark.parametrize("each_day", [0.3, 1, 4, 14], ids=lambda n: f"{n} a day")
def test_a_place_with_nights_and_sundays_is_not_called_silent(each_day: float) -> None:
    """In sixty days, three of each."""
    for seed in range(3):
        known, alarms = followed(forum(seed, days=60, each_day=each_day), until=BEGUN + 60 * DAY)
        assert alarms == []
        assert loaded(dumped(known)).delay in (1800, None)


@pytest.mark.parametrize(("each_day", "days"), [(14, 5), (4, 6), (1, 15)], ids=["busy", "usual", "quiet"])
def test_one_that_falls_silent_is_noticed(each_day: float, days: int) -> None:
    """A busy one within five days, a quiet one within fifteen."""
    _, alarms = followed(forum(1, days=45, each_day=each_day), until=BEGUN + (45 + days) * DAY)
    assert alarms
    assert alarms[0] > BEGUN + 45 * DAY


def test_an_outage_of_ours_does_not_make_a_silence_by_itself() -> None:
    """What comes at the first answer after it counts."""
    known, _ = followed(forum(1, days=30, each_day=4), until=BEGUN + 30 * DAY)
    later = BEGUN + 40 * DAY
    known = rhythm.answered(known, now=later, since=BEGUN + 30 * DAY, took=HOUR / 3600, found=20)
    assert not silent(rhythm.renewed(known, now=later, published=[]), now=later)


QUARTER, SIX = timedelta(minutes=15), timedelta(hours=6)
WAITS = {
    "nothing is known yet": (Rhythm(), QUARTER),
    "a week is known": (Rhythm(watched=7 * 86_400), QUARTER),
    "many a day": (Rhythm(news=600, watched=60 * 86_400, last=(NOW - HOUR).timestamp()), QUARTER),
    "one a day": (DAILY, timedelta(hours=1)),
    "nothing for three weeks": (
        Rhythm(news=60, watched=60 * 86_400, last=(NOW - 21 * DAY).timestamp()),
        SIX,
    ),
    "nothing for two days": (Rhythm(news=600, watched=60 * 86_400, last=(NOW - 2 * DAY).timestamp()), 2 * HOUR),
}


@pytest.mark.parametrize(("known", "expected"), WAITS.values(), ids=WAITS)
def test_a_source_is_asked_by_its_own_rhythm(known: Rhythm, expected: timedelta) -> None:
    found = rhythmic(known, now=NOW, least=QUARTER, most=SIX)
    assert abs(found - expected) < timedelta(minutes=2)


def test_a_source_of_a_watch_that_rises_is_asked_as_often_as_it_may() -> None:
    silent_for_weeks = Rhythm(news=1, watched=60 * 86_400, last=BEGUN.timestamp())
    assert rhythmic(silent_for_weeks, now=NOW, least=QUARTER, most=SIX, spiking=True) == QUARTER


def test_without_a_longest_time_the_least_one_holds() -> None:
    silent_for_weeks = Rhythm(news=1, watched=60 * 86_400, last=BEGUN.timestamp())
    assert rhythmic(silent_for_weeks, now=NOW, least=QUARTER, most=timedelta(0)) == QUARTER
