"""What mentions said before their sources changed them, and what they said then: never a new mention."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, select
from sqlalchemy.orm import aliased

from veille.model.following import Edit
from veille.store import schema
from veille.store.periods import CLIENT, SINCE, UNTIL
from veille.store.prepared import Prepared
from veille.store.types import AnyRow
from veille.store.upsert import chunks

_edit, _mention, _entry = schema.entry_edit.c, schema.mention.c, schema.entry.c


def of_mention(conn: Connection, mention_id: int) -> tuple[Edit, ...]:
    """Every change of what a mention says since it was seen, oldest first."""
    return tuple(_of_row(row) for row in conn.execute(_edits(_mention.id == mention_id)))


def between(conn: Connection, client_id: str, *, since: datetime, until: datetime) -> tuple[Edit, ...]:
    """The changes of the client's mentions in [since, until), oldest first; the client's own are left out."""
    rows = _BETWEEN.rows(conn, {"_client": client_id, "_since": since, "_until": until})
    return tuple(_of_row(row) for row in rows)


def of_stories(conn: Connection, story_ids: Sequence[int]) -> tuple[Edit, ...]:
    """The changes of the mentions of these stories, oldest first."""
    return tuple(_of_row(row) for part in chunks(story_ids) for row in _OF_STORIES.rows(conn, {"_ids": part}))


def _edits(*conditions: ColumnElement[bool]) -> Select[Any]:
    """What followed an edit is what the next one replaced, else what the entry says now."""
    after = aliased(schema.entry_edit)
    following = select(after.c.id).where(after.c.entry_id == _edit.entry_id, after.c.id > _edit.id)
    following_id = following.order_by(after.c.id).limit(1).correlate(schema.entry_edit).scalar_subquery()
    new = aliased(schema.entry_edit)
    return (
        select(
            *(_mention.id.label("mention_id"), _mention.story_id, _edit.at, _edit.title, _edit.text),
            *(new.c.id.label("new_id"), new.c.title.label("new_title"), new.c.text.label("new_text")),
            *(_entry.title.label("now_title"), _entry.text.label("now_text")),
        )
        .join(schema.mention, _mention.entry_id == _edit.entry_id)
        .join(schema.entry, _entry.id == _edit.entry_id)
        .outerjoin(new, new.c.id == following_id)
        .where(_edit.at > _mention.seen, *conditions)
        .order_by(_edit.id, _mention.id)
    )


_BETWEEN = Prepared(_edits(_mention.client_id == CLIENT, _mention.own.is_(False), _edit.at >= SINCE, _edit.at < UNTIL))
_OF_STORIES = Prepared(_edits(_mention.story_id.in_(bindparam("_ids", expanding=True))), "_ids")


def _of_row(row: AnyRow) -> Edit:
    last = row.new_id is None
    values: dict[str, Any] = {
        "new_title": row.now_title if last else row.new_title,
        "new_text": row.now_text if last else row.new_text,
    }
    return Edit(
        mention_id=row.mention_id,
        story_id=row.story_id,
        at=row.at,
        old_title=row.title,
        old_text=row.text,
        **values,
    )
