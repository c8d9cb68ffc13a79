"""How each source answered, poll by poll: what an audit reads. Polls in a row that came to the same share a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from veille.store import schema
from veille.store.prepared import Prepared
from veille.store.upsert import chunks

#: Characters kept of an error.
ERROR = 200

_poll = schema.poll.c


class Outcome(StrEnum):
    """What a poll came to."""

    #: New entries came.
    NEWS = "news"
    #: It answered, and nothing was new.
    NOTHING_NEW = "nothing_new"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One poll of the source in `row`, or several in a row of the same outcome."""

    row: int
    at: datetime
    outcome: Outcome
    fresh: int = 0
    error: str = ""
    #: When the first of them was.
    began: datetime
    times: int = 1


def news(row: int, at: datetime, fresh: int) -> Poll:
    """A poll that answered, with so many new entries."""
    outcome = Outcome.NEWS if fresh else Outcome.NOTHING_NEW
    return Poll(row=row, at=at, outcome=outcome, fresh=fresh, began=at)


def failed(row: int, at: datetime, error: str) -> Poll:
    """A poll that failed."""
    return Poll(row=row, at=at, outcome=Outcome.ERROR, error=error[:ERROR], began=at)


def record(tx: Connection, polls: Sequence[Poll]) -> None:
    """Keep these polls, one at most a source: each goes on with the last row of its source when that says the same."""
    last = _last(tx, [poll.row for poll in polls])
    longer: list[dict[str, Any]] = []
    fresh: list[dict[str, Any]] = []
    for poll in polls:
        before = last.get(poll.row)
        if before is not None and poll.outcome is not Outcome.NEWS and before[1:] == (poll.outcome.value, poll.error):
            longer.append({"_id": before[0], "_at": poll.at})
        else:
            fresh.append(_columns(poll))
    _LONGER.run(tx, longer)
    _ADD.run(tx, fresh)


#: Made once: asked with every page.
_LONGER = Prepared(
    update(schema.poll).where(_poll.id == bindparam("_id")).values(at=bindparam("_at"), times=_poll.times + 1)
)
_ADD = Prepared(insert(schema.poll))
_NEWEST = select(func.max(_poll.id)).where(_poll.source_row.in_(bindparam("_rows", expanding=True)))
_LATEST = Prepared(
    select(_poll.source_row, _poll.id, _poll.outcome, _poll.error).where(
        _poll.id.in_(_NEWEST.group_by(_poll.source_row))
    ),
    "_rows",
)


def _last(conn: Connection, rows: Sequence[int]) -> dict[int, tuple[int, str, str]]:
    found: dict[int, tuple[int, str, str]] = {}
    for part in chunks(list(rows)):
        for row in _LATEST.rows(conn, {"_rows": part}):
            found[row.source_row] = (row.id, row.outcome, row.error)
    return found


def _columns(poll: Poll) -> dict[str, Any]:
    return {
        "source_row": poll.row,
        "began": poll.began,
        "at": poll.at,
        "times": poll.times,
        "outcome": poll.outcome.value,
        "fresh": poll.fresh,
        "error": poll.error,
    }


def between(conn: Connection, row: int, *, since: datetime, until: datetime) -> tuple[Poll, ...]:
    """The polls of a source that touch [since, until), oldest first."""
    asked = select(schema.poll).where(_poll.source_row == row, _poll.at >= since, _poll.began < until)
    return tuple(
        Poll(
            row=found.source_row,
            at=found.at,
            outcome=Outcome(found.outcome),
            fresh=found.fresh,
            error=found.error,
            began=found.began,
            times=found.times,
        )
        for found in conn.execute(asked.order_by(_poll.id))
    )


def kept_since(conn: Connection) -> datetime | None:
    """When the oldest poll that is kept was (None = none is)."""
    return conn.execute(select(func.min(_poll.began))).scalar()
