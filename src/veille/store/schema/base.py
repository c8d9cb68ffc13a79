"""The metadata that every table belongs to, and the columns that recur."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, MetaData

from veille.store.types import CleanText, RowId, UtcDateTime

#: Named constraints, so that a later migration can drop or change them on both engines.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def identity() -> Column[int]:
    """The number of a row, given by the engine."""
    return Column("id", RowId, primary_key=True)


def owner() -> Column[str]:
    """Which process works on the row ("" = none)."""
    return Column("owner", CleanText, nullable=False, default="")


def lease_until() -> Column[object]:
    """Until when the owner may be believed alive."""
    return Column("lease_until", UtcDateTime)


def digest_of(name: str, *, nullable: bool = False, primary_key: bool = False) -> Column[bytes]:
    """The SHA-256 of something too long for an index (PostgreSQL refuses keys over 2,704 bytes)."""
    return Column(name, LargeBinary(32), nullable=nullable, primary_key=primary_key)
