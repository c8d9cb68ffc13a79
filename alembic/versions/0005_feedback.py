"""What people said of mentions, how each poll went, and corrections of stories."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

#: SQLite only numbers rows by itself in a column of type INTEGER.
ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for create in _TABLES:
        create()
    # A watch that already works has its first days behind it: they began with its first mention.
    op.execute(
        "INSERT INTO flag (name, value, at) SELECT 'watch:' || client_id || '/' || watch_id, '', MIN(seen)"
        " FROM mention_watch GROUP BY client_id, watch_id"
    )


def downgrade() -> None:
    op.execute("DELETE FROM flag WHERE name LIKE 'watch:%'")
    for create in reversed(_TABLES):
        op.drop_table(create.__name__.removeprefix("_"))


def _feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", ROW, nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("mention_id", ROW, nullable=False),
        sa.Column("story_id", ROW, nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("forgotten", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.UniqueConstraint("client_id", "mention_id", name="uq_feedback_client_id_mention_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feedback_at", "feedback", ["at"])
    op.create_index("ix_feedback_story_id", "feedback", ["story_id"])


def _poll() -> None:
    op.create_table(
        "poll",
        sa.Column("id", ROW, nullable=False),
        sa.Column("source_row", ROW, nullable=False),
        sa.Column("began", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("fresh", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_poll"),
        sa.ForeignKeyConstraint(["source_row"], ["source.id"], name="fk_poll_source_row"),
    )
    op.create_index("ix_poll_at", "poll", ["at"])
    op.create_index("ix_poll_source_row", "poll", ["source_row", "id"])


def _correction() -> None:
    op.create_table(
        "correction",
        sa.Column("id", ROW, nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("story_id", ROW, nullable=False),
        sa.Column("from_id", ROW, nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("undone", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_correction"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_correction_story_id", "correction", ["story_id"])
    op.create_index("ix_correction_from_id", "correction", ["from_id"])


_TABLES = (_feedback, _poll, _correction)
