"""A plain series of counts through the detector: a CSV of `timestamp,value` in, with `score,alarm` out."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from veille.analysis.series import Judged, Point, judge
from veille.replay.items import BadLine

#: The columns asked for; others are passed over.
ASKED = ("timestamp", "value")
WRITTEN = (*ASKED, "score", "alarm")
#: The largest count, whose sums stay exact.
MOST = 1e12


@dataclass(frozen=True, slots=True)
class Counted:
    """What a series came to."""

    rows: int
    alarms: int


@dataclass(frozen=True, slots=True)
class _Row:
    """One row as it was written, and as it is understood."""

    timestamp: str
    value: str
    point: Point


def run(source: Path, out: Path) -> Counted:
    """Judges every row of `source` from those before it; `out` repeats them with a score (0-1) and an alarm (0, 1).

    Nothing is written unless every row is good, so `out` may be `source`. Raises BadLine, and OSError when a
    file cannot be read or written.
    """
    with source.open("rb") as file:
        rows = tuple(_rows(file))
    judged = tuple(judge(row.point for row in rows))
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(WRITTEN)
        writer.writerows(_written(row, answer) for row, answer in zip(rows, judged, strict=True))
    return Counted(rows=len(rows), alarms=sum(answer.alarm for answer in judged))


def _written(row: _Row, judged: Judged) -> tuple[str, ...]:
    return row.timestamp, row.value, f"{judged.score:.6f}", str(int(judged.alarm))


def _rows(lines: Iterable[bytes]) -> Iterator[_Row]:
    """The rows, each later than the one before. Raises BadLine."""
    before: datetime | None = None
    for number, timestamp, value in _fields(lines):
        try:
            point = Point(_moment(timestamp, before), _count(value))
        except ValueError as error:
            raise BadLine(number, str(error)) from None
        before = point.at
        yield _Row(timestamp, value, point)


def _fields(lines: Iterable[bytes]) -> Iterator[tuple[int, str, str]]:
    """(number of the line, timestamp, value) of each row that is not blank. Raises BadLine."""
    reader = csv.reader(_decoded(lines))
    try:
        first, second = _places(next(reader, []))
        for fields in reader:
            if any(field.strip() for field in fields):
                yield reader.line_num, _field(fields, first), _field(fields, second)
    except csv.Error as error:
        raise BadLine(reader.line_num, str(error)) from None


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise BadLine(number, "not UTF-8 text") from None


def _places(header: Sequence[str]) -> tuple[int, int]:
    """Where the asked columns stand. Raises BadLine."""
    names = [name.strip().lower() for name in header]
    if any(name not in names for name in ASKED):
        raise BadLine(1, "the first line must name the columns: timestamp,value")
    timestamp, value = (names.index(name) for name in ASKED)
    return timestamp, value


def _field(fields: Sequence[str], place: int) -> str:
    return fields[place].strip() if place < len(fields) else ""


def _moment(said: str, before: datetime | None) -> datetime:
    """Raises ValueError, which says what is wrong."""
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        raise ValueError(f"timestamp {said!r} is no moment: write 2026-11-21 10:05:00") from None
    if before is None:
        return at
    if (at.tzinfo is None) != (before.tzinfo is None):
        raise ValueError("some timestamps have a zone and some have none")
    if at <= before:
        raise ValueError(f"timestamp {said} is not later than the row before")
    return at


def _count(said: str) -> float:
    """Raises ValueError, which says what is wrong."""
    try:
        value = float(said)
    except ValueError:
        raise ValueError(f"value {said!r} is no number") from None
    if not 0 <= value <= MOST:
        raise ValueError(f"value {said} is no count: it must be 0 or more, and at most {MOST:.0e}")
    return value
