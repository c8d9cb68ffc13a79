"""What a poll leaves in a source's state: pure, so that every answer and failure can be told as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from veille.errors import BadStatus, BudgetSpent, FetchError, HostBusy, ReaderKilled, ReadError
from veille.model.entry import Page
from veille.model.exchange import Fault, NotModified, PollState, Response
from veille.model.rhythm import dumped, loaded
from veille.timing import rhythm
from veille.timing.cadence import next_poll

#: Identical permanent redirects before the new address is adopted.
ADOPT_AFTER = 3

#: How soon a source that had no turn is asked again; up to twice that, so that they do not all come back at once.
_SOON = timedelta(minutes=1)

_GONE = 410
#: What a service says of a key that it does not take, and how connectors say that one ended.
_KEY_REFUSED = frozenset((401, 403))
_KEY_ENDED = "is no longer valid"


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
        fault=Fault.NONE,
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

    A source that was not asked, because our own requests kept its host busy or its allowance is used up, has
    not failed: it is asked soon, or when there is an allowance again.
    """
    if isinstance(error, HostBusy):
        return replace(state, next_poll=now + _SOON * (1 + jitter))
    if isinstance(error, BudgetSpent):
        return replace(state, next_poll=max(error.until, now + interval) + _SOON * jitter)
    gone = isinstance(error, BadStatus) and error.status == _GONE
    worse = replace(
        state,
        failures=state.failures + 1,
        failing_since=state.failing_since or now,
        last_error=str(error)[:300],
        fault=fault_of(error),
        stopped="gone" if gone else state.stopped,
    )
    return replace(worse, next_poll=next_poll(worse, now=now, interval=interval, error=error, jitter=jitter))


def fault_of(error: FetchError | ReadError) -> Fault:
    """What sort of failure it is."""
    if isinstance(error, BadStatus):
        return Fault.REFUSED if error.status in _KEY_REFUSED else Fault.OTHER
    if isinstance(error, ReadError) and not isinstance(error, ReaderKilled):
        return Fault.REFUSED if _KEY_ENDED in str(error) else Fault.UNREAD
    return Fault.OTHER


def timed(state: PollState, before: PollState, *, took: timedelta, found: int | None) -> PollState:
    """The state with one more answer in its rhythm; `found`: items it held (None = the same answer as before)."""
    assert state.last_answer is not None
    known = loaded(before.rhythm)
    since = before.last_answer
    gone = rhythm.answered(known, now=state.last_answer, since=since, took=took, found=found)
    if found is not None and not before.known:
        gone = rhythm.begun(gone, now=state.last_answer)
    return replace(state, rhythm=dumped(gone))


def renewed(state: PollState, *, now: datetime, published: Iterable[datetime]) -> PollState:
    """The state once something new of it is saved; `published`: when each was said, of those that say when."""
    return replace(state, rhythm=dumped(rhythm.renewed(loaded(state.rhythm), now=now, published=published)))


def adopted(state: PollState) -> str:
    """The address to ask from now on ("" = the same as before)."""
    return state.moved_to if state.moved_times >= ADOPT_AFTER else ""
