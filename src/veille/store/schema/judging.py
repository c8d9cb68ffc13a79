"""Tables of what concerns a client: mentions, stories, and what was decided of them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
    text,
)

from veille.store.schema.base import digest_of, identity, lease_until, metadata, owner
from veille.store.types import CleanText, JsonText, RowId, UtcDateTime

_UNJUDGED = text("assessed IS NULL")

story = Table(
    "story",
    metadata,
    identity(),
    Column("client_id", CleanText, nullable=False),
    #: What its code opens with: "F" in "F-4821".
    Column("mark", CleanText, nullable=False),
    Column("title", CleanText, nullable=False),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("last_seen", UtcDateTime, nullable=False),
    Column("total", Integer, nullable=False, default=0),
    Index("ix_story_last_seen", "last_seen"),
    # A code that was quoted never names another story, even after retention.
    sqlite_autoincrement=True,
)

mention = Table(
    "mention",
    metadata,
    identity(),
    Column("client_id", CleanText, nullable=False),
    Column("entry_id", RowId, ForeignKey("entry.id"), nullable=False),
    Column("story_id", RowId, ForeignKey("story.id"), nullable=False),
    Column("source_id", CleanText, nullable=False),
    Column("place", CleanText, nullable=False),
    digest_of("canonical_hash", nullable=True),
    Column("title_key", BigInteger, nullable=False),
    #: Of the author and the site together; null without an author.
    digest_of("writer_hash", nullable=True),
    Column("published", UtcDateTime, nullable=False),
    Column("seen", UtcDateTime, nullable=False),
    Column("kinship", CleanText, nullable=False),
    Column("of", RowId),
    Column("likeness", Float, nullable=False),
    Column("evidence", CleanText, nullable=False),
    Column("points", Integer, nullable=False),
    Column("category", CleanText, nullable=False),
    Column("tone", Float, nullable=False),
    Column("signals", JsonText, nullable=False),
    Column("matches", JsonText, nullable=False),
    Column("language", CleanText, nullable=False),
    Column("own", Boolean, nullable=False),
    Column("backlog", Boolean, nullable=False),
    Column("event", CleanText, nullable=False),
    Column("muted", Boolean, nullable=False),
    #: When it was judged; null = not yet.
    Column("assessed", UtcDateTime),
    owner(),
    lease_until(),
    UniqueConstraint("entry_id", "client_id"),
    Index("ix_mention_canonical", "client_id", "canonical_hash", "id"),
    Index("ix_mention_title", "client_id", "title_key", "id"),
    Index("ix_mention_writer", "client_id", "writer_hash", "id"),
    Index("ix_mention_seen", "client_id", "seen", "id"),
    Index("ix_mention_published", "client_id", "published"),
    Index("ix_mention_story", "story_id", "points"),
    Index("ix_mention_unjudged", "id", sqlite_where=_UNJUDGED, postgresql_where=_UNJUDGED),
    sqlite_autoincrement=True,
)

#: One row a watch that the mention matched: what volumes are counted from.
mention_watch = Table(
    "mention_watch",
    metadata,
    Column("mention_id", RowId, ForeignKey("mention.id", ondelete="CASCADE"), primary_key=True),
    Column("watch_id", CleanText, primary_key=True),
    Column("client_id", CleanText, nullable=False),
    Column("published", UtcDateTime, nullable=False),
    Column("seen", UtcDateTime, nullable=False),
    #: Own, muted and planned mentions are not.
    Column("counted", Boolean, nullable=False),
    Column("backlog", Boolean, nullable=False),
    Index("ix_mention_watch_published", "client_id", "watch_id", "published", "seen", "counted", "backlog"),
    Index("ix_mention_watch_seen", "client_id", "watch_id", "seen"),
)

#: The addresses that each mention's text points to, hashed: finds what speaks of an article that comes later.
mention_link = Table(
    "mention_link",
    metadata,
    Column("client_id", CleanText, primary_key=True),
    digest_of("address_hash", primary_key=True),
    Column("mention_id", RowId, ForeignKey("mention.id", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

#: What a client's mentions have of a word (store/words.py): how many hold it, and the last that held it as one of their
#: rarest. One number stands for client and word: the shortest of keys, asked for thirty at a time.
word_use = Table(
    "word_use",
    metadata,
    Column("key", RowId, primary_key=True, autoincrement=False),
    Column("texts", Integer, nullable=False),
    #: Numbers of mentions, the oldest first, four bytes each.
    Column("latest", LargeBinary, nullable=False),
)

decision = Table(
    "decision",
    metadata,
    identity(),
    Column("client_id", CleanText, nullable=False),
    Column("story_id", RowId),
    Column("action", CleanText, nullable=False),
    Column("reason", CleanText, nullable=False),
    Column("level", Integer, nullable=False),
    Column("stage", Integer, nullable=False),
    Column("evidence", JsonText, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Index("ix_decision_story", "story_id", "id"),
)

decision_mention = Table(
    "decision_mention",
    metadata,
    Column("mention_id", RowId, primary_key=True),
    Column("decision_id", RowId, ForeignKey("decision.id", ondelete="CASCADE"), primary_key=True, index=True),
)

spike = Table(
    "spike",
    metadata,
    identity(),
    Column("client_id", CleanText, nullable=False),
    Column("watch_id", CleanText, nullable=False),
    Column("state", CleanText, nullable=False),
    Column("started", UtcDateTime, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("value", JsonText, nullable=False),
    Index("ix_spike_watch", "client_id", "watch_id", "id"),
    Index("ix_spike_client", "client_id", "at"),
)

#: The watches that are part of a spike.
spike_watch = Table(
    "spike_watch",
    metadata,
    Column("spike_id", RowId, ForeignKey("spike.id", ondelete="CASCADE"), primary_key=True),
    Column("watch_id", CleanText, primary_key=True),
    Column("client_id", CleanText, nullable=False),
    Index("ix_spike_watch_watch", "client_id", "watch_id", "spike_id"),
)

#: Every change of state of a spike, as it was told.
spike_change = Table(
    "spike_change",
    metadata,
    identity(),
    Column("spike_id", RowId, ForeignKey("spike.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("value", JsonText, nullable=False),
)
