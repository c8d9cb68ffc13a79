"""Tables of what becomes of a story once it is told: its addresses asked again, its return."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, Table

from veille.store.schema.base import lease_until, metadata, owner
from veille.store.types import CleanText, RowId, UtcDateTime

#: The address of a mention of a told story, and what the looks at it came to (model/following.py, Visibility).
permalink = Table(
    "permalink",
    metadata,
    Column("mention_id", RowId, ForeignKey("mention.id", ondelete="CASCADE"), primary_key=True),
    Column("client_id", CleanText, nullable=False),
    Column("host", CleanText, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    #: When to look again; null = no more.
    Column("due", UtcDateTime),
    Column("last_asked", UtcDateTime),
    Column("asked", Integer, nullable=False, default=0),
    Column("visible", UtcDateTime),
    Column("titled", UtcDateTime),
    Column("missing", UtcDateTime),
    Column("misses", Integer, nullable=False, default=0),
    Column("gone", UtcDateTime),
    owner(),
    lease_until(),
    Index("ix_permalink_due", "due"),
    Index("ix_permalink_host", "host", "last_asked"),
)

#: A story that resembles one of before the window.
story_return = Table(
    "story_return",
    metadata,
    Column("story_id", RowId, ForeignKey("story.id", ondelete="CASCADE"), primary_key=True),
    Column("earlier_id", RowId, nullable=False),
    #: When the earlier one was last seen.
    Column("seen", UtcDateTime, nullable=False),
    Column("likeness", Float, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
