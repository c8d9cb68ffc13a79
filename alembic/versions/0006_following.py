"""Addresses of told mentions that are asked again, and stories that return after their window."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

#: SQLite only numbers rows by itself in a column of type INTEGER.
ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _permalink()
    _story_return()
    # What was edited since a moment is asked for at each digest.
    op.create_index("ix_entry_edit_at", "entry_edit", ["at"])


def downgrade() -> None:
    op.drop_index("ix_entry_edit_at", "entry_edit")
    op.drop_table("story_return")
    op.drop_table("permalink")


def _permalink() -> None:
    op.create_table(
        "permalink",
        sa.Column("mention_id", ROW, nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=True),
        sa.Column("last_asked", sa.BigInteger(), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("visible", sa.BigInteger(), nullable=True),
        sa.Column("titled", sa.BigInteger(), nullable=True),
        sa.Column("missing", sa.BigInteger(), nullable=True),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("gone", sa.BigInteger(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("mention_id", name="pk_permalink"),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"], name="fk_permalink_mention_id", ondelete="CASCADE"),
    )
    op.create_index("ix_permalink_due", "permalink", ["due"])
    op.create_index("ix_permalink_host", "permalink", ["host", "last_asked"])


def _story_return() -> None:
    op.create_table(
        "story_return",
        sa.Column("story_id", ROW, nullable=False),
        sa.Column("earlier_id", ROW, nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("story_id", name="pk_story_return"),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name="fk_story_return_story_id", ondelete="CASCADE"),
    )
