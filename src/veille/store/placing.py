"""What a new mention may repeat, found by keys: never by looking through a client's mentions."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, TextClause, bindparam, select, text

from veille.model.mention import Candidate
from veille.store import locks, schema, words
from veille.store.corrections import PARTED
from veille.store.prepared import Prepared, asking
from veille.store.sharing import sharing
from veille.store.types import AnyRow, micros
from veille.store.upsert import chunks, insert_into, padded
from veille.store.values import sha
from veille.store.words import Uses

#: Latest mentions looked at for one key: a storm of copies shares its words, and its last few lead to the first.
PER_KEY = 64
#: Mentions that one lookup brings.
LIKELIEST = 32

_mention, _entry, _state = schema.mention.c, schema.entry.c, schema.client_state.c

#: The last numbers under each key, as text: one arm a kind of key. PostgreSQL plans a correlated query badly.
_LATEST = f"""
    SELECT '{{kind}}', key.n, found.ids FROM (VALUES {{values}}) AS key(n, v) CROSS JOIN LATERAL (
        SELECT string_agg(id::text, ',' ORDER BY id DESC) AS ids FROM (
            SELECT {{number}} AS id FROM {{table}}
            WHERE client_id = :client AND {{column}} = key.v AND {{number}} >= :floor
            ORDER BY {{number}} DESC LIMIT {PER_KEY}) AS latest
    ) AS found
"""
#: Kind of key: table, column, the mention's number there.
_KINDS = {
    "canonical": ("mention", "canonical_hash", "id"),
    "title": ("mention", "title_key", "id"),
    "writer": ("mention", "writer_hash", "id"),
    "link": ("mention_link", "address_hash", "mention_id"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What is known of a mention to be, by which others like it are found."""

    canonical: str
    title_key: int
    #: Hashed, the rarest first; and what each says (nothing here = all the same).
    sketch: tuple[int, ...]
    rarity: tuple[float, ...] = ()
    author: str
    site: str
    #: Canonical addresses that the text points to.
    links: tuple[str, ...] = ()
    #: All that its text is likened by, hashed.
    tokens: tuple[int, ...] = ()


def canonical_hash(canonical: str) -> bytes | None:
    """The key of a canonical address; None without one."""
    return sha(canonical) if canonical else None


def writer_hash(author: str, site: str) -> bytes | None:
    """The key of an author on a site; None without an author."""
    return sha(author, site) if author else None


#: Made once: asked with every page that holds mentions.
_FLOOR = Prepared(
    select(_mention.id)
    .where(_mention.client_id == bindparam("_client"), _mention.seen >= bindparam("_since"))
    .order_by(_mention.seen, _mention.id)
    .limit(1)
)
_CEILING = Prepared(
    select(_mention.id)
    .where(_mention.client_id == bindparam("_client"), _mention.seen <= bindparam("_until"))
    .order_by(_mention.seen.desc(), _mention.id.desc())
    .limit(1)
)
_PLACEMENT = Prepared(select(_state.placement).where(_state.client_id == bindparam("_client")))
_COLUMNS = (_mention.id, _mention.client_id, _mention.story_id, _mention.published, _mention.seen)
_VERDICT = (_mention.kinship, _mention.of, _mention.evidence)
_SAID = (_entry.canonical, _entry.title, _entry.text, _entry.author, _entry.site)
_CANDIDATES = Prepared(
    select(*_COLUMNS, *_VERDICT, *_SAID)
    .join(schema.entry, _entry.id == _mention.entry_id)
    .where(_mention.id.in_(bindparam("_ids", expanding=True))),
    "_ids",
)


def candidates(
    conn: Connection,
    client_id: str,
    lookups: Sequence[Lookup],
    *,
    since: datetime,
    until: datetime | None = None,
    met: Uses | None = None,
    limit: int = LIKELIEST,
) -> list[tuple[Candidate, ...]]:
    """For each lookup, the client's mentions seen since then (and `until`) that it may repeat, the likeliest first.

    By canonical address, then links from one to the other, then title, then what the shared words say, then the same
    author on the same site. A few questions in all, however many lookups. `met`: what was asked already of the words.
    """
    floor = _floor(conn, client_id, since)
    if floor is None:
        return [() for _ in lookups]
    met = met or words.uses(conn, client_id, [token for lookup in lookups for token in lookup.sketch])
    found = _found(conn, client_id, lookups, floor)
    last = None
    if until is not None:
        last = _CEILING.scalar(conn, {"_client": client_id, "_until": until}) or 0
        found = _older(found, last)
    ranked = [
        _ranked(lookup, found, sharing(met, lookup.sketch, lookup.rarity, least=floor, last=last))[:limit]
        for lookup in lookups
    ]
    rows = _candidates(conn, client_id, {number for numbers in ranked for number in numbers})
    return [
        tuple(_told_of(lookup, found, rows[number]) for number in numbers if number in rows)
        for lookup, numbers in zip(lookups, ranked, strict=True)
    ]


def _older(found: _Found, last: int) -> _Found:
    return {key: [number for number in numbers if number <= last] for key, numbers in found.items()}


def _told_of(lookup: Lookup, found: _Found, candidate: Candidate) -> Candidate:
    """The candidate, which says whether its text points to what is placed."""
    linking = found.get(("link", canonical_hash(lookup.canonical)), ())
    return replace(candidate, links_here=True) if candidate.mention_id in linking else candidate


def _floor(conn: Connection, client_id: str, since: datetime) -> int | None:
    # Numbers grow with the time of arrival, so that the first one seen since then bounds every index.
    if conn.dialect.name == "sqlite":
        row = asking(conn)(_FIRST, (client_id, micros(since))).fetchone()
        return None if row is None else int(row[0])
    found: int | None = _FLOOR.scalar(conn, {"_client": client_id, "_since": since})
    return found


