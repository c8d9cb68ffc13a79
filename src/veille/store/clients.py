"""What is remembered of each client apart from its mentions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from veille.store import schema
from veille.store.prepared import Prepared
from veille.store.upsert import insert

_state = schema.client_state.c
_STATE = Prepared(select(_state.first_seen, _state.first_look).where(_state.client_id == bindparam("_client")))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientState:
    """A client's past with this installation."""

    #: When it was first in the settings.
    first_seen: datetime | None = None
    #: When its first look was told (None = not yet).
    first_look: datetime | None = None


def welcome(tx: Connection, client_ids: Iterable[str], *, now: datetime) -> None:
    """Note when each client was first in the settings."""
    rows = [{"client_id": client_id, "first_seen": now} for client_id in sorted(set(client_ids))]
    if rows:
        tx.execute(insert(tx, schema.client_state).on_conflict_do_nothing(), rows)
        unseen = update(schema.client_state).where(_state.first_seen.is_(None))
        tx.execute(unseen.where(_state.client_id.in_([row["client_id"] for row in rows])).values(first_seen=now))


def state(conn: Connection, client_id: str) -> ClientState:
    """The client's state; an empty one when it is unknown."""
    row = _STATE.first(conn, {"_client": client_id})
    return ClientState() if row is None else ClientState(first_seen=row.first_seen, first_look=row.first_look)


def first_look_told(tx: Connection, client_id: str, *, at: datetime) -> bool:
    """Be the one who tells the client's first look: True once."""
    welcome(tx, [client_id], now=at)
    untold = update(schema.client_state).where(_state.client_id == client_id, _state.first_look.is_(None))
    return tx.execute(untold.values(first_look=at)).rowcount > 0
