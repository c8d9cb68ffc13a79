"""What concerns a client: mentions, stories, and what was decided of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
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


def _decision() -> None:
    op.create_table(
        "decision",
        sa.Column("id", ROW, nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("story_id", ROW, nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_index("ix_decision_at", "decision", ["at"])
    op.create_index("ix_decision_story", "decision", ["story_id", "id"])


def _spike() -> None:
    op.create_table(
        "spike",
        sa.Column("id", ROW, nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("watch_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_spike"),
    )
    op.create_index("ix_spike_at", "spike", ["at"])
    op.create_index("ix_spike_client", "spike", ["client_id", "at"])
    op.create_index("ix_spike_watch", "spike", ["client_id", "watch_id", "id"])


def _story() -> None:
    op.create_table(
        "story",
        sa.Column("id", ROW, nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.BigInteger(), nullable=False),
        sa.Column("last_seen", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_story"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_story_last_seen", "story", ["last_seen"])


def _decision_mention() -> None:
    op.create_table(
        "decision_mention",
        sa.Column("mention_id", ROW, nullable=False),
        sa.Column("decision_id", ROW, nullable=False),
        sa.PrimaryKeyConstraint("mention_id", "decision_id", name="pk_decision_mention"),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name="fk_decision_mention_decision_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_decision_mention_decision_id", "decision_mention", ["decision_id"])


def _spike_change() -> None:
    op.create_table(
        "spike_change",
        sa.Column("id", ROW, nullable=False),
        sa.Column("spike_id", ROW, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_spike_change"),
        sa.ForeignKeyConstraint(["spike_id"], ["spike.id"], name="fk_spike_change_spike_id", ondelete="CASCADE"),
    )
    op.create_index("ix_spike_change_spike_id", "spike_change", ["spike_id"])


def _mention() -> None:
    op.create_table(
        "mention",
        sa.Column("id", ROW, nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("entry_id", ROW, nullable=False),
        sa.Column("story_id", ROW, nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("canonical_hash", sa.LargeBinary(32), nullable=True),
        sa.Column("title_key", sa.BigInteger(), nullable=False),
        sa.Column("writer_hash", sa.LargeBinary(32), nullable=True),
        sa.Column("published", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("kinship", sa.Text(), nullable=False),
        sa.Column("of", ROW, nullable=True),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("tone", sa.Float(), nullable=False),
        sa.Column("signals", sa.Text(), nullable=False),
        sa.Column("matches", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("backlog", sa.Boolean(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.Column("assessed", sa.BigInteger(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mention"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_mention_entry_id"),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name="fk_mention_story_id"),
        sa.UniqueConstraint("entry_id", "client_id", name="uq_mention_entry_id_client_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mention_canonical", "mention", ["client_id", "canonical_hash", "id"])
    op.create_index("ix_mention_published", "mention", ["client_id", "published"])
    op.create_index("ix_mention_seen", "mention", ["client_id", "seen", "id"])
    op.create_index("ix_mention_story", "mention", ["story_id", "points"])
    op.create_index("ix_mention_title", "mention", ["client_id", "title_key", "id"])
    op.create_index(
        "ix_mention_unjudged",
        "mention",
        ["id"],
        sqlite_where=sa.text("assessed IS NULL"),
        postgresql_where=sa.text("assessed IS NULL"),
    )
    op.create_index("ix_mention_writer", "mention", ["client_id", "writer_hash", "id"])


def _mention_watch() -> None:
    op.create_table(
        "mention_watch",
        sa.Column("mention_id", ROW, nullable=False),
        sa.Column("watch_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("published", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("backlog", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("mention_id", "watch_id", name="pk_mention_watch"),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"], name="fk_mention_watch_mention_id", ondelete="CASCADE"),
    )
    op.create_index(
        "ix_mention_watch_published",
        "mention_watch",
        ["client_id", "watch_id", "published", "seen", "counted", "backlog"],
    )


def _sketch() -> None:
    op.create_table(
        "sketch",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("token", sa.BigInteger(), nullable=False),
        sa.Column("mention_id", ROW, nullable=False),
        sa.PrimaryKeyConstraint("client_id", "token", "mention_id", name="pk_sketch"),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"], name="fk_sketch_mention_id", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sketch_mention_id", "sketch", ["mention_id"])


_TABLES = (
    _decision,
    _spike,
    _story,
    _decision_mention,
    _spike_change,
    _mention,
    _mention_watch,
    _sketch,
)
