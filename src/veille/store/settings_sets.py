"""Every settings set that was in force, so that "why did you not warn us on the 12th?" has an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, or_, select, update

from veille.store import schema

_set = schema.settings_set.c


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsSet:
    """The settings of a time, secrets left as references."""

    fingerprint: str
    text: str
    since: datetime
    #: None = still in force.
    until: datetime | None


def remember(tx: Connection, fingerprint: str, text: str, *, now: datetime) -> bool:
    """Note that these settings are in force from now on; False when they already were."""
    before = _find(tx, _set.until.is_(None))
    if before is not None and before.fingerprint == fingerprint:
        return False
    tx.execute(update(schema.settings_set).where(_set.until.is_(None)).values(until=now))
    tx.execute(insert(schema.settings_set).values(fingerprint=fingerprint, text=text, since=now))
    return True


def in_force(conn: Connection, at: datetime) -> SettingsSet | None:
    """The settings in force at that time; None before the first."""
    row: Any = _find(conn, _set.since <= at, or_(_set.until.is_(None), _set.until > at))
    if row is None:
        return None
    return SettingsSet(fingerprint=row.fingerprint, text=row.text, since=row.since, until=row.until)


def _find(conn: Connection, *conditions: ColumnElement[bool]) -> Any:
    return conn.execute(select(schema.settings_set).where(*conditions).order_by(_set.since.desc()).limit(1)).first()
