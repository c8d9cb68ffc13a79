"""Column types that hold the same value on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, Row, Text
from sqlalchemy.types import TypeDecorator

from veille.text.clean import clean

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

#: A row of any columns.
AnyRow = Row[*tuple[Any, ...]]

#: SQLite only numbers rows by itself in a column of type INTEGER.
RowId = BigInteger().with_variant(Integer(), "sqlite")


def micros(value: datetime) -> int:
    """Microseconds since 1970 of an aware datetime. Raises ValueError for a naive one."""
    if value.tzinfo is None:
        raise ValueError(f"a naive datetime cannot be stored: {value!r}")
    return (value - EPOCH) // MICROSECOND


def _bound_moment(value: datetime | None) -> int | None:
    return None if value is None else micros(value)


def moment(value: int) -> datetime:
    """The aware UTC datetime so many microseconds after 1970."""
    return EPOCH + timedelta(microseconds=value)


def _moment(value: int | None) -> datetime | None:
    return None if value is None else EPOCH + timedelta(microseconds=value)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime as whole microseconds: SQLite keeps no zone, PostgreSQL no year past its own range."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return _bound_moment(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], int | None]:
        """As for texts."""
        return _bound_moment

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return _moment(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[int | None], datetime | None]:
        """As for texts."""
        return _moment


class Duration(TypeDecorator[timedelta]):
    """A length of time as whole microseconds."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:
        return None if value is None else value // MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> timedelta | None:
        return None if value is None else timedelta(microseconds=value)


class CleanText(TypeDecorator[str]):
    """Text that both engines take: a NUL stops PostgreSQL, a lone surrogate stops both."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return _bound_text(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None]:
        """The function itself: a page binds hundreds of texts, and SQLAlchemy's way there costs more than the look."""
        return _bound_text


def _bound_text(value: str | None) -> str | None:
    return None if value is None else storable(value)


def storable(value: str) -> str:
    """The text itself when both engines take it as it is, else cleaned."""
    if value.isascii():
        return clean(value) if "\0" in value else value
    try:
        value.encode()
    except UnicodeEncodeError:
        return clean(value)
    return clean(value) if "\0" in value else value


#: Made once: json.dumps would make one for every value.
_ENCODER = json.JSONEncoder(separators=(",", ":"))


class JsonText(TypeDecorator[Any]):
    """Plain values as JSON in ASCII, so that no character of a feed can upset an engine; arrays come back as tuples."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        return _bound_json(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str]:
        """As for texts."""
        return _bound_json

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return _read_json(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], Any]:
        """As for texts."""
        return _read_json


def _read_json(value: str | None) -> Any:
    if value is None:
        return None
    # A list comes back as a tuple, which nobody can change: what is read again and again is read once.
    return _frozen(value) if value.startswith("[") else freeze(json.loads(value))


@lru_cache(maxsize=8192)
def _frozen(text: str) -> Any:
    return freeze(json.loads(text))


def _bound_json(value: Any) -> str:
    return "[]" if value == () else _ENCODER.encode(value)


def freeze(value: Any) -> Any:
    """The same value with every list made a tuple."""
    if isinstance(value, list):
        return tuple(freeze(item) for item in value)
    if isinstance(value, dict):
        return {key: freeze(item) for key, item in value.items()}
    return value
