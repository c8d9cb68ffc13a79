"""When to ask a source again, and when to try a delivery again; the clock and the jitter come in."""

from __future__ import annotations

from datetime import datetime, timedelta

from veille.errors import BadStatus, FetchError, ReadError
from veille.model.exchange import PollState
from veille.model.rhythm import Rhythm

#: A failing source is asked at least this often.
SLOWEST_POLL = timedelta(hours=6)
#: What a server may make us wait at most (docs/concepts.md, "Numbers").
LONGEST_WAIT = timedelta(hours=24)
#: Share of a planned wait that the jitter may add, so that sources do not march in step.
SPREAD = 0.1

#: Polls in the usual time between two arrivals: the news is then seen a fiftieth of that time late, on average.
POLLS_A_GAP = 24
#: A rhythm is known after so long.
KNOWN_AFTER = timedelta(days=14)

FIRST_RETRY = timedelta(seconds=30)
SLOWEST_RETRY = timedelta(minutes=15)

#: 2**16 times any interval is past every cap; more would overflow a timedelta.
_MOST_DOUBLINGS = 16


def next_poll(
    state: PollState,
    *,
    now: datetime,
    interval: timedelta,
    error: FetchError | ReadError | None,
    jitter: float,
) -> datetime:
    """When to ask again, aware UTC, never before `now + interval`.

    `state` is the one about to be saved: `failures` counts the present failure. `jitter` is in [0, 1).
    """
    if error is None:
        return now + interval * (1 + SPREAD * jitter)
    asked = error.retry_after if isinstance(error, BadStatus) else None
    if asked is None or asked < timedelta(0):
        return now + _back_off(interval, failures=state.failures, jitter=jitter)
    return now + _honoured(asked, least=interval, jitter=jitter)


def rhythmic(rhythm: Rhythm, *, now: datetime, least: timedelta, most: timedelta, spiking: bool = False) -> timedelta:
    """How long to wait by the source's own rhythm, within [least, most].

    A 24th of the usual time between two arrivals or of the present silence, whichever is longer; the least while
    the past is shorter than two weeks, and while a watch that it feeds is `spiking`.
    """
    if spiking or most <= least or rhythm.watched < KNOWN_AFTER.total_seconds():
        return least
    usual = rhythm.watched / (rhythm.news + 0.5)
    silence = now.timestamp() - rhythm.last if rhythm.last is not None else 0.0
    return min(max(timedelta(seconds=max(usual, silence) / POLLS_A_GAP), least), most)


def next_attempt(attempts: int, *, now: datetime, retry_after: timedelta | None, jitter: float) -> datetime:
    """When to try a notification again after `attempts` attempts (the one just made counted), aware UTC.

    What the far end asked is kept within [1 s, 24 h]; else 30 s, doubled each time, up to 15 minutes.
    """
    if retry_after is not None and retry_after > timedelta(0):
        return now + _honoured(retry_after, least=timedelta(seconds=1), jitter=jitter)
    delay = min(FIRST_RETRY * _doubled(attempts - 1), SLOWEST_RETRY)
    return now + delay * (1 + SPREAD * jitter)


def _back_off(interval: timedelta, *, failures: int, jitter: float) -> timedelta:
    """The interval doubled for each failure in a row; the jitter shortens it, so that the cap holds."""
    delay = min(interval * _doubled(max(failures, 1)), SLOWEST_POLL)
    return max(delay * (1 - SPREAD * jitter), interval)


def _honoured(asked: timedelta, *, least: timedelta, jitter: float) -> timedelta:
    """What a server asked within [least, 24 h]; the jitter only ever makes it wait longer."""
    # Clamped before it is stretched: `Retry-After: 1e9` times 1.1 must not overflow either.
    wait = min(max(asked, least), LONGEST_WAIT)
    return max(min(wait * (1 + SPREAD * jitter), LONGEST_WAIT), least)


def _doubled(times: int) -> int:
    return 1 << min(max(times, 0), _MOST_DOUBLINGS)
