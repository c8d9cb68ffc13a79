"""One dialogue with one source: its questions, the secrets filled in at the door, what they cost, the answers read.

question -> budget -> secrets -> fetch -> read (in the killable worker) -> the next question, if the page names one
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog

from veille.errors import BadStatus, BudgetSpent, ReadError
from veille.model.entry import Entry, Page
from veille.model.exchange import NotModified, PollState, Request, Response, Source
from veille.pipeline.house import House
from veille.sources import base, secrets
from veille.sources.kind import Budget, Kind
from veille.store import budgets

log = structlog.get_logger()

#: A server whose clock is so many minutes from ours is worth a line of log.
_CLOCKS_APART = 10

#: Refusals after which some services want to be left alone for long.
_REFUSED = frozenset((403, 429))

#: When YouTube's day begins (docs/sources.md): midnight Pacific, without its daylight saving.
_PACIFIC = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Heard:
    """A first answer, and the question it answers."""

    request: Request
    answer: Response | NotModified


def first(house: House, source: Source, state: PollState) -> Heard:
    """Ask the first question. Raises FetchError, ReadError."""
    request = base.connector(source.kind).request(source, state)
    answer = fetch(house, source, request)
    _compare_clocks(house, source, answer)
    if request.url != source.url:  # what moved is one address of the service, not the service
        answer = replace(answer, moved_to="")
    return Heard(request, answer)


def _compare_clocks(house: House, source: Source, answer: Response | NotModified) -> None:
    """Warns once when a server's clock and ours are far apart: when most say so, ours is wrong."""
    if isinstance(answer, NotModified) or answer.server_date is None:
        return
    minutes = round((answer.server_date - house.clock.now()) / timedelta(minutes=1))
    known = house.astray.pop(source.id, None)
    if abs(minutes) <= _CLOCKS_APART:
        return
    house.astray[source.id] = minutes
    if known is None:
        log.warning("clock differs", source=source.id, minutes=minutes)


def read(house: House, source: Source, heard: Heard, state: PollState) -> Page:
    """The page of a first answer and of those that follow it. Raises FetchError, ReadError."""
    page = _read(house, source, heard, state)
    pages = [page]
    for _ in range(base.kind_of(source.kind).steps - 1):
        if page.then is None:
            break
        _check_goal(source, page.then)
        try:
            then = Heard(page.then, fetch(house, source, page.then))
        except BudgetSpent:
            if not any(each.entries for each in pages):
                raise
            break  # what was paid for is kept
        page = _read(house, source, then, replace(state, cursor=page.cursor or state.cursor))
        pages.append(page)
    return joined(pages)


def fetch(house: House, source: Source, request: Request) -> Response | NotModified:
    """One question, within its budget, its secrets filled in; the answer names the address without them."""
    kind = base.kind_of(source.kind)
    if kind.robots and not house.robots(request.url):
        raise ReadError("the site's robots.txt asks robots not to read this page")
    _spend(house, source, request, kind)
    known = {name: secret.reveal() for name, secret in source.secrets}
    sent = secrets.filled(request, known)
    try:
        answer = house.fetcher.fetch(sent)
    except BadStatus as error:
        if error.status in _REFUSED and kind.back_off:
            raise BadStatus(error.status, retry_after=max(error.retry_after or kind.back_off, kind.back_off)) from error
        raise
    if isinstance(answer, NotModified):
        return answer
    shown = request.url if answer.url == sent.url else answer.url
    return replace(answer, step=request.step, url=shown)


def without_secrets(error: ReadError, source: Source) -> ReadError:
    """The error as it may be shown and stored: a service may send back what it was sent."""
    said = str(error)
    shown = secrets.masked(said, (secret.reveal() for _, secret in source.secrets))
    return error if shown == said else ReadError(shown)


def joined(pages: list[Page]) -> Page:
    """The pages of one dialogue as one: each entry once, the last cursor and memory that were given."""
    if len(pages) == 1:
        return replace(pages[0], then=None)
    entries: dict[str, Entry] = {}
    for page in pages:
        for entry in page.entries:
            entries.setdefault(entry.key, entry)
    return Page(
        entries=tuple(entries.values()),
        empty=sum(page.empty for page in pages),
        broken=sum(page.broken for page in pages),
        repeated=sum(page.found for page in pages) - len(entries) - sum(page.unchanged for page in pages),
        unchanged=sum(page.unchanged for page in pages),
        title=next((page.title for page in pages if page.title), ""),
        cursor=next((page.cursor for page in reversed(pages) if page.cursor), ""),
        memory=next((page.memory for page in reversed(pages) if page.memory), b""),
    )


def _read(house: House, source: Source, heard: Heard, state: PollState) -> Page:
    if isinstance(heard.answer, NotModified):
        return Page(entries=())
    page = house.reader.call(base.read_page, base.unsecret(source), heard.answer, state)
    if page.spent is not None and page.spent < heard.request.cost:
        _give_back(house, source, heard.request.cost - page.spent)
    return page


def _check_goal(source: Source, request: Request) -> None:
    """What an answer says to ask next stays where the source is, above all with a secret in it."""
    goal = urlsplit(request.url).hostname or ""
    homes = {urlsplit(source.url).hostname or "", *base.kind_of(source.kind).hosts}
    if secrets.is_marked(request) and goal not in homes:
        raise ReadError("the answer would send a secret to another host")


def _spend(house: House, source: Source, request: Request, kind: Kind) -> None:
    """Raises BudgetSpent when an allowance does not hold the question any more."""
    if not kind.budgets or not request.cost:
        return
    now = house.clock.now()
    with house.store.writing() as tx:
        for budget in kind.budgets:
            taken = budgets.take(
                tx,
                service=budget.service,
                credential=credential_of(source),
                window=budget.window,
                limit=limit_of(budget, source),
                now=now,
                amount=_amount(budget, request),
                since=begins(budget, now),
            )
            if not taken:
                began = budgets.began(
                    tx, service=budget.service, credential=credential_of(source), window=budget.window
                )
                raise BudgetSpent(budget.service, ends(budget, now, began=began))


def _give_back(house: House, source: Source, unspent: int) -> None:
    with house.store.writing() as tx:
        for budget in (each for each in base.kind_of(source.kind).budgets if each.unit > 1):
            budgets.give_back(
                tx, service=budget.service, credential=credential_of(source), window=budget.window, amount=unspent
            )


def credential_of(source: Source) -> str:
    """What a service counts by: our key there or, without one, our address."""
    return next((secret.reveal() for _, secret in source.secrets), "")


def limit_of(budget: Budget, source: Source) -> int:
    asked = source.option(budget.option) if budget.option else ""
    usual = budget.with_key if budget.with_key and source.secrets else budget.calls
    return int(asked) * budget.unit if asked.isdigit() else usual


def _amount(budget: Budget, request: Request) -> int:
    return request.cost if budget.unit > 1 else min(request.cost, 1)


def begins(budget: Budget, now: datetime) -> datetime | None:
    """When the present window of a budget by the calendar began; None for one that slides."""
    if budget.calendar == "month":
        return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    if budget.calendar == "pacific_day":
        return (now - _PACIFIC).replace(hour=0, minute=0, second=0, microsecond=0) + _PACIFIC
    return None


def ends(budget: Budget, now: datetime, *, began: datetime | None = None) -> datetime:
    """When a budget that is used up has something again, at the latest. `began`: when a window that slides did."""
    begun = begins(budget, now)
    if begun is None:
        return max(began or now, now - budget.window) + budget.window
    return (begun + timedelta(days=32)).replace(day=1) if budget.calendar == "month" else begun + budget.window
