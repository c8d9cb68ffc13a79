"""Asks every source that is due, and hands what it answered to ingest.

    claim -> [fetch -> read] in threads -> ingest or settle, here, as they come back

Pages with something new are saved several at a time, as soon as there are enough of them or nothing else comes for
a moment; answers without news are settled together at the end of the round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import reduce
from hashlib import sha256
from math import inf
from queue import Empty, SimpleQueue
from threading import Event
from time import monotonic

import structlog

from veille.errors import BudgetSpent, FetchError, HostBusy, ReadError
from veille.model.entry import Page
from veille.model.exchange import NotModified, PollState, Response, Source
from veille.pipeline import dialogue, progress, rhythms
from veille.pipeline.dialogue import Heard
from veille.pipeline.draining import drained
from veille.pipeline.emptying import emptied
from veille.pipeline.events import Polled
from veille.pipeline.house import LEASE, House, Tally
from veille.pipeline.ingest import LOAD, Asked, Ingested, ingest
from veille.sources import base
from veille.sources.kind import Shape
from veille.store import polls, sources

log = structlog.get_logger()

#: Sources claimed at once, and states settled in one transaction.
BATCH = 200

#: Seconds without an answer, and seconds in all, that news waits for company in its transaction.
_QUIET = 0.2
_PATIENCE = 1.0

#: Seconds that dialogues under way may still take once the process is asked to end.
_GRACE = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What asking one source came to."""

    due: sources.Due
    source: Source
    at: datetime
    state: PollState
    page: Page | None = None
    error: FetchError | ReadError | None = None


def poll(house: House, *, limit: int = BATCH) -> Tally:
    """One round: at most `limit` due sources. Raises StoreError."""
    now = house.clock.now()
    with house.store.writing() as tx:
        rhythms.wake(tx, house, now=now)
        due = sources.claim_due(tx, now=now, owner=house.owner, lease=LEASE, limit=limit)
    futures = [house.pool.submit(ask, house, one) for one in due]
    return _settle_all(house, _results(futures, house.stopping))


def ask(house: House, due: sources.Due) -> Answer | None:
    """One dialogue with one source (None when no client asks it any more). Runs in a thread."""
    source = house.roster.interval_source(due.key)
    if source is None:
        return None
    asked = replace(source, url=_address(source, due))
    try:
        return _dialogue(house, due, asked)
    except ReadError as error:
        return _failure(house, due, asked, dialogue.without_secrets(error, source))
    except FetchError as error:
        return _failure(house, due, asked, error)
    except Exception as error:  # whatever one source provokes must not end the round of the others
        log.exception("source broke", source=source.id)
        return _failure(house, due, asked, ReadError(f"a fault of ours: {type(error).__name__}"))


def _address(source: Source, due: sources.Due) -> str:
    """Where to ask: the address adopted, unless it would bring an https source down to http."""
    lower = source.url.startswith("https:") and not due.address.startswith("https:")
    return due.address if due.address and not lower else source.url


def _dialogue(house: House, due: sources.Due, source: Source) -> Answer:
    shape = base.kind_of(source.kind).shape
    if shape is not Shape.POLL:
        taken = emptied if shape is Shape.INBOX else drained
        return _taken(house, due, source, *taken(house, source, due.state))
    began = monotonic()
    heard = dialogue.first(house, source, due.state)
    took = timedelta(seconds=monotonic() - began)  # of this machine: a clock may leap
    if isinstance(heard.answer, NotModified):
        state = rhythms.answered(house, due, source, heard.answer, took=took)
        return Answer(due=due, source=source, at=house.clock.now(), state=state)
    return _reading(house, due, source, heard, took)


def _reading(house: House, due: sources.Due, source: Source, heard: Heard, took: timedelta) -> Answer:
    answer = heard.answer
    assert isinstance(answer, Response)
    body_hash = sha256(answer.body).digest()
    now = house.clock.now()
    if body_hash == due.state.body_hash and due.state.known and not answer.step:
        state = rhythms.answered(house, due, source, answer, took=took)
        same = replace(state, etag=answer.etag, modified=answer.modified)
        return Answer(due=due, source=source, at=now, state=same)
    page = dialogue.read(house, source, heard, due.state)
    state = rhythms.answered(house, due, source, answer, took=took, page=page)
    return Answer(
        due=due,
        source=source,
        at=now,
        state=progress.read(state, answer, page, body_hash=body_hash),
        page=page,
    )


def _taken(house: House, due: sources.Due, source: Source, page: Page, more: bool) -> Answer:
    """What a mail box, a folder or a stream held; asked again at once when more waits."""
    now = house.clock.now()
    state = rhythms.answered(house, due, source, NotModified(url=source.url), page=page)
    # What a first emptying of a mail box holds is the past, in however many rounds it is read.
    first = more and base.kind_of(source.kind).shape is Shape.INBOX
    known = due.state.known or not first
    read = replace(state, cursor=page.cursor, known=known, next_poll=now if more else state.next_poll)
    return Answer(due=due, source=source, at=now, state=read, page=page)


