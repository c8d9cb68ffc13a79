"""Stories that return after their window, and the earlier ones that they resemble."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from veille.model.following import Earlier
from veille.store import schema
from veille.store.prepared import Prepared
from veille.store.stories import code
from veille.store.upsert import chunks, insert

_return, _story = schema.story_return.c, schema.story.c

#: Made once: asked with every mention that is judged.
_OF_STORIES = Prepared(
    select(schema.story_return, _story.mark)
    .join(schema.story, _story.id == _return.story_id)
    .where(_return.story_id.in_(bindparam("_ids", expanding=True))),
    "_ids",
)


def record(tx: Connection, story_id: int, earlier: Earlier, *, at: datetime) -> None:
    """Keep that a story returns; the first finding stays."""
    row = {
        "story_id": story_id,
        "earlier_id": earlier.story_id,
        "seen": earlier.seen,
        "likeness": earlier.likeness,
        "at": at,
    }
    tx.execute(insert(tx, schema.story_return).values(row).on_conflict_do_nothing())


def of_stories(conn: Connection, story_ids: Sequence[int]) -> dict[int, Earlier]:
    """By story, the earlier one that it resembles; those that do not return are left out."""
    found: dict[int, Earlier] = {}
    for part in chunks(story_ids):
        for row in _OF_STORIES.rows(conn, {"_ids": part}):
            found[row.story_id] = Earlier(
                story_id=row.earlier_id,
                code=code(row.mark, row.earlier_id),
                seen=row.seen,
                likeness=row.likeness,
            )
    return found
