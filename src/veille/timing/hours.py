"""Local hours as instants: quiet hours, the digest of a date, midnight, whatever the clock does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from veille.model.person import QuietHours

#: A digest that leaves so long after its time says so.
LATE_AFTER = timedelta(minutes=15)

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DueDigest:
    """The digest of a local date: when it should have left (aware UTC), and whether that is long past."""

    local_date: date
    due: datetime
    late: bool


def release(now: datetime, *, quiet: QuietHours | None, zone: str) -> datetime:
    """`now`, or the end of the quiet period that `now` is in (aware UTC).

    Quiet hours that start when they end are none at all. Bounds are compared as instants, so that the hour
    that comes twice in autumn cannot start a second period.
    """
    if quiet is None or quiet.start == quiet.end:
        return now
    today = now.astimezone(ZoneInfo(zone)).date()
    nights = 1 if quiet.end < quiet.start else 0
    for first in (today - _DAY, today):
        start = instant(first, quiet.start, zone)
        end = instant(first + nights * _DAY, quiet.end, zone)
        if start <= now < end:
            return end
    return now


def digest_due(
    now: datetime, *, at: time, zone: str, last: date | None, since: datetime | None = None
) -> DueDigest | None:
    """The newest local date whose digest should have left by `now` and did not; None when there is none.

    One at most, whatever the length of an outage: it covers what the missed ones would have. `last` is the
    newest local date already sent: it and those before are never due again, even when the clock goes back.
    `since` (aware) is when the person or client came in: what was due before it is nobody's. When neither is
    known, only today's can be due.
    """
    today = now.astimezone(ZoneInfo(zone)).date()
    days = (today,) if last is None and since is None else (today, today - _DAY)
    for day in days:
        due = instant(day, at, zone)
        if due <= now:
            return _unsent(DueDigest(day, due, now - due > LATE_AFTER), last=last, since=since)
    return None


def _unsent(digest: DueDigest, *, last: date | None, since: datetime | None) -> DueDigest | None:
    sent = last is not None and digest.local_date <= last
    before = since is not None and digest.due < since
    return None if sent or before else digest


def local_day(now: datetime, zone: str) -> date:
    """The local date that holds `now`."""
    return now.astimezone(ZoneInfo(zone)).date()


def local_midnight(now: datetime, zone: str) -> datetime:
    """When the local day that holds `now` began, aware UTC."""
    return instant(now.astimezone(ZoneInfo(zone)).date(), time(), zone)


def instant(day: date, at: time, zone: str) -> datetime:
    """A local wall time as an aware UTC instant, exactly one for each date.

    An hour that comes twice means its first coming; one that is skipped is as long after midnight as on any
    other day: 02:30 becomes 03:30 (PEP 495, fold=0).
    """
    local = datetime.combine(day, at, tzinfo=ZoneInfo(zone))
    return local.replace(fold=0).astimezone(UTC)
