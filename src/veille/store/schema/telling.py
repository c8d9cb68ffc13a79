"""Tables of what is told: alerts, the outbox, digests, and the house-keeping of the daemon."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, UniqueConstraint

from veille.store.schema.base import digest_of, identity, lease_until, metadata, owner
from veille.store.types import CleanText, Duration, JsonText, RowId, UtcDateTime

alert = Table(
    "alert",
    metadata,
    identity(),
    Column("code", CleanText, nullable=False),
    Column("client_id", CleanText, nullable=False),
    Column("story_id", RowId),
    Column("spike_id", RowId),
    Column("action", CleanText, nullable=False),
    Column("reason", CleanText, nullable=False),
    Column("level", Integer, nullable=False),
    Column("stage", Integer, nullable=False),
    Column("evidence", JsonText, nullable=False),
    Column("watches", JsonText, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    UniqueConstraint("code"),
    Index("ix_alert_client", "client_id", "at"),
    Index("ix_alert_story", "story_id"),
    sqlite_autoincrement=True,
)

notification = Table(
    "notification",
    metadata,
    identity(),
    Column("key", CleanText, nullable=False),
    digest_of("key_hash"),
    Column("person_id", CleanText, nullable=False),
    Column("channel_id", CleanText, nullable=False),
    Column("client_id", CleanText, nullable=False),
    Column("alert_id", RowId),
    Column("created", UtcDateTime, nullable=False),
    Column("due", UtcDateTime, nullable=False),
    Column("expires", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("state", CleanText, nullable=False),
    Column("possible_repeat", Boolean, nullable=False, default=False),
    #: Why it was dropped ("" = it was not).
    Column("dropped", CleanText, nullable=False, default=""),
    owner(),
    lease_until(),
    Column("message", JsonText, nullable=False),
    UniqueConstraint("key_hash"),
    Index("ix_notification_due", "state", "due"),
    Index("ix_notification_expires", "state", "expires"),
    Index("ix_notification_alert", "alert_id"),
    sqlite_autoincrement=True,
)

receipt = Table(
    "receipt",
    metadata,
    identity(),
    Column("notification_id", RowId, ForeignKey("notification.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("result", CleanText, nullable=False),
    Column("detail", CleanText, nullable=False),
    Column("retry_after", Duration),
    Column("channel_dead", Boolean, nullable=False),
    Column("took", Duration, nullable=False),
)

#: Channels that the far end refuses: nothing leaves by them until revived.
dead_channel = Table(
    "dead_channel",
    metadata,
    Column("person_id", CleanText, primary_key=True),
    Column("channel_id", CleanText, primary_key=True),
    Column("detail", CleanText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

#: One row a digest told, so that no clock can send it twice.
digest = Table(
    "digest",
    metadata,
    Column("who", CleanText, primary_key=True),
    Column("kind", CleanText, primary_key=True),
    #: Local date, ISO 8601.
    Column("day", CleanText, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    #: By client, the newest mention that was in it.
    Column("marks", JsonText),
)

#: What was used of a service's allowance. The credential itself is never stored.
rate_budget = Table(
    "rate_budget",
    metadata,
    Column("service", CleanText, primary_key=True),
    Column("credential_hash", LargeBinary(32), primary_key=True),
    Column("window", Duration, primary_key=True),
    Column("started", UtcDateTime, nullable=False),
    Column("used", Integer, nullable=False),
)

flag = Table(
    "flag",
    metadata,
    Column("name", CleanText, primary_key=True),
    Column("value", CleanText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

#: Written and read back by the watchdog: a store that only reads is not well.
beat = Table(
    "beat",
    metadata,
    Column("name", CleanText, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)
