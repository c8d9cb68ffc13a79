"""How each source of a client is: whether it could be watched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import Connection, select

from veille.model.digest import Health, SourceHealth
from veille.store import schema

_source = schema.source.c
_asked = schema.client_source.c


def health(conn: Connection, client_id: str, *, now: datetime) -> tuple[SourceHealth, ...]:
    """The client's sources in the order of their ids; a trouble of unknown beginning begins `now`."""
    return tuple(each for _, each in everyone(conn, [client_id], now=now))


def everyone(conn: Connection, client_ids: Sequence[str], *, now: datetime) -> tuple[tuple[str, SourceHealth], ...]:
    """The same for several clients, each source with its client's id."""
    statement = (
        select(schema.source, _asked.client_id, _asked.source_id, _asked.since)
        .join(schema.client_source, _asked.source_row == _source.id)
        .where(_asked.client_id.in_(client_ids), _asked.archived.is_(None))
        .order_by(_asked.client_id, _asked.source_id)
    )
    return tuple((row.client_id, _health(row, now=now)) for row in conn.execute(statement))


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
