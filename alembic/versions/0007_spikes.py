"""The watches that are part of a spike, and what each watch saw last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    spike_watch = op.create_table(
        "spike_watch",
        sa.Column("spike_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("watch_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["spike_id"], ["spike.id"], name=op.f("fk_spike_watch_spike_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("spike_id", "watch_id", name=op.f("pk_spike_watch")),
    )
    op.create_index("ix_spike_watch_watch", "spike_watch", ["client_id", "watch_id", "spike_id"])
    op.create_index("ix_mention_watch_seen", "mention_watch", ["client_id", "watch_id", "seen"])
    there = sa.select(sa.column("id"), sa.column("watch_id"), sa.column("client_id")).select_from(sa.table("spike"))
    op.execute(spike_watch.insert().from_select(["spike_id", "watch_id", "client_id"], there))


def downgrade() -> None:
    op.drop_index("ix_mention_watch_seen", "mention_watch")
    op.drop_table("spike_watch")
