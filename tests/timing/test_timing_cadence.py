"""When a source is asked again and a delivery tried again: faults 11, 12 and 13."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.errors import BadStatus, FetchError, NotAFeed, Unreachable
from veille.model.exchange import PollState
from veille.timing.cadence import LONGEST_WAIT, next_attempt, next_poll

NOW = datetime(2027, 2, 12, 10, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def wait(*, failures: int, error: Exception | None, interval: timedelta = QUARTER, jitter: float = 0.0) -> timedelta:
    assert error is None or isinstance(error, FetchError | NotAFeed)
    state = PollState(failures=failures)
    return next_poll(state, now=NOW, interval=interval, error=error, jitter=jitter) - NOW


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [
        pytest.param(1, 30, id="the first failure doubles the interval"),
        pytest.param(2, 60, id="the second doubles it again"),
        pytest.param(4, 240, id="the fourth waits four hours"),
        pytest.param(5, 360, id="the fifth meets the cap of six hours"),
        pytest.param(10_000, 360, id="ten thousand failures wait six hours and overflow nothing"),
        pytest.param(0, 30, id="a failure that nobody counted counts as the first"),
    ],
)
@pytest.mark.parametrize("error", [BadStatus(500), Unreachable("reset"), NotAFeed("a login page")], ids=repr)
def test_a_failing_source_is_asked_less_and_less_often(failures: int, minutes: int, error: Exception) -> None:
    assert wait(failures=failures, error=error) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param(timedelta(seconds=120), QUARTER, id="two minutes: the poll interval is longer"),
        pytest.param(timedelta(hours=2), timedelta(hours=2), id="two hours are honoured"),
        pytest.param(timedelta(seconds=1e9), timedelta(hours=24), id="thirty years become a day"),
        pytest.param(timedelta.max, timedelta(hours=24), id="the longest timedelta there is becomes a day"),
        pytest.param(timedelta(0), QUARTER, id="zero means the next poll"),
        pytest.param(timedelta(seconds=-1), timedelta(minutes=30), id="a negative one is garbage: back-off"),
        pytest.param(None, timedelta(minutes=30), id="none: back-off"),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_kept_between_the_interval_and_a_day(
    status: int, asked: timedelta | None, expected: timedelta
) -> None:
    assert wait(failures=1, error=BadStatus(status, retry_after=asked)) == expected


def test_three_failures_then_an_answer_return_to_the_interval() -> None:
    waits = [wait(failures=n, error=BadStatus(503)) for n in (1, 2, 3)]
    assert waits == [2 * QUARTER, 4 * QUARTER, 8 * QUARTER]
    assert wait(failures=0, error=None) == QUARTER


def test_a_slow_source_is_never_asked_faster_because_it_fails() -> None:
    daily = timedelta(days=1)
    assert wait(failures=3, error=BadStatus(500), interval=daily) == daily
    asked = BadStatus(429, retry_after=timedelta(hours=1))
    assert wait(failures=1, error=asked, interval=2 * daily) == 2 * daily


@pytest.mark.parametrize("error", [None, BadStatus(500), BadStatus(429, retry_after=timedelta(hours=1))], ids=repr)
def test_jitter_moves_the_time(error: Exception | None) -> None:
    assert wait(failures=2, error=error) != wait(failures=2, error=error, jitter=0.9)


@settings(max_examples=60, deadline=None)
@given(
    failures=st.integers(0, 10**6),
    minutes=st.integers(1, 60 * 24 * 7),
    jitter=st.floats(0, 1, exclude_max=True),
    asked=st.none() | st.timedeltas(),
)
def test_the_next_poll_is_after_the_interval_and_within_a_day_of_it(
    failures: int, minutes: int, jitter: float, asked: timedelta | None
) -> None:
    interval = timedelta(minutes=minutes)
    for error in (None, Unreachable(""), BadStatus(503, retry_after=asked)):
        planned = wait(failures=failures, error=error, interval=interval, jitter=jitter)
        assert interval <= planned <= max(LONGEST_WAIT, interval * 1.1)


@pytest.mark.parametrize(
    ("attempts", "asked", "seconds"),
    [
        pytest.param(1, None, 30, id="the first retry comes after half a minute"),
        pytest.param(2, None, 60, id="then a minute"),
        pytest.param(6, None, 900, id="the sixth meets the cap of a quarter of an hour"),
        pytest.param(10_000, None, 900, id="however many there were"),
        pytest.param(1, 2, 2, id="Slack asks two seconds: two seconds"),
        pytest.param(1, 7200, 7200, id="two hours are honoured"),
        pytest.param(1, 1e9, 86400, id="thirty years become a day"),
        pytest.param(3, -5, 120, id="a negative wait is garbage"),
    ],
)
def test_a_delivery_is_tried_again(attempts: int, asked: float | None, seconds: int) -> None:
    retry_after = None if asked is None else timedelta(seconds=asked)
    assert next_attempt(attempts, now=NOW, retry_after=retry_after, jitter=0.0) == NOW + timedelta(seconds=seconds)


def test_what_the_far_end_asked_is_never_shortened_by_jitter() -> None:
    asked = timedelta(seconds=2)
    assert next_attempt(1, now=NOW, retry_after=asked, jitter=0.99) >= NOW + asked
