"""Turns that several machines must take: void on SQLite, where there is one writer anyway."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, text

from veille.store.values import sha


def take(tx: Connection, names: Iterable[str]) -> None:
    """Wait until no other transaction holds these names; they are free again when this one ends."""
    if tx.dialect.name == "sqlite":
        return
    # In one order for all, so that two transactions cannot wait for each other.
    for name in sorted(set(names)):
        number = int.from_bytes(sha(name)[:8], signed=True)
        tx.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})
