"""What a new mention may repeat, found by keys: never by looking through a client's mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, text

from veille.model.mention import Candidate
from veille.store import locks, schema
from veille.store.types import AnyRow
from veille.store.upsert import chunks, insert
from veille.store.values import sha

#: Latest mentions looked at for one key: a storm of copies shares its words, and its last few lead to the first.
PER_KEY = 64
#: Words of the sketch that must be shared.
LEAST_SHARED = 2

_mention, _entry, _state = schema.mention.c, schema.entry.c, schema.client_state.c

#: SQLite knows no LATERAL, PostgreSQL plans the IN badly: the same question for each.
_LATEST = {
    "sqlite": """
        WITH key(n, v) AS (VALUES {values})
        SELECT key.n, mention.id FROM key JOIN mention ON mention.id IN (
            SELECT {number} FROM {table}
            WHERE client_id = :client AND {column} = key.v AND {number} >= :floor ORDER BY {number} DESC LIMIT :cap)
    """,
    "postgresql": """
        WITH key(n, v) AS (VALUES {values})
        SELECT key.n, found.id FROM key CROSS JOIN LATERAL (
            SELECT {number} AS id FROM {table}
            WHERE client_id = :client AND {column} = key.v AND {number} >= :floor ORDER BY {number} DESC LIMIT :cap
        ) AS found
    """,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What is known of a mention to be, by which others like it are found."""

    canonical: str
    title_key: int
    sketch: tuple[int, ...]
    author: str
    site: str


def canonical_hash(canonical: str) -> bytes | None:
    """The key of a canonical address; None without one."""
    return sha(canonical) if canonical else None


def writer_hash(author: str, site: str) -> bytes | None:
    """The key of an author on a site; None without an author."""
    return sha(author, site) if author else None


def candidates(
    conn: Connection, client_id: str, lookups: Sequence[Lookup], *, since: datetime, limit: int = 32
) -> list[tuple[Candidate, ...]]:
    """For each lookup, the client's mentions seen since then that it may repeat, the likeliest first.

    By canonical address, then title, then words shared (two or more), then the same author on the same site. A few
    questions in all, however many lookups.
    """
    floor = _floor(conn, client_id, since)
    if floor is None:
        return [() for _ in lookups]
    found = _found(conn, client_id, lookups, floor)
    ranked = [_ranked(lookup, found)[:limit] for lookup in lookups]
    rows = _candidates(conn, {number for numbers in ranked for number in numbers})
    return [tuple(rows[number] for number in numbers if number in rows) for numbers in ranked]


def _floor(conn: Connection, client_id: str, since: datetime) -> int | None:
    # Numbers grow with the time of arrival, so that the first one seen since then bounds every index.
    recent = select(_mention.id).where(_mention.client_id == client_id, _mention.seen >= since)
    return conn.execute(recent.order_by(_mention.seen, _mention.id).limit(1)).scalar()


@dataclass(frozen=True, slots=True)
class _Found:
    canonical: dict[Hashable, list[int]]
    title: dict[Hashable, list[int]]
    writer: dict[Hashable, list[int]]
    word: dict[Hashable, list[int]]


def _found(conn: Connection, client_id: str, lookups: Sequence[Lookup], floor: int) -> _Found:
    def latest(table: str, column: str, keys: Iterable[Hashable | None]) -> dict[Hashable, list[int]]:
        wanted = list(dict.fromkeys(key for key in keys if key is not None))
        return _latest(conn, (table, column), wanted, client_id=client_id, floor=floor)

    return _Found(
        latest("mention", "canonical_hash", (canonical_hash(each.canonical) for each in lookups)),
        latest("mention", "title_key", (each.title_key for each in lookups)),
        latest("mention", "writer_hash", (writer_hash(each.author, each.site) for each in lookups)),
        latest("sketch", "token", (token for each in lookups for token in each.sketch)),
    )


def _latest(
    conn: Connection, where: tuple[str, str], keys: Sequence[Hashable], *, client_id: str, floor: int
) -> dict[Hashable, list[int]]:
    """The last mentions under each key of an indexed column: `where` is (table, column), never text from outside."""
    table, column = where
    number = "mention_id" if table == "sketch" else "id"
    found: dict[Hashable, list[int]] = {}
    for part in chunks(keys):
        values = ", ".join(f"({index}, :v{index})" for index in range(len(part)))
        sql = _LATEST[conn.dialect.name].format(values=values, table=table, column=column, number=number)
        bound = {f"v{index}": key for index, key in enumerate(part)}
        for n, mention_id in conn.execute(text(sql), {"client": client_id, "floor": floor, "cap": PER_KEY, **bound}):
            found.setdefault(part[n], []).append(mention_id)
    return found


def _ranked(lookup: Lookup, found: _Found) -> list[int]:
    shared = Counter(number for token in set(lookup.sketch) for number in found.word.get(token, ()))
    alike = [number for number, count in shared.most_common() if count >= LEAST_SHARED]
    order = [
        *_newest(found.canonical.get(canonical_hash(lookup.canonical))),
        *_newest(found.title.get(lookup.title_key)),
        *alike,
        *_newest(found.writer.get(writer_hash(lookup.author, lookup.site))),
    ]
    return list(dict.fromkeys(order))


def _newest(numbers: list[int] | None, most: int = 8) -> list[int]:
    return sorted(numbers or (), reverse=True)[:most]


def _candidates(conn: Connection, ids: set[int]) -> dict[int, Candidate]:
    columns = (_mention.id, _mention.story_id, _mention.published, _mention.seen, _mention.kinship, _mention.of)
    said = (_entry.canonical, _entry.title, _entry.text, _entry.author, _entry.site)
    statement = select(*columns, *said).join(schema.entry, _entry.id == _mention.entry_id)
    parts = chunks(sorted(ids))
    return {row.id: _candidate(row) for part in parts for row in conn.execute(statement.where(_mention.id.in_(part)))}


def _candidate(row: AnyRow) -> Candidate:
    return Candidate(
        mention_id=row.id,
        story_id=row.story_id,
        canonical=row.canonical,
        title=row.title,
        text=row.text,
        author=row.author,
        site=row.site,
        published=row.published,
        seen=row.seen,
        copy_of=row.of if row.kinship == "copy" else None,
    )


def placement(conn: Connection, client_id: str) -> int:
    """The client's placement counter: whoever placed mentions on an older number must place them again."""
    return conn.execute(select(_state.placement).where(_state.client_id == client_id)).scalar() or 0


def bump(tx: Connection, client_id: str) -> int:
    """Move the client's placement counter on; its new number."""
    statement = insert(tx, schema.client_state).values(client_id=client_id, placement=1)
    moved = statement.on_conflict_do_update(
        index_elements=("client_id",), set_={"placement": _state.placement + 1}
    ).returning(_state.placement)
    return int(tx.execute(moved).scalar_one())


def turn(tx: Connection, client_ids: Iterable[str]) -> None:
    """Be the only one who places or judges for these clients until the transaction ends."""
    locks.take(tx, [f"client {client_id}" for client_id in client_ids])
