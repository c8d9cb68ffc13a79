"""Tables of what is watched: settings, sources and what they published."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, Table, UniqueConstraint

from veille.store.schema.base import digest_of, identity, lease_until, metadata, owner
from veille.store.types import CleanText, Duration, JsonText, RowId, UtcDateTime

settings_set = Table(
    "settings_set",
    metadata,
    identity(),
    Column("fingerprint", CleanText, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("since", UtcDateTime, nullable=False, index=True),
    Column("until", UtcDateTime),
)

source = Table(
    "source",
    metadata,
    identity(),
    Column("key", CleanText, nullable=False),
    digest_of("key_hash"),
    Column("kind", CleanText, nullable=False),
    Column("url", CleanText, nullable=False),
    #: The address that permanent redirects led to, once adopted ("" = the one configured).
    Column("address", CleanText, nullable=False, default=""),
    Column("interval", Duration, nullable=False),
    Column("archived", UtcDateTime),
    Column("entries", Integer, nullable=False, default=0),
    Column("etag", CleanText, nullable=False, default=""),
    Column("modified", CleanText, nullable=False, default=""),
    Column("body_hash", LargeBinary, nullable=False, default=b""),
    Column("cursor", CleanText, nullable=False, default=""),
    Column("memory", LargeBinary, nullable=False, default=b""),
    Column("failures", Integer, nullable=False, default=0),
    Column("failing_since", UtcDateTime),
    Column("last_error", CleanText, nullable=False, default=""),
    #: What sort of failure the last one is (model/exchange.py, Fault; "" = none).
    Column("fault", CleanText, nullable=False, default=""),
    #: Facts of its past (model/rhythm.py).
    Column("rhythm", CleanText, nullable=False, default=""),
    Column("first_answer", UtcDateTime),
    Column("last_answer", UtcDateTime),
    Column("next_poll", UtcDateTime),
    Column("moved_to", CleanText, nullable=False, default=""),
    Column("moved_times", Integer, nullable=False, default=0),
    Column("stopped", CleanText, nullable=False, default=""),
    Column("known", Boolean, nullable=False, default=False),
    owner(),
    lease_until(),
    UniqueConstraint("key_hash"),
    Index("ix_source_next_poll", "next_poll"),
)

#: Which clients ask a source, under which slug.
client_source = Table(
    "client_source",
    metadata,
    Column("client_id", CleanText, primary_key=True),
    Column("source_id", CleanText, primary_key=True),
    Column("source_row", RowId, ForeignKey("source.id"), nullable=False, index=True),
    Column("since", UtcDateTime, nullable=False),
    Column("archived", UtcDateTime),
)

entry = Table(
    "entry",
    metadata,
    identity(),
    Column("source_row", RowId, ForeignKey("source.id"), nullable=False),
    digest_of("key_hash"),
    #: Hash of title and text, to see an edit.
    digest_of("content"),
    #: How much of it is kept (store/entries.py, Kept).
    Column("kept", Integer, nullable=False),
    Column("published", UtcDateTime, nullable=False),
    Column("seen", UtcDateTime, nullable=False),
    Column("key", CleanText, nullable=False),
    Column("link", CleanText, nullable=False),
    Column("canonical", CleanText, nullable=False),
    Column("title", CleanText, nullable=False),
    Column("author", CleanText, nullable=False),
    Column("site", CleanText, nullable=False),
    Column("published_raw", CleanText, nullable=False),
    Column("language", CleanText, nullable=False),
    Column("tags", JsonText, nullable=False),
    Column("links", JsonText, nullable=False),
    Column("rating", Float),
    Column("followers", RowId),
    Column("text", CleanText, nullable=False),
    UniqueConstraint("source_row", "key_hash"),
    Index("ix_entry_kept", "kept", "seen"),
)

#: What an entry said before its source changed it.
entry_edit = Table(
    "entry_edit",
    metadata,
    identity(),
    Column("entry_id", RowId, ForeignKey("entry.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    digest_of("content"),
    Column("title", CleanText, nullable=False),
    Column("text", CleanText, nullable=False),
    Index("ix_entry_edit_at", "at"),
)

client_state = Table(
    "client_state",
    metadata,
    Column("client_id", CleanText, primary_key=True),
    Column("first_seen", UtcDateTime),
    Column("first_look", UtcDateTime),
    #: Moves with every mention placed: whoever placed on an older number must look again.
    Column("placement", RowId, nullable=False, default=0),
)

#: How many entries a client's exclusions turned away, by quarter of an hour.
exclusion = Table(
    "exclusion",
    metadata,
    Column("client_id", CleanText, primary_key=True),
    #: "2027-02-12T06:15" in UTC; a date alone is the whole day.
    Column("day", CleanText, primary_key=True),
    Column("number", Integer, nullable=False),
)
