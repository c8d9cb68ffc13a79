"""Dates as feeds write them, and the time that is believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.text.dates import clamp, parse_date

DATES = {
    "RFC 822": ("Sat, 21 Nov 2026 10:00:00 +0100", "2026-11-21T09:00:00"),
    "RFC 822 with a name": ("Sat, 21 Nov 2026 10:00:00 EST", "2026-11-21T15:00:00"),
    "RFC 822 of two digits": ("21 Nov 26 10:00 GMT", "2026-11-21T10:00:00"),
    "RFC 822 without a space": ("Sat,21 Nov 2026 10:00:00 GMT", "2026-11-21T10:00:00"),
    "RFC 850": ("Saturday, 21-Nov-26 10:00:00 GMT", "2026-11-21T10:00:00"),
    "RFC 3339": ("2026-11-21T10:00:00Z", "2026-11-21T10:00:00"),
    "RFC 3339 with a fraction": ("2026-11-21T10:00:00.123456+01:00", "2026-11-21T09:00:00"),
    "ISO with a space": ("2026-11-21 10:00:00 +0100", "2026-11-21T09:00:00"),
    "ISO with hours of offset": ("2026-11-21T10:00+01", "2026-11-21T09:00:00"),
    "ISO day": ("2026-11-21", "2026-11-21T00:00:00"),
    "ISO month": ("2026-11", "2026-11-01T00:00:00"),
    "ISO compact": ("20261121T100000Z", "2026-11-21T10:00:00"),
    "CEST is not UTC": ("Tue, 21 Jul 2026 10:00:00 CEST", "2026-07-21T08:00:00"),
    "Europe/Paris is not UTC": ("Tue, 21 Jul 2026 10:00:00 Europe/Paris", "2026-07-21T08:00:00"),
    "French names": ("Sam, 21 nov 2026 10:00:00 +0100", "2026-11-21T09:00:00"),
    "French words": ("mardi 1er février 2027 à 9h05", "2027-02-01T09:05:00"),
    "French August": ("21 août 2026 14:05", "2026-08-21T14:05:00"),
    "French July is not June": ("21 juil. 2026", "2026-07-21T00:00:00"),
    "German": ("Mi, 21 Okt 2026 10:00:00 MESZ", "2026-10-21T08:00:00"),
    "slashes, year first": ("2016/6/29 15:07", "2016-06-29T15:07:00"),
    "slashes, day first": ("21/11/2026 10:00", "2026-11-21T10:00:00"),
    "slashes, American beyond doubt": ("12/31/2026", "2026-12-31T00:00:00"),
    "American words": ("November 21, 2026 10:05 PM", "2026-11-21T22:05:00"),
    "asctime": ("Sat Nov 21 10:00:00 2026", "2026-11-21T10:00:00"),
    "date(1)": ("Sat Nov 21 10:00:00 CET 2026", "2026-11-21T09:00:00"),
    "midnight as 24": ("Sat, 21 Nov 2026 24:00:00 GMT", "2026-11-22T00:00:00"),
    "a leap second": ("2026-11-21T10:00:60Z", "2026-11-21T10:00:59"),
    "seconds since 1970": ("1793613600", "2026-11-02T10:00:00"),
    "milliseconds since 1970": ("1793613600123", "2026-11-02T10:00:00"),
    "no zone is UTC": ("21 Nov 2026 10:00", "2026-11-21T10:00:00"),
    "an unknown zone is UTC": ("21 Nov 2026 10:00 QQQ", "2026-11-21T10:00:00"),
    "an absurd offset is UTC": ("21 Nov 2026 10:00 +9999", "2026-11-21T10:00:00"),
    "1900 is a date": ("1900-01-01", "1900-01-01T00:00:00"),
    "0001 is a date": ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00"),
}


@pytest.mark.parametrize(("raw", "moment"), DATES.values(), ids=DATES)
def test_a_date_is_read_as_utc(raw: str, moment: str) -> None:
    """One row a way of writing."""
    assert parse_date(raw) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


NO_DATES = ("", "hier", "30 Feb 2026", "2026-11-21 25:61", "0000-00-00", "-1-01-01", "99999-01-01",
            "+9999", "0001-01-01T00:00:00+02:00", "9999-12-31T23:59:59-05:00", "12 Foo 2026",
            "21/13/2026", "\0", "1e9")  # fmt: skip


@pytest.mark.parametrize("raw", NO_DATES, ids=repr)
def test_what_is_no_date_is_none(raw: str) -> None:
    """An honest answer, not a guess."""
    assert parse_date(raw) is None


SEEN = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
CLAMPED = {
    "unknown is first seen": (None, SEEN),
    "yesterday is believed": (SEEN - timedelta(days=1), SEEN - timedelta(days=1)),
    "the future is now": (SEEN + timedelta(hours=2), SEEN),
    "the far past is thirty days ago": (datetime(1, 1, 1, tzinfo=UTC), SEEN - timedelta(days=30)),
}


@pytest.mark.parametrize(("published", "believed"), CLAMPED.values(), ids=CLAMPED)
def test_a_publication_time_is_kept_believable(published: datetime | None, believed: datetime) -> None:
    """One row a situation."""
    assert clamp(published, first_seen=SEEN) == believed


@settings(deadline=None, max_examples=80)
@given(st.text(alphabet="0123456789-/:.+TZ aejnovPM,", max_size=40))
def test_no_text_whatever_breaks_the_reader(raw: str) -> None:
    """None or an aware date."""
    moment = parse_date(raw)
    assert moment is None or moment.tzinfo is UTC
