"""Channels that the far end refuses: nothing leaves by them until someone mends them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select

from veille.store import schema
from veille.store.upsert import upsert

_dead = schema.dead_channel.c


def mark_dead(tx: Connection, person_id: str, channel_id: str, detail: str, at: datetime) -> None:
    """Use this channel no more; `detail` is what the server said, without secrets."""
    row = {"person_id": person_id, "channel_id": channel_id, "detail": detail, "at": at}
    upsert(tx, schema.dead_channel, [row], keys=("person_id", "channel_id"))


def revive(tx: Connection, person_id: str, channel_id: str) -> bool:
    """Use the channel again; whether it was dead."""
    mine = delete(schema.dead_channel).where(_dead.person_id == person_id, _dead.channel_id == channel_id)
    return tx.execute(mine).rowcount > 0


def dead_channels(conn: Connection) -> tuple[tuple[str, str, str], ...]:
    """Dead channels as (person id, channel id, what the server said), in order."""
    rows = conn.execute(select(schema.dead_channel).order_by(_dead.person_id, _dead.channel_id))
    return tuple((row.person_id, row.channel_id, row.detail) for row in rows)


def since(conn: Connection) -> tuple[tuple[str, str, datetime], ...]:
    """Dead channels as (person id, channel id, since when)."""
    return tuple((row.person_id, row.channel_id, row.at) for row in conn.execute(select(schema.dead_channel)))
