"""How each source goes by its own past, and the addresses that mentions link to."""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

#: SQLite only numbers rows by itself in a column of type INTEGER.
ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _rebuilt() -> Literal["always", "never"]:
    """On SQLite, so that the table reads as one that never was without the columns."""
    return "always" if op.get_bind().dialect.name == "sqlite" else "never"


def upgrade() -> None:
    with op.batch_alter_table("source", recreate=_rebuilt()) as source:
        source.add_column(sa.Column("fault", sa.Text(), nullable=False, server_default=""))
        source.add_column(sa.Column("rhythm", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("source", recreate=_rebuilt()) as source:
        source.alter_column("fault", server_default=None)
        source.alter_column("rhythm", server_default=None)
    op.create_table(
        "mention_link",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("mention_id", ROW, nullable=False),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"], name="fk_mention_link_mention_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("client_id", "address_hash", "mention_id", name="pk_mention_link"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_mention_link_mention_id", "mention_link", ["mention_id"])


def downgrade() -> None:
    op.drop_table("mention_link")
    with op.batch_alter_table("source") as source:
        source.drop_column("rhythm")
        source.drop_column("fault")
