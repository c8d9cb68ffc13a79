"""When the address of a told mention is looked at again: often at first, rarely after, not for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

#: Until this age of its following, a look at each so many minutes. After the last one there is none.
STEPS: tuple[tuple[timedelta, timedelta], ...] = (
    (timedelta(hours=2), timedelta(minutes=5)),
    (timedelta(hours=6), timedelta(minutes=15)),
    (timedelta(hours=24), timedelta(hours=1)),
    (timedelta(hours=72), timedelta(hours=6)),
)

#: What was not found is looked for again so soon: a fact needs more than one look.
AGAIN = timedelta(minutes=2)
#: A page that holds nothing of the text is doubted longer than one that is not there.
AGAIN_ABSENT = timedelta(minutes=5)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def next_look(now: datetime, *, since: datetime, doubt: timedelta | None = None) -> datetime | None:
    """The next look (aware UTC) at an address that is followed since `since`; None when it is followed no more.

    Looks fall on whole minutes of the clock, so that "since 12:05" is what a reader would say. `doubt` is how long to
    wait after a look that found nothing and is not confirmed yet.
    """
    if doubt is not None:
        return now + doubt
    age = now - since
    step = next((step for until, step in STEPS if age < until), None)
    return None if step is None else _EPOCH + ((now - _EPOCH) // step + 1) * step