def _failure(house: House, due: sources.Due, source: Source, error: FetchError | ReadError) -> Answer:
    now = house.clock.now()
    state = progress.failed(due.state, error, now=now, interval=source.interval, jitter=house.dice.jitter())
    return Answer(due=due, source=source, at=now, state=state, error=error)


def _results(futures: Sequence[Future[Answer | None]], stopping: Event) -> Iterator[Answer | None]:
    """Answers as they come, None when none came for a moment; once stopping, only what comes within the grace."""
    done: SimpleQueue[Future[Answer | None]] = SimpleQueue()
    for future in futures:
        future.add_done_callback(done.put)
    left, until = len(futures), inf
    while left and monotonic() < until:
        try:
            future = done.get(timeout=_QUIET)
        except Empty:
            yield None
        else:
            left -= 1
            if not future.cancelled():
                yield future.result()
        if stopping.is_set() and until == inf:
            until = monotonic() + _GRACE
            for future in futures:
                future.cancel()


def _groups(answers: Iterable[Answer | None]) -> Iterator[list[Answer]]:
    """Answers that are settled together: about a transaction's worth, or what came before a quiet moment."""
    group: list[Answer] = []
    entries, since = 0, monotonic()
    for answer in answers:
        if answer is not None:
            group.append(answer)
            entries += len(answer.page.entries) if answer.page else 0
        if answer is None or entries >= LOAD or monotonic() - since > _PATIENCE:
            yield group
            group, entries, since = [], 0, monotonic()
    yield group


def _settle_all(house: House, answers: Iterable[Answer | None]) -> Tally:
    tally, calm = Tally(), []
    for group in _groups(answers):
        news = [answer for answer in group if answer.page is not None and answer.page.entries]
        rest = [answer for answer in group if answer.page is None or not answer.page.entries]
        for answer in rest:
            tally = _counted(tally, answer)
            _tell(house, answer)
        tally = _saved(house, tally, news)
        calm += rest
    _settle(house, calm)
    return tally


def _saved(house: House, tally: Tally, news: Sequence[Answer]) -> Tally:
    """A page that cannot be saved is that source's failure, never the round's."""
    if not news:
        return tally
    try:
        saved = ingest(house, [_asked(answer) for answer in news])
    except Exception as error:  # whatever one page holds must not end the round of the others
        if len(news) > 1:  # which of them is at fault shows when each is saved by itself
            return reduce(lambda so_far, answer: _saved(house, so_far, [answer]), news, tally)
        log.exception("page not saved", source=news[0].source.id)
        failure = ReadError(f"not saved: {type(error).__name__}")
        _settle(house, [_failure(house, news[0].due, news[0].source, failure)])
        saved = Ingested()
    for answer in news:
        _tell(house, answer)
    return _ingested(tally, news, saved)


def _asked(answer: Answer) -> Asked:
    assert answer.page is not None
    return Asked(due=answer.due, source=answer.source, page=answer.page, state=answer.state, at=answer.at)


def _settle(house: House, answers: list[Answer]) -> None:
    if not answers:
        return
    moved = [answer for answer in answers if progress.adopted(answer.state)]
    with house.store.writing() as tx:
        sources.save_states(tx, [(answer.due.row, answer.state) for answer in answers])
        polls.record(tx, [_logged(answer) for answer in answers])
        for answer in moved:
            sources.save_state(tx, answer.due.row, answer.state, url=answer.state.moved_to)


def _logged(answer: Answer) -> polls.Poll:
    if answer.error is not None:
        return polls.failed(answer.due.row, answer.at, str(answer.error))
    return polls.news(answer.due.row, answer.at, 0)


def _counted(tally: Tally, answer: Answer) -> Tally:
    quiet = answer.error is None
    return replace(
        tally,
        polled=tally.polled + 1,
        unchanged=tally.unchanged + int(quiet),
        failed=tally.failed + int(not quiet and not isinstance(answer.error, HostBusy | BudgetSpent)),
        entries=tally.entries + (answer.page.found if answer.page else 0),
    )


def _ingested(tally: Tally, news: Sequence[Answer], saved: Ingested) -> Tally:
    return replace(
        tally,
        polled=tally.polled + len(news),
        entries=tally.entries + sum(answer.page.found for answer in news if answer.page),
        new=tally.new + saved.new,
        mentions=tally.mentions + saved.mentions,
        copies=tally.copies + saved.copies,
        excluded=tally.excluded + saved.excluded,
    )


def _tell(house: House, answer: Answer) -> None:
    error = str(answer.error) if answer.error else ""
    page = answer.page
    house.watcher(
        Polled(
            source_id=answer.source.id,
            at=answer.at,
            found=page.found + page.empty + page.broken if page else 0,
            entries=page.entries if page else (),
            unchanged=page is None and not error,
            error=error,
        )
    )
    if isinstance(answer.error, HostBusy | BudgetSpent):
        log.info("source put off", source=answer.source.id, error=error)
    elif error:
        log.warning("source failed", source=answer.source.id, error=error, failures=answer.state.failures)
    elif answer.due.state.failures:
        log.warning("source answers again", source=answer.source.id, failures=answer.due.state.failures)
    if progress.adopted(answer.state) not in ("", answer.due.address):
        log.warning("source moved for good", source=answer.source.id, to=answer.state.moved_to)
