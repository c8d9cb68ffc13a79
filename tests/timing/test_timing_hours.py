"""Quiet hours and digests through summer time, outages and clocks that jump: faults 73 and 74."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.model.person import QuietHours
from veille.timing.hours import DueDigest, digest_due, local_midnight, release

PARIS = "Europe/Paris"
#: 02:00 becomes 03:00 in the first night; 03:00 becomes 02:00 in the second.
SPRING = date(2027, 3, 28)
AUTUMN = date(2027, 10, 31)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def beats(first: datetime, *, hours: int, every: timedelta = timedelta(minutes=1)) -> Iterator[datetime]:
    for n in range(int(timedelta(hours=hours) / every)):
        yield first + n * every


@cache
def year(zone: str) -> tuple[datetime, ...]:
    """The beats of 2027: every third hour and, around the days when the local clock changes, every ten minutes."""
    moments: list[datetime] = []
    for noon in beats(utc("2027-01-01T12:00"), hours=24 * 366, every=timedelta(days=1)):
        before, after = ((noon + timedelta(days=days)).astimezone(ZoneInfo(zone)).utcoffset() for days in (-1, 2))
        moments += beats(noon, hours=24, every=timedelta(hours=3) if before == after else timedelta(minutes=10))
    return tuple(moments)


def played(
    moments: Iterator[datetime], *, at: time, zone: str = PARIS, last: date | None
) -> list[tuple[date, datetime]]:
    """What a daemon that remembers the last date sends, and when."""
    sent = []
    for now in moments:
        if digest := digest_due(now, at=at, zone=zone, last=last):
            last = digest.local_date
            sent.append((last, now))
    return sent


@pytest.mark.parametrize(
    ("night", "at", "expected"),
    [
        pytest.param(
            SPRING,
            time(2, 30),
            "2027-03-28T01:30",
            id="spring, an hour that does not exist: 03:30 summer time",
        ),
        pytest.param(SPRING, time(6, 30), "2027-03-28T04:30", id="spring, 06:30 summer time"),
        pytest.param(SPRING, time(3, 0), "2027-03-28T01:00", id="spring, the very moment of the change"),
        pytest.param(AUTUMN, time(2, 30), "2027-10-31T00:30", id="autumn, an hour that comes twice: its first coming"),
        pytest.param(AUTUMN, time(6, 30), "2027-10-31T05:30", id="autumn, 06:30 winter time"),
        pytest.param(AUTUMN, time(3, 0), "2027-10-31T02:00", id="autumn, the hour of the change"),
    ],
)
def test_the_night_of_the_change_sends_one_digest(night: date, at: time, expected: str) -> None:
    before = datetime.combine(night - timedelta(days=1), time(20), tzinfo=UTC)
    sent = played(beats(before, hours=16), at=at, last=night - timedelta(days=1))
    assert sent == [(night, utc(expected))]


@pytest.mark.parametrize(
    "zone", ["Europe/Paris", "America/Havana", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Kathmandu"]
)
@pytest.mark.parametrize("at", [time(0, 0), time(0, 30), time(2, 30), time(23, 59)], ids=str)
def test_a_year_sends_one_digest_a_local_date(zone: str, at: time) -> None:
    sent = played(iter(year(zone)), at=at, zone=zone, last=date(2027, 1, 1))
    dates = [day for day, _ in sent]
    assert dates == [dates[0] + timedelta(days=n) for n in range(len(dates))]
    assert len(dates) >= 365


def test_after_an_outage_from_02_to_07_the_digest_is_late_and_sent_once() -> None:
    yesterday, today = date(2027, 2, 11), date(2027, 2, 12)
    digest = digest_due(utc("2027-02-12T06:00"), at=time(6, 30), zone=PARIS, last=yesterday)
    assert digest == DueDigest(today, utc("2027-02-12T05:30"), late=True)
    assert digest_due(utc("2027-02-12T06:01"), at=time(6, 30), zone=PARIS, last=today) is None


@pytest.mark.parametrize(
    ("now", "last", "expected"),
    [
        pytest.param("2027-02-12T05:29", date(2027, 2, 11), None, id="a minute before: nothing"),
        pytest.param("2027-02-12T05:30", date(2027, 2, 11), (date(2027, 2, 12), False), id="on time"),
        pytest.param(
            "2027-02-12T05:44",
            date(2027, 2, 11),
            (date(2027, 2, 12), False),
            id="fourteen minutes are not late",
        ),
        pytest.param("2027-02-12T05:46", date(2027, 2, 11), (date(2027, 2, 12), True), id="sixteen are"),
        pytest.param(
            "2027-02-12T04:00",
            date(2027, 2, 10),
            (date(2027, 2, 11), True),
            id="down all day: yesterday's, late",
        ),
        pytest.param(
            "2027-02-12T05:30",
            date(2027, 2, 1),
            (date(2027, 2, 12), False),
            id="down ten days: the newest only",
        ),
        pytest.param("2027-02-12T05:30", date(2027, 2, 12), None, id="this date was sent already"),
        pytest.param("2027-02-12T04:30", date(2027, 2, 12), None, id="sent, then the clock went back an hour"),
        pytest.param("2027-02-12T12:00", date(2027, 2, 13), None, id="sent while the clock was a day ahead"),
        pytest.param("2027-02-13T05:30", date(2027, 2, 13), None, id="and that date is not sent again when it comes"),
        pytest.param("2027-02-14T05:30", date(2027, 2, 13), (date(2027, 2, 14), False), id="the next one is"),
    ],
)
def test_which_date_is_due(now: str, last: date, expected: tuple[date, bool] | None) -> None:
    digest = digest_due(utc(now), at=time(6, 30), zone=PARIS, last=last)
    assert (digest and (digest.local_date, digest.late)) == expected


@pytest.mark.parametrize(
    ("now", "since", "expected"),
    [
        pytest.param("2027-02-12T14:01", "2027-02-12T14:00", None, id="installed at 15:00: this morning's is nobody's"),
        pytest.param("2027-02-12T04:00", "2027-02-12T03:00", None, id="installed at 04:00: yesterday's neither"),
        pytest.param(
            "2027-02-12T05:30",
            "2027-02-12T03:00",
            date(2027, 2, 12),
            id="installed at 04:00: the one at 06:30 is",
        ),
        pytest.param(
            "2027-02-13T04:00",
            "2027-02-12T03:00",
            date(2027, 2, 12),
            id="installed, down a day: yesterday's, late",
        ),
        pytest.param("2027-02-12T05:30", None, date(2027, 2, 12), id="nothing is known: today's"),
        pytest.param("2027-02-12T04:00", None, None, id="nothing is known: never yesterday's"),
    ],
)
def test_no_digest_for_the_days_before_the_installation(now: str, since: str | None, expected: date | None) -> None:
    digest = digest_due(utc(now), at=time(6, 30), zone=PARIS, last=None, since=utc(since) if since else None)
    assert (digest and digest.local_date) == expected


@pytest.mark.parametrize(
    ("jump", "dates"),
    [
        pytest.param(timedelta(days=1), [11, 12, 13], id="the clock jumps a day ahead"),
        pytest.param(timedelta(hours=-1), [11, 12], id="the clock goes back an hour"),
        pytest.param(timedelta(hours=20), [11, 12], id="the machine was suspended"),
    ],
)
def test_a_clock_that_jumps_never_doubles_a_date(jump: timedelta, dates: list[int]) -> None:
    noon = utc("2027-02-11T05:45")
    moments = [*beats(utc("2027-02-11T03:00"), hours=3), *beats(noon + jump, hours=26)]
    sent = played(iter(moments), at=time(6, 30), last=date(2027, 2, 10))
    assert [day.day for day, _ in sent] == dates


@pytest.mark.parametrize(
    ("now", "zone", "hours", "expected"),
    [
        pytest.param("2027-02-11T22:30", PARIS, (22, 7), "2027-02-12T06:00", id="23:30 waits until 07:00 tomorrow"),
        pytest.param("2027-02-12T05:59", PARIS, (22, 7), "2027-02-12T06:00", id="06:59 waits a minute"),
        pytest.param("2027-02-12T06:00", PARIS, (22, 7), None, id="07:00 is awake"),
        pytest.param("2027-02-11T20:59", PARIS, (22, 7), None, id="21:59 is awake"),
        pytest.param("2027-02-11T21:00", PARIS, (22, 7), "2027-02-12T06:00", id="22:00 is quiet"),
        pytest.param("2027-02-12T12:30", PARIS, (13, 15), "2027-02-12T14:00", id="a siesta, without midnight"),
        pytest.param("2027-02-12T22:30", PARIS, (0, 7), None, id="from midnight: 23:30 is awake"),
        pytest.param("2027-02-12T23:30", PARIS, (0, 7), "2027-02-13T06:00", id="from midnight: 00:30 is quiet"),
        pytest.param("2027-02-12T22:30", PARIS, (22, 0), "2027-02-12T23:00", id="until midnight"),
        pytest.param(
            "2027-02-12T12:00",
            "America/Montreal",
            (22, 7),
            None,
            id="the person's zone decides: awake at 07:00",
        ),
        pytest.param(
            "2027-02-12T11:00",
            "America/Montreal",
            (22, 7),
            "2027-02-12T12:00",
            id="the person's zone: 06:00 is quiet",
        ),
        pytest.param("2027-02-12T12:00", PARIS, (8, 8), None, id="hours that end when they start are none"),
        pytest.param("2027-03-28T00:30", PARIS, (22, 7), "2027-03-28T05:00", id="spring: 07:00 comes an hour sooner"),
        pytest.param("2027-10-31T00:30", PARIS, (22, 7), "2027-10-31T06:00", id="autumn: 07:00 comes an hour later"),
    ],
)
def test_quiet_hours_hold_until_they_end(now: str, zone: str, hours: tuple[int, int], expected: str | None) -> None:
    quiet = QuietHours(time(hours[0]), time(hours[1]))
    assert release(utc(now), quiet=quiet, zone=zone) == utc(expected or now)


def test_the_hour_that_comes_twice_does_not_start_a_second_rest() -> None:
    quiet = QuietHours(time(22), time(2, 30))
    second_0215 = utc("2027-10-31T01:15")
    assert release(second_0215, quiet=quiet, zone=PARIS) == second_0215


def test_without_quiet_hours_everything_leaves_at_once() -> None:
    now = utc("2027-02-12T01:00")
    assert release(now, quiet=None, zone=PARIS) == now


@settings(max_examples=60, deadline=None)
@given(
    now=st.datetimes(datetime(2027, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),
    start=st.times(),
    end=st.times(),
    zone=st.sampled_from([PARIS, "America/Havana", "Africa/Cairo", "Australia/Lord_Howe"]),
)
def test_what_is_released_is_never_in_the_past_nor_a_day_away(now: datetime, start: time, end: time, zone: str) -> None:
    quiet = QuietHours(start, end)
    freed = release(now, quiet=quiet, zone=zone)
    assert now <= freed <= now + timedelta(hours=25)
    assert local_midnight(now, zone) <= now < local_midnight(now, zone) + timedelta(hours=26)


@pytest.mark.parametrize(
    ("now", "zone", "expected"),
    [
        pytest.param("2027-02-12T00:30", PARIS, "2027-02-11T23:00", id="01:30 in Paris"),
        pytest.param("2027-02-12T23:30", PARIS, "2027-02-12T23:00", id="half past midnight of the next day"),
        pytest.param("2027-04-30T12:00", "Africa/Cairo", "2027-04-29T22:00", id="a day whose midnight does not exist"),
    ],
)
def test_local_midnight(now: str, zone: str, expected: str) -> None:
    assert local_midnight(utc(now), zone) == utc(expected)
