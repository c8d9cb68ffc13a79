"""Rate budgets shared by every process: so many calls of a service in a window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, case, literal, or_, select, update

from veille.store import schema
from veille.store.types import UtcDateTime
from veille.store.upsert import insert
from veille.store.values import sha

_budget = schema.rate_budget.c


def take(
    tx: Connection,
    *,
    service: str,
    credential: str,
    window: timedelta,
    limit: int,
    now: datetime,
    amount: int = 1,
    since: datetime | None = None,
) -> bool:
    """Use `amount` of the allowance; False when less than that is left of `limit` in the present window.

    A window begins with the first call after the last one ended or, when `since` is given (the month's first day,
    midnight), at that moment. Only a hash of the credential is stored.
    """
    if limit < amount:
        return False
    key = {"service": service, "credential_hash": sha(credential), "window": window}
    over = _budget.started < since if since else _budget.started <= now - window
    changed = {
        "used": case((over, amount), else_=_budget.used + amount),
        "started": case((over, literal(now, UtcDateTime)), else_=_budget.started),
    }
    statement = insert(tx, schema.rate_budget).values({**key, "started": now, "used": amount})
    taken = statement.on_conflict_do_update(
        index_elements=("service", "credential_hash", "window"),
        set_=changed,
        where=or_(over, _budget.used <= limit - amount),
    ).returning(_budget.used)
    return tx.execute(taken).first() is not None


def began(conn: Connection, *, service: str, credential: str, window: timedelta) -> datetime | None:
    """When the present window of an allowance began (None = nothing was ever taken)."""
    mine = (_budget.service == service, _budget.credential_hash == sha(credential), _budget.window == window)
    return conn.execute(select(_budget.started).where(*mine)).scalar()


def give_back(tx: Connection, *, service: str, credential: str, window: timedelta, amount: int) -> None:
    """Return what was taken and not used."""
    mine = (_budget.service == service, _budget.credential_hash == sha(credential), _budget.window == window)
    left = case((_budget.used >= amount, _budget.used - amount), else_=0)
    tx.execute(update(schema.rate_budget).where(*mine).values(used=left))


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What was used of one allowance since its window began."""

    service: str
    window: timedelta
    started: datetime
    used: int
    #: Hash of the key that it is counted by.
    credential: bytes = b""


def used(conn: Connection) -> tuple[Used, ...]:
    """Every allowance, the credentials of a service apart and unnamed."""
    rows = conn.execute(select(schema.rate_budget).order_by(_budget.service, _budget.window))
    return tuple(
        Used(service=r.service, window=r.window, started=r.started, used=r.used, credential=r.credential_hash)
        for r in rows
    )
