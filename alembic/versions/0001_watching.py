"""What is watched: settings, sources and what they published."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
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


def _client_state() -> None:
    op.create_table(
        "client_state",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.BigInteger(), nullable=True),
        sa.Column("first_look", sa.BigInteger(), nullable=True),
        sa.Column("placement", ROW, nullable=False),
        sa.PrimaryKeyConstraint("client_id", name="pk_client_state"),
    )


def _exclusion() -> None:
    op.create_table(
        "exclusion",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "day", name="pk_exclusion"),
    )


def _settings_set() -> None:
    op.create_table(
        "settings_set",
        sa.Column("id", ROW, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_settings_set"),
    )
    op.create_index("ix_settings_set_since", "settings_set", ["since"])


def _source() -> None:
    op.create_table(
        "source",
        sa.Column("id", ROW, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("interval", sa.BigInteger(), nullable=False),
        sa.Column("archived", sa.BigInteger(), nullable=True),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("modified", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.Column("memory", sa.LargeBinary(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", sa.BigInteger(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("first_answer", sa.BigInteger(), nullable=True),
        sa.Column("last_answer", sa.BigInteger(), nullable=True),
        sa.Column("next_poll", sa.BigInteger(), nullable=True),
        sa.Column("moved_to", sa.Text(), nullable=False),
        sa.Column("moved_times", sa.Integer(), nullable=False),
        sa.Column("stopped", sa.Text(), nullable=False),
        sa.Column("known", sa.Boolean(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
        sa.UniqueConstraint("key_hash", name="uq_source_key_hash"),
    )
    op.create_index("ix_source_next_poll", "source", ["next_poll"])


def _client_source() -> None:
    op.create_table(
        "client_source",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("source_row", ROW, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("archived", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("client_id", "source_id", name="pk_client_source"),
        sa.ForeignKeyConstraint(["source_row"], ["source.id"], name="fk_client_source_source_row"),
    )
    op.create_index("ix_client_source_source_row", "client_source", ["source_row"])


def _entry() -> None:
    op.create_table(
        "entry",
        sa.Column("id", ROW, nullable=False),
        sa.Column("source_row", ROW, nullable=False),
        sa.Column("key_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("content", sa.LargeBinary(32), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("published", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("published_raw", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("rating", sa.Float(), nullable=True),
        sa.Column("followers", ROW, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entry"),
        sa.ForeignKeyConstraint(["source_row"], ["source.id"], name="fk_entry_source_row"),
        sa.UniqueConstraint("source_row", "key_hash", name="uq_entry_source_row_key_hash"),
    )
    op.create_index("ix_entry_kept", "entry", ["kept", "seen"])


def _entry_edit() -> None:
    op.create_table(
        "entry_edit",
        sa.Column("id", ROW, nullable=False),
        sa.Column("entry_id", ROW, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entry_edit"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_entry_edit_entry_id", ondelete="CASCADE"),
    )
    op.create_index("ix_entry_edit_entry_id", "entry_edit", ["entry_id"])


_TABLES = (
    _client_state,
    _exclusion,
    _settings_set,
    _source,
    _client_source,
    _entry,
    _entry_edit,
)
