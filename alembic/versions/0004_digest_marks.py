"""How far each digest told: the newest mention of each client that was in it."""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _rebuilt() -> Literal["always", "never"]:
    """On SQLite, so that the table reads as one that never was without the column."""
    return "always" if op.get_bind().dialect.name == "sqlite" else "never"


def upgrade() -> None:
    with op.batch_alter_table("digest", recreate=_rebuilt()) as digest:
        digest.add_column(sa.Column("marks", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("digest") as digest:
        digest.drop_column("marks")
