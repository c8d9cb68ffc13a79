"""Tables of what people taught and corrected, and of how each source answered."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from veille.store.schema.base import identity, metadata
from veille.store.types import CleanText, JsonText, RowId, UtcDateTime

#: What someone said of a mention: one row a mention, the last word counts. It outlives the mention.
feedback = Table(
    "feedback",
    metadata,
    identity(),
    Column("client_id", CleanText, nullable=False),
    Column("mention_id", RowId, nullable=False),
    Column("story_id", RowId, nullable=False, index=True),
    Column("mark", CleanText, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    #: Who said it, as they are known on the machine or in the settings.
    Column("who", CleanText, nullable=False),
    #: Rare words of the mention, without author or address.
    Column("words", JsonText, nullable=False),
    Column("site", CleanText, nullable=False),
    #: When a reset took its lesson back; it still counts in the figures.
    Column("forgotten", UtcDateTime),
    UniqueConstraint("client_id", "mention_id"),
    sqlite_autoincrement=True,
)

#: How polls went: those of a source that follow one another and came to the same share a row.
poll = Table(
    "poll",
    metadata,
    identity(),
    Column("source_row", RowId, ForeignKey("source.id"), nullable=False),
    #: The first and the last of them.
    Column("began", UtcDateTime, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("times", Integer, nullable=False),
    Column("outcome", CleanText, nullable=False),
    #: New entries.
    Column("fresh", Integer, nullable=False),
    Column("error", CleanText, nullable=False),
    Index("ix_poll_source_row", "source_row", "id"),
)

#: Stories that a person united or parted.
correction = Table(
    "correction",
    metadata,
    identity(),
    Column("client_id", CleanText, nullable=False),
    Column("kind", CleanText, nullable=False),
    #: Where the mentions went, and where they came from.
    Column("story_id", RowId, nullable=False, index=True),
    Column("from_id", RowId, nullable=False, index=True),
    #: Numbers of what moved, by table: what an undo takes back.
    Column("moved", JsonText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("who", CleanText, nullable=False),
    Column("undone", UtcDateTime),
    sqlite_autoincrement=True,
)
