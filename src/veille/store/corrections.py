"""Stories that a person united or parted: what moved, by whom, when, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, func, insert, or_, select, update

from veille.model.mention import Kinship
from veille.store import schema
from veille.store.types import AnyRow
from veille.store.upsert import chunks, numbered

_correction, _mention, _story = schema.correction.c, schema.mention.c, schema.story.c
#: The evidence of a mention that a person took out of a story: what copies it follows it.
PARTED = "parted by hand"
#: What goes with a story's mentions.
_WITH_A_STORY: Mapping[str, Table] = {
    "mention": schema.mention,
    "alert": schema.alert,
    "decision": schema.decision,
    "feedback": schema.feedback,
}


class Kind(StrEnum):
    """What a person did."""

    MERGE = "merge"
    SPLIT = "split"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One story's mentions that went into another, existing or new."""

    id: int
    client_id: str
    kind: Kind
    #: Where they went, and where they came from.
    story_id: int
    from_id: int
    #: Numbers by table; `verdict` holds (mention, kinship, of, evidence) as they were before a split.
    moved: Mapping[str, tuple[Any, ...]]
    at: datetime
    who: str
    undone: datetime | None = None

    @property
    def mentions(self) -> tuple[int, ...]:
        """The mentions that moved."""
        return tuple(self.moved.get("mention", ()))


def merge(tx: Connection, client_id: str, *, into: int, story_id: int, who: str, at: datetime) -> Correction:
    """Move all of a story into another; what was told of it goes along."""
    moved = {name: _ids(tx, table, table.c.story_id == story_id) for name, table in _WITH_A_STORY.items()}
    _move(tx, moved, to=into)
    _recount(tx, (into, story_id))
    row = {"client_id": client_id, "kind": Kind.MERGE.value, "story_id": into, "from_id": story_id, "moved": moved}
    return _kept(tx, row, who=who, at=at)


def split(
    tx: Connection, client_id: str, *, story_id: int, mentions: Sequence[int], who: str, at: datetime
) -> Correction:
    """Move mentions of a story, with their copies, into a new one. Alerts stay with the old story."""
    chosen = _with_copies(tx, story_id, mentions)
    new = _opened(tx, story_id, chosen[0])
    marks = _ids(tx, schema.feedback, schema.feedback.c.mention_id.in_(chosen))
    moved = {"mention": chosen, "feedback": marks, "verdict": _freed(tx, chosen)}
    _move(tx, moved, to=new)
    _recount(tx, (new, story_id))
    row = {"client_id": client_id, "kind": Kind.SPLIT.value, "story_id": new, "from_id": story_id, "moved": moved}
    return _kept(tx, row, who=who, at=at)


def undo(tx: Connection, done: Correction, *, at: datetime) -> None:
    """Take back what a correction moved, with what has joined it since as a copy; after a split, with all of it."""
    back = dict(done.moved)
    if done.kind is Kind.SPLIT:
        back["mention"] = _ids(tx, schema.mention, _mention.story_id == done.story_id)
    else:
        copies = _ids(tx, schema.mention, _mention.of.in_(done.mentions), _mention.story_id == done.story_id)
        back["mention"] = tuple(dict.fromkeys((*done.mentions, *copies)))
    _move(tx, back, to=done.from_id, at=done.story_id)
    _judge_again(tx, done.moved.get("verdict", ()))
    _recount(tx, (done.story_id, done.from_id))
    tx.execute(update(schema.correction).where(_correction.id == done.id).values(undone=at))


def get(conn: Connection, number: int) -> Correction:
    """The correction of that number. Raises KeyError."""
    row = conn.execute(select(schema.correction).where(_correction.id == number)).first()
    if row is None:
        raise KeyError(number)
    return _of_row(row)


def of_story(conn: Connection, story_id: int) -> tuple[Correction, ...]:
    """What was done to a story and is not undone, oldest first."""
    return _found(conn, or_(_correction.story_id == story_id, _correction.from_id == story_id))


def later(conn: Connection, done: Correction) -> tuple[Correction, ...]:
    """What was done since then to the same stories, and stands in the way of an undo."""
    stories = (done.story_id, done.from_id)
    touches = or_(_correction.story_id.in_(stories), _correction.from_id.in_(stories))
    return _found(conn, touches, _correction.id > done.id)


