"""What is asked: sources as the settings name them, and what their last poll left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, func, or_, select, true, update

from veille.model.exchange import PollState, Source
from veille.store import schema
from veille.store.health import everyone as healths
from veille.store.health import health
from veille.store.prepared import Prepared
from veille.store.types import UtcDateTime
from veille.store.upsert import chunks, upsert
from veille.store.values import sha

__all__ = [
    "Due",
    "asked_before",
    "claim_due",
    "health",
    "healths",
    "next_due",
    "release",
    "release_all",
    "rows_of",
    "save_state",
    "save_states",
    "shelve",
    "shelved",
    "sync",
    "wake",
]

_STATE = tuple(field.name for field in fields(PollState))
_source = schema.source.c
_asked = schema.client_source.c
#: A poll under way may still write its state to a source that was archived meanwhile.
_ASKED = and_(_source.archived.is_(None), _source.stopped == "")
_STATE_COLUMNS = tuple(_source[name] for name in _STATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A source whose turn has come, claimed."""

    row: int
    key: str
    #: The address that permanent redirects led to ("" = ask the one configured).
    address: str
    state: PollState


def sync(tx: Connection, sources: Iterable[tuple[str, Source]], *, now: datetime) -> None:
    """Make the table say what the settings say: `sources` are all of (client id, source).

    New ones are due at once; a changed interval keeps the state; what is gone is archived; what comes back is due.
    """
    asked = list(sources)
    by_key = {source.key: source for _, source in asked}
    upsert(tx, schema.source, [_configured(source) for source in by_key.values()], keys=("key_hash",))
    rows = {row.key_hash: row.id for row in tx.execute(select(_source.id, _source.key_hash))}
    relation = [
        {"client_id": client, "source_id": each.id, "source_row": rows[sha(each.key)], "since": now, "archived": None}
        for client, each in asked
    ]
    _relate(tx, relation, now=now)
    _archive(tx, now=now)


def shelve(tx: Connection, client_id: str, source: Source, *, now: datetime) -> int:
    """Know a source that is never asked: what other tools found for the client. Its row; what is there stays."""
    upsert(tx, schema.source, [_configured(source) | {"archived": now}], keys=("key_hash",))
    row: int = tx.execute(select(_source.id).where(_source.key_hash == sha(source.key))).scalar_one()
    relation = {"client_id": client_id, "source_id": source.id, "source_row": row, "since": now, "archived": now}
    upsert(tx, schema.client_source, [relation], keys=("client_id", "source_id"))
    return row


def shelved(conn: Connection, key: str) -> int | None:
    """The row of such a source; None when nothing was taken from other tools."""
    found: int | None = conn.execute(select(_source.id).where(_source.key_hash == sha(key))).scalar()
    return found


def _configured(source: Source) -> dict[str, Any]:
    return {
        "key_hash": sha(source.key),
        "key": source.key,
        "kind": source.kind,
        "url": source.url,
        "interval": source.interval,
    }


def _relate(tx: Connection, relation: list[dict[str, Any]], *, now: datetime) -> None:
    known = {(row.client_id, row.source_id): row for row in tx.execute(select(schema.client_source))}
    for row in relation:
        before = known.pop((row["client_id"], row["source_id"]), None)
        if before is not None and before.archived is None:
            row["since"] = before.since
    upsert(tx, schema.client_source, relation, keys=("client_id", "source_id"))
    gone = [{"client": client, "slug": slug} for (client, slug), row in known.items() if row.archived is None]
    if gone:
        condition = and_(_asked.client_id == bindparam("client"), _asked.source_id == bindparam("slug"))
        tx.execute(update(schema.client_source).where(condition).values(archived=now), gone)


def _archive(tx: Connection, *, now: datetime) -> None:
    used = _source.id.in_(select(_asked.source_row).where(_asked.archived.is_(None)))
    change = update(schema.source)
    tx.execute(change.where(~used, _source.archived.is_(None)).values(archived=now, next_poll=None))
    tx.execute(change.where(used, _source.archived.is_not(None)).values(archived=None, next_poll=now))
    waits = and_(used, _source.next_poll.is_(None), _source.stopped == "", _source.owner == "")
    tx.execute(change.where(waits).values(next_poll=now))


