"""What is told: alerts, the outbox, digests, and house-keeping."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

#: SQLite only numbers rows by itself in a column of type INTEGER.
ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for create in _TABLES:
        create()


def downgrade() -> None:
    for create in reversed(_TABLES):
        op.drop_table(create.__name__.removeprefix("_"))


def _alert() -> None:
    op.create_table(
        "alert",
        sa.Column("id", ROW, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("story_id", ROW, nullable=True),
        sa.Column("spike_id", ROW, nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("watches", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alert"),
        sa.UniqueConstraint("code", name="uq_alert_code"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_alert_at", "alert", ["at"])
    op.create_index("ix_alert_client", "alert", ["client_id", "at"])
    op.create_index("ix_alert_story", "alert", ["story_id"])


def _beat() -> None:
    op.create_table(
        "beat",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_beat"),
    )


def _dead_channel() -> None:
    op.create_table(
        "dead_channel",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "channel_id", name="pk_dead_channel"),
    )


def _digest() -> None:
    op.create_table(
        "digest",
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("who", "kind", "day", name="pk_digest"),
    )


def _flag() -> None:
    op.create_table(
        "flag",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_flag"),
    )


def _notification() -> None:
    op.create_table(
        "notification",
        sa.Column("id", ROW, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("alert_id", ROW, nullable=True),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("possible_repeat", sa.Boolean(), nullable=False),
        sa.Column("dropped", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notification"),
        sa.UniqueConstraint("key_hash", name="uq_notification_key_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notification_alert", "notification", ["alert_id"])
    op.create_index("ix_notification_due", "notification", ["state", "due"])
    op.create_index("ix_notification_expires", "notification", ["state", "expires"])


def _rate_budget() -> None:
    op.create_table(
        "rate_budget",
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("credential_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("window", sa.BigInteger(), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("service", "credential_hash", "window", name="pk_rate_budget"),
    )


def _receipt() -> None:
    op.create_table(
        "receipt",
        sa.Column("id", ROW, nullable=False),
        sa.Column("notification_id", ROW, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("retry_after", sa.BigInteger(), nullable=True),
        sa.Column("channel_dead", sa.Boolean(), nullable=False),
        sa.Column("took", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_receipt"),
        sa.ForeignKeyConstraint(
            ["notification_id"], ["notification.id"], name="fk_receipt_notification_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_receipt_notification_id", "receipt", ["notification_id"])


_TABLES = (
    _alert,
    _beat,
    _dead_channel,
    _digest,
    _flag,
    _notification,
    _rate_budget,
    _receipt,
)