def resolve(conn: Connection, story_id: int) -> int:
    """The story that holds what this one held: itself, or the one it was merged into."""
    seen = {story_id}
    while True:
        merged = _found(conn, _correction.from_id == story_id, _correction.kind == Kind.MERGE.value)
        if not merged or merged[-1].story_id in seen:
            return story_id
        story_id = merged[-1].story_id
        seen.add(story_id)


def _found(conn: Connection, *conditions: ColumnElement[bool]) -> tuple[Correction, ...]:
    mine = select(schema.correction).where(_correction.undone.is_(None), *conditions)
    return tuple(_of_row(row) for row in conn.execute(mine.order_by(_correction.id)))


def _ids(conn: Connection, table: Table, *conditions: ColumnElement[bool]) -> tuple[int, ...]:
    return tuple(conn.execute(select(table.c.id).where(*conditions).order_by(table.c.id)).scalars())


def _move(tx: Connection, moved: Mapping[str, Sequence[Any]], *, to: int, at: int | None = None) -> None:
    """Give these rows another story; with `at`, only those that are there still."""
    for name, table in _WITH_A_STORY.items():
        for part in chunks(list(moved.get(name, ()))):
            there = [] if at is None else [table.c.story_id == at]
            tx.execute(update(table).where(table.c.id.in_(part), *there).values(story_id=to))


def _recount(tx: Connection, story_ids: Sequence[int]) -> None:
    for story_id in story_ids:
        mine = select(func.count(), func.min(_mention.seen), func.max(_mention.seen))
        total, first, last = tx.execute(mine.where(_mention.story_id == story_id)).one()
        times = {"first_seen": first, "last_seen": last} if total else {}
        tx.execute(update(schema.story).where(_story.id == story_id).values(total=total, **times))


def _with_copies(conn: Connection, story_id: int, mentions: Sequence[int]) -> tuple[int, ...]:
    chosen = or_(_mention.id.in_(mentions), _mention.of.in_(mentions) & (_mention.kinship == Kinship.COPY.value))
    return _ids(conn, schema.mention, _mention.story_id == story_id, chosen)


def _opened(tx: Connection, story_id: int, first: int) -> int:
    """A new story, named after its first mention."""
    entry = schema.entry.c
    said = select(entry.title, entry.text).join(schema.mention, _mention.entry_id == entry.id)
    title, text = tx.execute(said.where(_mention.id == first)).one()
    old = tx.execute(select(schema.story).where(_story.id == story_id)).one()
    row = {name: getattr(old, name) for name in ("client_id", "mark", "first_seen", "last_seen")}
    return numbered(tx, schema.story, [{**row, "title": title or text[:90]}])[0]


def _freed(tx: Connection, chosen: Sequence[int]) -> tuple[tuple[int, str, int | None, str], ...]:
    """Say of these that a person parted them; those likened to what is left behind stand for themselves. As before."""
    verdicts = select(_mention.id, _mention.kinship, _mention.of, _mention.evidence)
    before = tuple(tuple(row) for row in tx.execute(verdicts.where(_mention.id.in_(chosen))))
    change = update(schema.mention).where(_mention.id.in_(chosen))
    tx.execute(change.values(evidence=PARTED))
    tx.execute(change.where(_mention.of.not_in(chosen)).values(kinship=Kinship.NEW.value, of=None))
    return before


def _judge_again(tx: Connection, verdicts: Sequence[tuple[int, str, int | None, str]]) -> None:
    rows = [{"_id": number, "_kin": kin, "_of": of, "_said": said} for number, kin, of, said in verdicts]
    if rows:
        values: dict[str, Any] = {"kinship": bindparam("_kin"), "of": bindparam("_of"), "evidence": bindparam("_said")}
        tx.execute(update(schema.mention).where(_mention.id == bindparam("_id")).values(values), rows)


def _kept(tx: Connection, row: dict[str, Any], *, who: str, at: datetime) -> Correction:
    statement = insert(schema.correction).values(**row, who=who, at=at).returning(_correction.id)
    return get(tx, int(tx.execute(statement).scalar_one()))


def _of_row(row: AnyRow) -> Correction:
    return Correction(
        id=row.id,
        client_id=row.client_id,
        kind=Kind(row.kind),
        story_id=row.story_id,
        from_id=row.from_id,
        moved=row.moved,
        at=row.at,
        who=row.who,
        undone=row.undone,
    )
