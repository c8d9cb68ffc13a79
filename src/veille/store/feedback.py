"""What people said of mentions: lessons for a client, and verdicts on the alerts that a person received."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, exists, func, or_, select, update

from veille.model.alert import Reason
from veille.model.digest import Period
from veille.model.feedback import Mark, Marked
from veille.model.message import NotificationState
from veille.store import schema
from veille.store.periods import CLIENT, bound, of_period
from veille.store.prepared import Prepared
from veille.store.types import AnyRow
from veille.store.upsert import chunks, upsert

#: Marks of a client that teach: the latest.
TEACHING = 500
#: Mentions that say what is usual for a client.
USUAL = 200

_feedback, _mention, _entry = schema.feedback.c, schema.mention.c, schema.entry.c
_alert, _note = schema.alert.c, schema.notification.c
_decision, _link = schema.decision.c, schema.decision_mention.c
#: Told at once, and yet no page of its own.
_CALM = (Reason.SPIKE_OVER.value, Reason.OVER_BUDGET_SUMMARY.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged:
    """An alert that reached someone, and the last mark given to its story since (None = none)."""

    alert_id: int
    client_id: str
    person_id: str
    #: When it left.
    at: datetime
    mark: Mark | None


def add(tx: Connection, client_id: str, marked: Marked) -> None:
    """Keep a mark; a later one about the same mention takes its place."""
    row = {
        "client_id": client_id,
        "mention_id": marked.mention_id,
        "story_id": marked.story_id,
        "mark": marked.mark.value,
        "at": marked.at,
        "who": marked.who,
        "words": sorted(marked.words),
        "site": marked.site,
        "forgotten": None,
    }
    upsert(tx, schema.feedback, [row], keys=("client_id", "mention_id"))


def marks(conn: Connection, client_id: str, *, limit: int = TEACHING) -> tuple[Marked, ...]:
    """The client's marks that teach, the latest first."""
    return tuple(_of_row(row) for row in _MARKS.rows(conn, {"_client": client_id, "_most": limit}))


#: Made once: asked with every page that holds mentions.
_MARKS = Prepared(
    select(schema.feedback)
    .where(_feedback.client_id == bindparam("_client"), _feedback.forgotten.is_(None))
    .order_by(_feedback.at.desc())
    .limit(bindparam("_most"))
)


def of_mentions(conn: Connection, mention_ids: Sequence[int]) -> dict[int, Marked]:
    """The mark of each mention that has one, forgotten or not."""
    rows = (
        row
        for part in chunks(list(mention_ids))
        for row in conn.execute(select(schema.feedback).where(_feedback.mention_id.in_(part)))
    )
    return {row.mention_id: _of_row(row) for row in rows}


def usual(conn: Connection, client_id: str, *, limit: int = USUAL) -> tuple[tuple[str, str, str], ...]:
    """(title, text, site) of the client's latest mentions that nobody marked; no own statement, no look-alike."""
    unmarked = ~exists().where(_feedback.client_id == client_id, _feedback.mention_id == _mention.id)
    mine = select(_entry.title, _entry.text, _entry.site).join(schema.mention, _mention.entry_id == _entry.id)
    held = (Reason.NOT_US.value, Reason.LEFT_OUT.value)
    alike = exists().where(
        _link.mention_id == _mention.id, _link.decision_id == _decision.id, _decision.reason.in_(held)
    )
    known = (_mention.own.is_(False), _mention.assessed.is_not(None), unmarked, ~alike)
    asked = mine.where(_mention.client_id == client_id, *known)
    return tuple(
        tuple(row) for row in conn.execute(asked.order_by(_mention.seen.desc(), _mention.id.desc()).limit(limit))
    )


def reset(tx: Connection, client_id: str, *, at: datetime) -> int:
    """Take back all lessons of a client; how many marks. They still count in the figures."""
    mine = update(schema.feedback).where(_feedback.client_id == client_id, _feedback.forgotten.is_(None))
    return tx.execute(mine.values(forgotten=at)).rowcount


def not_us(conn: Connection, client_id: str, period: Period) -> frozenset[int]:
    """The client's mentions of the period that the digest leaves out: marked "not us", or surely like those marked."""
    return frozenset(number for (number,) in _NOT_US(period).rows(conn, bound(client_id, period)))


def _left_out(within: ColumnElement[bool]) -> Select[Any]:
    mine = (_feedback.client_id == CLIENT, _feedback.mention_id == _mention.id)
    marked = exists().where(*mine, _feedback.mark == Mark.NOT_US.value)
    alike = exists().where(
        _link.mention_id == _mention.id,
        _link.decision_id == _decision.id,
        _decision.reason == Reason.LEFT_OUT.value,
    )
    taken_back = exists().where(*mine, _feedback.mark != Mark.NOT_US.value)
    return select(_mention.id).where(within, _mention.backlog.is_(False), or_(marked, alike), ~taken_back)


_NOT_US = of_period(_left_out)


def paged(conn: Connection, *, since: datetime, person_id: str = "") -> tuple[Paged, ...]:
    """The urgent alerts that left since then, one a person, oldest first; of one person when it is named.

    Calm messages (a spike's end, the summary over the daily limit) are none.
    """
    question, named = (_PAGED_TO, {"_person": person_id}) if person_id else (_PAGED, {})
    rows = question.rows(conn, {"_since": since, **named})
    said = _last_marks(conn, {row.story_id for row in rows if row.story_id is not None})
    return tuple(
        Paged(
            alert_id=row.id,
            client_id=row.client_id,
            person_id=row.person_id,
            at=row.left,
            mark=_after(said.get(row.story_id, ()), row.at),
        )
        for row in rows
    )


def _paged(*mine: ColumnElement[bool]) -> Select[Any]:
    left = func.min(_note.due).label("left")
    told = (_note.state == NotificationState.SENT.value, _alert.reason.not_in(_CALM))
    return (
        select(_alert.id, _alert.client_id, _alert.story_id, _alert.at, _note.person_id, left)
        .join(schema.notification, _note.alert_id == _alert.id)
        .where(_alert.at >= bindparam("_since"), *told, *mine)
        .group_by(_alert.id, _alert.client_id, _alert.story_id, _alert.at, _note.person_id)
        .order_by(_alert.id, _note.person_id)
    )


_PAGED = Prepared(_paged())
_PAGED_TO = Prepared(_paged(_note.person_id == bindparam("_person")))


def _last_marks(conn: Connection, story_ids: Iterable[int]) -> dict[int, list[AnyRow]]:
    found: dict[int, list[AnyRow]] = {}
    columns = (_feedback.story_id, _feedback.mark, _feedback.at)
    for part in chunks(sorted(story_ids)):
        for row in conn.execute(select(*columns).where(_feedback.story_id.in_(part)).order_by(_feedback.at)):
            found.setdefault(row.story_id, []).append(row)
    return found


def _after(said: Sequence[AnyRow], at: datetime) -> Mark | None:
    """What was said last, after the alert: an earlier mark was about something else."""
    return next((Mark(row.mark) for row in reversed(said) if row.at >= at), None)


def _of_row(row: AnyRow) -> Marked:
    return Marked(
        mention_id=row.mention_id,
        story_id=row.story_id,
        mark=Mark(row.mark),
        words=frozenset(row.words),
        site=row.site,
        at=row.at,
        who=row.who,
    )
