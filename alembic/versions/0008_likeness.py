"""How many of a client's mentions hold each word: what is frequent for it likens little."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Counted from now on: the sketches that are stored are of other tokens.
    op.create_table(
        "word",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("token", sa.BigInteger(), nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "token", name="pk_word"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("word")
