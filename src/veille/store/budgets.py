"""Rate budgets shared by every process: so many calls of a service in a window."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, case, literal, or_

from veille.store import schema
from veille.store.types import UtcDateTime
from veille.store.upsert import insert
from veille.store.values import sha

_budget = schema.rate_budget.c


def take(tx: Connection, *, service: str, credential: str, window: timedelta, limit: int, now: datetime) -> bool:
    """Use one call of the allowance; False when `limit` calls were used in the present window.

    A window begins with the first call after the last one ended. Only a hash of the credential is stored.
    """
    if limit < 1:
        return False
    first = {"service": service, "credential_hash": sha(credential), "window": window, "started": now, "used": 1}
    over = _budget.started <= now - window
    changed = {
        "used": case((over, 1), else_=_budget.used + 1),
        "started": case((over, literal(now, UtcDateTime)), else_=_budget.started),
    }
    statement = insert(tx, schema.rate_budget).values(first)
    taken = statement.on_conflict_do_update(
        index_elements=("service", "credential_hash", "window"), set_=changed, where=or_(over, _budget.used < limit)
    ).returning(_budget.used)
    return tx.execute(taken).first() is not None
