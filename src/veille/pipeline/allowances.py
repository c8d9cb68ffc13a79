"""What is used of each service's allowance, of all clients together: what `veille status` shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from veille.model.exchange import Source
from veille.pipeline.dialogue import begins, credential_of, ends, limit_of
from veille.sources import base
from veille.sources.kind import Budget
from veille.store import Connection, budgets
from veille.store.budgets import Used
from veille.store.values import sha


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """One allowance of one key (or of our address, where there is none), in its present window."""

    service: str
    window: timedelta
    #: "month", "pacific_day" or "" (docs/sources.md).
    calendar: str
    #: Calls, or dollars when `money`.
    used: float
    limit: float
    money: bool
    #: Which of the keys of the service, from 1 on.
    key: int
    #: When there is something again at the latest, aware UTC.
    until: datetime


def allowances(conn: Connection, sources: Iterable[Source], *, now: datetime) -> tuple[Allowance, ...]:
    """Those of all the sources, each once; of two limits of one key the lower counts."""
    spent = {(one.service, one.window, one.credential): one for one in budgets.used(conn)}
    found: dict[tuple[str, timedelta, bytes], tuple[Budget, int]] = {}
    for source in sources:
        for budget in base.kind_of(source.kind).budgets:
            place = (budget.service, budget.window, sha(credential_of(source)))
            limit = min(limit_of(budget, source), found[place][1] if place in found else limit_of(budget, source))
            found[place] = (budget, limit)
    keys = _numbered(found)
    return tuple(
        _allowance(budget, limit, spent.get(place), key=keys[place[0]].index(place[2]) + 1, now=now)
        for place, (budget, limit) in found.items()
    )


def _numbered(found: Iterable[tuple[str, timedelta, bytes]]) -> dict[str, list[bytes]]:
    keys: dict[str, list[bytes]] = {}
    for service, _, credential in found:
        mine = keys.setdefault(service, [])
        if credential not in mine:
            mine.append(credential)
    return keys


def _allowance(budget: Budget, limit: int, spent: Used | None, *, key: int, now: datetime) -> Allowance:
    begun = begins(budget, now)
    over = spent is None or (spent.started < begun if begun else spent.started <= now - budget.window)
    used = 0 if spent is None or over else spent.used
    return Allowance(
        service=budget.service,
        window=budget.window,
        calendar=budget.calendar,
        used=used / budget.unit,
        limit=limit / budget.unit,
        money=budget.unit > 1,
        key=key,
        until=ends(budget, now, began=None if spent is None or over else spent.started),
    )