def claim_due(tx: Connection, *, now: datetime, owner: str, lease: timedelta, limit: int) -> tuple[Due, ...]:
    """Take the sources whose turn has come and that nobody holds, the longest due first, at most `limit`."""
    free = or_(_source.lease_until.is_(None), _source.lease_until <= now)
    turn = (
        select(_source.id)
        .where(_source.next_poll <= now, _ASKED, free)
        .order_by(_source.next_poll)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    statement = (
        update(schema.source)
        .where(_source.id.in_(turn.scalar_subquery()))
        .values(owner=owner, lease_until=now + lease)
        .returning(_source.id, _source.key, _source.address, *_STATE_COLUMNS)
    )
    found = [_due(row) for row in tx.execute(statement)]
    return tuple(sorted(found, key=lambda due: due.state.next_poll or now))


def _due(row: Any) -> Due:
    return Due(row=row.id, key=row.key, address=row.address, state=PollState(**dict(zip(_STATE, row[3:], strict=True))))


def save_state(tx: Connection, row: int, state: PollState, *, url: str = "") -> None:
    """Keep what a poll left and free the source. `url` is the address now adopted ("" = as before)."""
    save_states(tx, [(row, state)])
    if url:
        tx.execute(update(schema.source).where(_source.id == row).values(address=url))


def save_states(tx: Connection, states: Sequence[tuple[int, PollState]]) -> None:
    """Keep what many polls left and free their sources."""
    if states:
        rows = [{"_row": row, **{name: getattr(state, name) for name in _STATE}} for row, state in states]
        _SAVE.run(tx, rows)


_SAVE = Prepared(
    update(schema.source)
    .where(_source.id == bindparam("_row"))
    .values({name: bindparam(name) for name in _STATE} | {"owner": "", "lease_until": None})
)


def release(tx: Connection, owner: str) -> None:
    """Free every source that this owner holds: it stops before its polls end."""
    tx.execute(update(schema.source).where(_source.owner == owner).values(owner="", lease_until=None))


def release_all(tx: Connection) -> None:
    """Free every source: whoever held one is dead."""
    tx.execute(update(schema.source).where(_source.owner != "").values(owner="", lease_until=None))


def wake(tx: Connection, intervals: Mapping[str, timedelta], *, now: datetime) -> None:
    """Make the sources of these keys, if they answer, due no later than so long after their last answer."""
    for part in chunks([sha(key) for key in intervals]):
        found = select(_source.id, _source.key, _source.last_answer).where(
            _source.key_hash.in_(part), _ASKED, _source.failures == 0, _source.next_poll > now
        )
        soon = [{"_row": r.id, "_at": r.last_answer + intervals[r.key]} for r in tx.execute(found) if r.last_answer]
        if soon:
            tx.execute(_SOONER, soon)


_SOONER = (
    update(schema.source)
    .where(_source.id == bindparam("_row"), _source.next_poll > bindparam("_at", type_=UtcDateTime))
    .values(next_poll=bindparam("_at", type_=UtcDateTime))
)


def hurry(tx: Connection, *, now: datetime) -> None:
    """Make every source due at once; one that stopped for good is asked again, and fails until it answers."""
    change = update(schema.source)
    stopped = change.where(_source.stopped != "", _source.archived.is_(None))
    again = case((_source.failures > 0, _source.failures), else_=1)
    tx.execute(stopped.values(stopped="", last_error=_source.stopped, failures=again, next_poll=now))
    tx.execute(change.where(_source.next_poll.is_not(None)).values(next_poll=now))


def count_due(conn: Connection, *, now: datetime) -> int:
    """How many sources are due."""
    due: int = conn.execute(select(func.count()).where(_source.next_poll <= now)).scalar_one()
    return due


def next_due(conn: Connection) -> datetime | None:
    """When the next source is due (the past when one already is); None when none will be."""
    waiting = select(_source.next_poll).where(_source.next_poll.is_not(None), _ASKED)
    return conn.execute(waiting.order_by(_source.next_poll).limit(1)).scalar()


def rows_of(conn: Connection, client_id: str | None = None) -> dict[tuple[str, str], int]:
    """The row of each (client id, source id) that is asked."""
    mine = true() if client_id is None else _asked.client_id == client_id
    statement = select(_asked.client_id, _asked.source_id, _asked.source_row).where(mine, _asked.archived.is_(None))
    return {(row.client_id, row.source_id): row.source_row for row in conn.execute(statement)}


def asked_before(conn: Connection, client_id: str) -> bool:
    """Whether one of the client's sources had answered others before the client asked for it."""
    mine = (_asked.client_id == client_id, _asked.archived.is_(None), _source.first_answer < _asked.since)
    joined = select(_source.id).join(schema.client_source, _asked.source_row == _source.id)
    return conn.execute(joined.where(*mine).limit(1)).first() is not None
