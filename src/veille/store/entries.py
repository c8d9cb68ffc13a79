"""What sources published, once whatever the clients."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from veille.model.entry import Entry
from veille.store import schema, upsert
from veille.store.prepared import Prepared
from veille.store.types import AnyRow
from veille.store.values import sha

#: Characters kept of an entry that concerns nobody: enough to try a query on.
SHORT = 500

_entry = schema.entry.c

#: The row of a source, and a key within it.
Place = tuple[int, str]


class Kept(IntEnum):
    """How much of an entry is kept."""

    SHORT = 0
    WHOLE = 1
    #: Only what recognises it when its source gives it again.
    KEY = 2


@dataclass(frozen=True, slots=True)
class Known:
    """An entry already stored."""

    id: int
    #: Hash of its title and text, to see an edit.
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An entry to store, with what was worked out of it."""

    entry: Entry
    canonical: str
    #: Clamped, aware UTC.
    published: datetime
    #: SHA-256 of its title and text.
    content: bytes
    #: Whether it concerns any client: else only a short text is kept.
    matched: bool


def known(conn: Connection, row: int, keys: Sequence[str]) -> dict[str, Known]:
    """Which of these keys the source in `row` gave before."""
    return {key: each for (_, key), each in known_all(conn, [(row, key) for key in keys]).items()}


def known_all(conn: Connection, places: Collection[Place]) -> dict[Place, Known]:
    """Which of these (row of a source, key) were given before."""
    names = {(row, sha(key)): (row, key) for row, key in places}
    found: dict[Place, Known] = {}
    for part in upsert.chunks(list(names)):
        # All pairs of the two lists: SQLite reads an index for them, and the whole table for a list of pairs.
        asked = {"rows": list({row for row, _ in part}), "hashes": [key_hash for _, key_hash in part]}
        for number, row, key_hash, content in _KNOWN.rows(conn, asked):
            if place := names.get((row, key_hash)):
                found[place] = Known(number, content)
    return found


#: Made once: asked at every poll that answers, the making would cost more than the asking.
_KNOWN = Prepared(
    select(_entry.id, _entry.source_row, _entry.key_hash, _entry.content).where(
        _entry.source_row.in_(bindparam("rows", expanding=True)),
        _entry.key_hash.in_(bindparam("hashes", expanding=True)),
    ),
    "rows",
    "hashes",
)
_COUNT = Prepared(
    update(schema.source)
    .where(schema.source.c.id == bindparam("_row"))
    .values(entries=schema.source.c.entries + bindparam("_more"))
)
_TRY = Prepared(upsert.new("sqlite", schema.entry).returning(_entry.id))
_ADD = Prepared(upsert.new("postgresql", schema.entry))


def add(tx: Connection, row: int, entries: Sequence[NewEntry], *, seen: datetime) -> dict[str, int]:
    """Store what is new of the source in `row`; the id of every key given, those already there included."""
    return {key: number for (_, key), number in add_all(tx, [(row, seen, new) for new in entries]).items()}


def add_all(tx: Connection, entries: Sequence[tuple[int, datetime, NewEntry]]) -> dict[Place, int]:
    """Store what is new of (row of its source, when seen, entry); the id of every place given, old or new."""
    given = {(row, new.entry.key): (seen, new) for row, seen, new in entries}
    rows = {place: _columns(place[0], new, seen) for place, (seen, new) in given.items()}
    added = _tried(tx, rows) if tx.dialect.name == "sqlite" else _added(tx, rows)
    counts = Counter(row for row, _ in added)
    _COUNT.run(tx, [{"_row": row, "_more": more} for row, more in counts.items()])
    before = known_all(tx, [place for place in given if place not in added]) if len(added) < len(given) else {}
    return added | {place: each.id for place, each in before.items()}


def _tried(tx: Connection, rows: Mapping[Place, dict[str, Any]]) -> dict[Place, int]:
    """The numbers of those that were not there."""
    numbers = _TRY.tried(tx, list(rows.values()))
    return {place: number for place, number in zip(rows, numbers, strict=True) if number is not None}


def _added(tx: Connection, rows: Mapping[Place, dict[str, Any]]) -> dict[Place, int]:
    """The same on PostgreSQL, which gives no numbers in order when some are there."""
    before = known_all(tx, rows)
    fresh = [place for place in rows if place not in before]
    _ADD.run(tx, [rows[place] for place in fresh])
    return {place: each.id for place, each in known_all(tx, fresh).items()}


