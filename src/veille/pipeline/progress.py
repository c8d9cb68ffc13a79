"""What a poll leaves in a source's state: pure, so that every answer and failure can be told as a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from veille.errors import BadStatus, FetchError, HostBusy, ReadError
from veille.model.entry import Page
from veille.model.exchange import NotModified, PollState, Response
from veille.timing.cadence import next_poll

#: Identical permanent redirects before the new address is adopted.
ADOPT_AFTER = 3

#: How soon a source that had no turn is asked again; up to twice that, so that they do not all come back at once.
_SOON = timedelta(minutes=1)

_GONE = 410


def answered(
    state: PollState,
    answer: Response | NotModified,
    *,
    now: datetime,
    interval: timedelta,
    jitter: float,
) -> PollState:
    """The state after any answer: alive again, asked again after the interval, moves counted."""
    moved = answer.moved_to
    alive = replace(
        state,
        failures=0,
        failing_since=None,
        last_error="",
        first_answer=state.first_answer or now,
        last_answer=now,
        moved_to=moved,
        moved_times=state.moved_times + 1 if moved and moved == state.moved_to else int(bool(moved)),
    )
    return replace(alive, next_poll=next_poll(alive, now=now, interval=interval, error=None, jitter=jitter))


def read(state: PollState, answer: Response, page: Page, *, body_hash: bytes) -> PollState:
    """The state once the page was read: validators, cursor and memory of this very page."""
    return replace(
        state,
        etag=answer.etag,
        modified=answer.modified,
        body_hash=body_hash,
        cursor=page.cursor or state.cursor,
        memory=page.memory,
        known=True,
    )


def failed(
    state: PollState,
    error: FetchError | ReadError,
    *,
    now: datetime,
    interval: timedelta,
    jitter: float,
) -> PollState:
    """The state after a failure: later each time; stopped when the source says it is gone for good.

    A source that was not asked, because our own requests kept its host busy, has not failed: it is asked soon.
    """
    if isinstance(error, HostBusy):
        return replace(state, next_poll=now + _SOON * (1 + jitter))
    gone = isinstance(error, BadStatus) and error.status == _GONE
    worse = replace(
        state,
        failures=state.failures + 1,
        failing_since=state.failing_since or now,
        last_error=str(error)[:300],
        stopped="gone" if gone else state.stopped,
    )
    return replace(worse, next_poll=next_poll(worse, now=now, interval=interval, error=error, jitter=jitter))


def adopted(state: PollState) -> str:
    """The address to ask from now on ("" = the same as before)."""
    return state.moved_to if state.moved_times >= ADOPT_AFTER else ""