_FIRST = "SELECT id FROM mention WHERE client_id = ? AND seen >= ? ORDER BY seen, id LIMIT 1"


#: The last mentions under a key of a kind.
_Found = Mapping[tuple[str, Hashable], Sequence[int]]


def _found(conn: Connection, client_id: str, lookups: Sequence[Lookup], floor: int) -> _Found:
    wanted = list(dict.fromkeys(key for each in lookups for key in _keys(each)))
    found: dict[tuple[str, Hashable], list[int]] = {}
    for part in chunks(wanted):
        by_kind = {kind: [key for each, key in part if each == kind] for kind in _KINDS}
        if conn.dialect.name == "sqlite":
            found |= _found_in_sqlite(conn, client_id, by_kind, floor)
            continue
        shape = tuple((kind, padded(len(keys))) for kind, keys in by_kind.items() if keys)
        bound = {f"{kind}{n}": key for kind, keys in by_kind.items() for n, key in enumerate(keys)}
        empty = {f"{kind}{n}": None for kind, size in shape for n in range(len(by_kind[kind]), size)}
        asked = {"client": client_id, "floor": floor, **bound, **empty}
        for kind, n, ids in conn.execute(_question(shape), asked).all():
            if ids:
                found[kind, by_kind[kind][n]] = [int(number) for number in ids.split(",")]
    return found


def _found_in_sqlite(
    conn: Connection, client_id: str, by_kind: Mapping[str, Sequence[Hashable]], floor: int
) -> dict[tuple[str, Hashable], list[int]]:
    """Each key asked by itself: the driver keeps the four statements, and a question costs less than its text."""
    found: dict[tuple[str, Hashable], list[int]] = {}
    ask = asking(conn)
    for kind, keys in by_kind.items():
        question = _LAST[kind]
        for key in keys:
            if rows := ask(question, (client_id, key, floor)).fetchall():
                found[kind, key] = [number for (number,) in rows]
    return found


_LAST = {
    kind: f"SELECT {number} FROM {table} WHERE client_id = ? AND {column} = ? AND {number} >= ?"
    f" ORDER BY {number} DESC LIMIT {PER_KEY}"
    for kind, (table, column, number) in _KINDS.items()
}


def _keys(lookup: Lookup) -> Iterator[tuple[str, Hashable]]:
    if lookup.canonical:
        yield "canonical", canonical_hash(lookup.canonical)
        yield "link", canonical_hash(lookup.canonical)
    yield from (("canonical", canonical_hash(link)) for link in lookup.links)
    if lookup.title_key:
        yield "title", lookup.title_key
    if lookup.author:
        yield "writer", writer_hash(lookup.author, lookup.site)


@lru_cache(maxsize=512)
def _question(shape: tuple[tuple[str, int], ...]) -> TextClause:
    """For so many keys of each kind, on PostgreSQL."""
    arms = []
    for kind, size in shape:
        table, column, number = _KINDS[kind]
        cast = "bigint" if kind == "title" else "bytea"
        values = ", ".join(f"({n}, CAST(:{kind}{n} AS {cast}))" for n in range(size))
        arms.append(_LATEST.format(kind=kind, table=table, column=column, number=number, values=values))
    return text(" UNION ALL ".join(arms))


def _ranked(lookup: Lookup, found: _Found, alike: Sequence[int]) -> list[int]:
    order = [
        *_newest(found.get(("canonical", canonical_hash(lookup.canonical)))),
        *(number for link in lookup.links for number in _newest(found.get(("canonical", canonical_hash(link))), 1)),
        *_newest(found.get(("link", canonical_hash(lookup.canonical)))),
        *_newest(found.get(("title", lookup.title_key))),
        *alike,
        *_newest(found.get(("writer", writer_hash(lookup.author, lookup.site)))),
    ]
    return list(dict.fromkeys(order))


def _newest(numbers: Sequence[int] | None, most: int = 8) -> list[int]:
    return sorted(numbers or (), reverse=True)[:most]


def _candidates(conn: Connection, client_id: str, ids: set[int]) -> dict[int, Candidate]:
    found = (row for part in chunks(sorted(ids)) for row in _CANDIDATES.rows(conn, {"_ids": part}))
    # Two clients' words may share a key (store/words.py): what it finds of another client is none of ours.
    return {row.id: _candidate(row) for row in found if row.client_id == client_id}


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
        parted=row.evidence == PARTED,
    )


def placement(conn: Connection, client_id: str) -> int:
    """The client's placement counter: whoever placed mentions on an older number must place them again."""
    return _PLACEMENT.scalar(conn, {"_client": client_id}) or 0


def bump(tx: Connection, client_id: str) -> int:
    """Move the client's placement counter on; its new number."""
    return _BUMP[tx.dialect.name].numbered(tx, [{"_client": client_id}])[0]


def _bump(dialect: str) -> Prepared:
    statement = insert_into(dialect, schema.client_state).values(client_id=bindparam("_client"), placement=1)
    more = {"placement": _state.placement + 1}
    return Prepared(
        statement.on_conflict_do_update(index_elements=("client_id",), set_=more).returning(_state.placement)
    )


_BUMP = {dialect: _bump(dialect) for dialect in ("sqlite", "postgresql")}


def turn(tx: Connection, client_ids: Iterable[str]) -> None:
    """Be the only one who places or judges for these clients until the transaction ends."""
    locks.take(tx, [f"client {client_id}" for client_id in client_ids])
