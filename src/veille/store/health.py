"""How each source of a client is: whether it could be watched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import Connection, bindparam, select

from veille.model.digest import Health, SourceHealth
from veille.model.exchange import Fault, PollState
from veille.store import schema
from veille.store.prepared import Prepared

_source = schema.source.c
_asked = schema.client_source.c
#: Bodies' hashes and memories, which may be large, stay where they are.
_READ = tuple(
    _source[name]
    for name in (
        "kind",
        "url",
        "address",
        "entries",
        "cursor",
        "failures",
        "failing_since",
        "last_error",
        "fault",
        "rhythm",
        "first_answer",
        "last_answer",
        "stopped",
        "known",
    )
)


def health(conn: Connection, client_id: str, *, now: datetime) -> tuple[SourceHealth, ...]:
    """The client's sources in the order of their ids; a trouble of unknown beginning begins `now`."""
    return tuple(each for _, each in everyone(conn, [client_id], now=now))


def everyone(conn: Connection, client_ids: Sequence[str], *, now: datetime) -> tuple[tuple[str, SourceHealth], ...]:
    """The same for several clients, each source with its client's id."""
    return tuple((row.client_id, _health(row, now=now)) for row in _asked_of(conn, client_ids))


_ASKED = Prepared(
    select(*_READ, _asked.client_id, _asked.source_id, _asked.since)
    .join(schema.client_source, _asked.source_row == _source.id)
    .where(_asked.client_id.in_(bindparam("_ids", expanding=True)), _asked.archived.is_(None))
    .order_by(_asked.client_id, _asked.source_id),
    "_ids",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A client's source as stored, and what its past says, for the rule that judges it."""

    client_id: str
    source: SourceHealth
    state: PollState


def facts(conn: Connection, client_ids: Sequence[str], *, now: datetime) -> tuple[Facts, ...]:
    """As `everyone`, with the states of the sources."""
    return tuple(
        Facts(client_id=row.client_id, source=_health(row, now=now), state=_state_of(row))
        for row in _asked_of(conn, client_ids)
    )


def _asked_of(conn: Connection, client_ids: Sequence[str]) -> Sequence[Any]:
    return _ASKED.rows(conn, {"_ids": client_ids}) if client_ids else ()


def _state_of(row: Any) -> PollState:
    """What of the state the rule needs; bodies, memories and addresses stay where they are."""
    return PollState(
        cursor=row.cursor,
        failures=row.failures,
        failing_since=row.failing_since,
        last_error=row.last_error,
        fault=Fault(row.fault),
        rhythm=row.rhythm,
        first_answer=row.first_answer,
        last_answer=row.last_answer,
        stopped=row.stopped,
        known=row.known,
    )


def _health(row: Any, *, now: datetime) -> SourceHealth:
    state = _state(row)
    trouble = state in (Health.FAILING, Health.STOPPED)
    calm = row.since if state is Health.NEW else row.first_answer
    return SourceHealth(
        source_id=row.source_id,
        kind=row.kind,
        url=without_secrets(row.address or row.url),
        health=state,
        since=(row.failing_since or row.last_answer or now) if trouble else calm,
        last_answer=row.last_answer,
        error=(row.stopped or row.last_error) if trouble else "",
        entries=row.entries,
    )


def _state(row: Any) -> Health:
    if row.stopped:
        return Health.STOPPED
    if row.failures:
        return Health.FAILING
    return Health.HEALTHY if row.first_answer else Health.NEW


def without_secrets(url: str) -> str:
    """The address without user, password, query or fragment: any of them may hold a secret."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