def _columns(row: int, new: NewEntry, seen: datetime) -> dict[str, Any]:
    entry = new.entry
    return {
        "source_row": row,
        "key_hash": sha(entry.key),
        "key": entry.key,
        "published": new.published,
        "seen": seen,
        "published_raw": entry.published_raw,
        **_content(new),
    }


def _content(new: NewEntry) -> dict[str, Any]:
    entry = new.entry
    return {
        "content": new.content,
        "kept": int(Kept.WHOLE if new.matched else Kept.SHORT),
        "link": entry.link,
        "canonical": new.canonical,
        "title": entry.title,
        "text": entry.text if new.matched else entry.text[:SHORT],
        "author": entry.author,
        "site": entry.site,
        "language": entry.language,
        "tags": entry.tags,
        "links": entry.links if new.matched else (),
        "rating": entry.rating,
        "followers": entry.followers,
    }


def edit(tx: Connection, edits: Sequence[tuple[int, NewEntry]], *, at: datetime) -> None:
    """Give entries the text they have now, and keep the one they had. An entry that once matched stays matched."""
    old = _texts(tx, [number for number, _ in edits])
    kept = [
        {
            "entry_id": number,
            "at": at,
            "content": old[number].content,
            "title": old[number].title,
            "text": old[number].text,
        }
        for number, _ in edits
    ]
    if kept:
        tx.execute(insert(schema.entry_edit), kept)
        tx.execute(_EDIT, [{"_id": number, **_edited(old[number], new)} for number, new in edits])


def _edited(old: AnyRow, new: NewEntry) -> dict[str, Any]:
    columns = _content(new)
    if old.kept == Kept.WHOLE and not new.matched:
        return columns | {"kept": int(Kept.WHOLE), "text": new.entry.text, "links": new.entry.links}
    return columns


_EDITED = (
    "content",
    "kept",
    "link",
    "canonical",
    "title",
    "text",
    "author",
    "site",
    "language",
    "tags",
    "links",
    "rating",
    "followers",
)
_EDIT = update(schema.entry).where(_entry.id == bindparam("_id")).values({name: bindparam(name) for name in _EDITED})


def _texts(conn: Connection, ids: Sequence[int]) -> dict[int, AnyRow]:
    statement = select(_entry.id, _entry.content, _entry.title, _entry.text, _entry.kept)
    parts = upsert.chunks(ids)
    return {row.id: row for part in parts for row in conn.execute(statement.where(_entry.id.in_(part)))}


def earlier(conn: Connection, entry_id: int) -> tuple[tuple[datetime, str, str], ...]:
    """What an entry said before each edit, oldest first: (when it changed, title, text)."""
    edits = schema.entry_edit.c
    statement = select(edits.at, edits.title, edits.text).where(edits.entry_id == entry_id).order_by(edits.id)
    return tuple((row.at, row.title, row.text) for row in conn.execute(statement))


def stored(conn: Connection, ids: Sequence[int]) -> dict[int, Entry]:
    """The entries as stored, by id."""
    parts = upsert.chunks(ids)
    statement = select(schema.entry)
    return {row.id: of_row(row) for part in parts for row in conn.execute(statement.where(_entry.id.in_(part)))}


def unmatched(conn: Connection, rows: Iterable[int], *, since: datetime, limit: int = 5000) -> tuple[Entry, ...]:
    """What sources gave since then and that concerned nobody, latest first: to try a query on."""
    statement = (
        select(schema.entry)
        .where(_entry.kept == int(Kept.SHORT), _entry.seen >= since, _entry.source_row.in_(list(rows)))
        .order_by(_entry.seen.desc())
        .limit(limit)
    )
    return tuple(of_row(row) for row in conn.execute(statement))


def of_row(row: AnyRow) -> Entry:
    """The entry that a row of the whole table holds."""
    return Entry(
        key=row.key,
        link=row.link,
        title=row.title,
        text=row.text,
        author=row.author,
        site=row.site,
        published=row.published,
        published_raw=row.published_raw,
        language=row.language,
        tags=row.tags,
        links=row.links,
        rating=row.rating,
        followers=row.followers,
    )
