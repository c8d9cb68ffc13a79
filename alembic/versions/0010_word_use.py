"""A word of a client's mentions is one row: how many hold it, and the last that it finds."""

from __future__ import annotations

import struct
from collections import defaultdict
from hashlib import blake2b

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

#: SQLite only numbers rows by itself in a column of type INTEGER.
ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
#: Words converted at a time, and mentions kept under one.
PART, LATEST = 5_000, 512

_WORDS = sa.text(
    "SELECT token, texts FROM word WHERE client_id = :client AND token >= :least ORDER BY token LIMIT :part"
)
_SKETCHES = sa.text(
    "SELECT token, mention_id FROM sketch WHERE client_id = :client AND token BETWEEN :least AND :most"
    " ORDER BY token, mention_id"
)
_ADD = sa.text("INSERT INTO word_use (key, texts, latest) VALUES (:key, :texts, :latest)").bindparams(
    sa.bindparam("latest", type_=sa.LargeBinary())
)


def upgrade() -> None:
    op.create_table(
        "word_use",
        sa.Column("key", ROW, autoincrement=False, nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.Column("latest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_word_use"),
    )
    connection = op.get_bind()
    for client_id in connection.execute(sa.text("SELECT DISTINCT client_id FROM word")).scalars().all():
        _convert(connection, client_id)
    op.drop_table("sketch")
    op.drop_table("word")


def _convert(connection: sa.Connection, client_id: str) -> None:
    seed = int.from_bytes(blake2b(client_id.encode(), digest_size=8).digest(), "big", signed=True)
    least = -(2**63)
    while words := connection.execute(_WORDS, {"client": client_id, "least": least, "part": PART}).all():
        between = {"client": client_id, "least": least, "most": words[-1].token}
        found: defaultdict[int, list[int]] = defaultdict(list)
        for token, number in connection.execute(_SKETCHES, between):
            found[token].append(number)
        rows = [
            {"key": token ^ seed, "texts": texts, "latest": _packed(found.get(token, [])[-LATEST:])}
            for token, texts in words
        ]
        connection.execute(_ADD, rows)
        least = words[-1].token + 1


def _packed(numbers: list[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers)


def downgrade() -> None:
    # Empty: whose word a key stands for cannot be told. They fill again with what comes.
    op.create_table(
        "word",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("token", sa.BigInteger(), nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "token", name="pk_word"),
        sqlite_with_rowid=False,
    )
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
    op.drop_table("word_use")
