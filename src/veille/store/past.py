"""What sources published and is still stored, page by page: to try queries on again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, tuple_, update

from veille.model.entry import Entry
from veille.store import schema
from veille.store.entries import Kept
from veille.store.entries import of_row as entry_of_row
from veille.store.upsert import chunks
from veille.store.values import sha
from veille.text.url import canonical

_entry = schema.entry.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """An entry as stored: whole when it concerned someone, else its beginning."""

    id: int
    #: The row of its source.
    row: int
    seen: datetime
    #: Clamped, aware UTC.
    published: datetime
    canonical: str
    content: bytes
    entry: Entry


def page(
    conn: Connection,
    rows: Collection[int],
    kept: Kept,
    *,
    since: datetime,
    after: Past | None = None,
    limit: int = 1000,
) -> tuple[Past, ...]:
    """Entries of these sources of which so much is kept, seen since then, in order of arrival, those after `after`."""
    bounds = [_entry.kept == int(kept), _entry.seen >= since]
    if after is not None:
        there = tuple_(after.seen, after.id, types=(_entry.seen.type, _entry.id.type))
        bounds.append(tuple_(_entry.seen, _entry.id) > there)
    # The sum keeps the engines from going through all that these sources ever gave, page after page.
    mine = (_entry.source_row + 0).in_(list(rows))
    statement = select(schema.entry).where(*bounds, mine).order_by(_entry.seen, _entry.id).limit(limit)
    return tuple(
        Past(
            id=row.id,
            row=row.source_row,
            seen=row.seen,
            published=row.published,
            canonical=row.canonical,
            content=row.content,
            entry=entry_of_row(row),
        )
        for row in conn.execute(statement)
    )


def pages(conn: Connection, rows: Collection[int], kept: Kept, *, since: datetime) -> Iterator[tuple[Past, ...]]:
    """All of them, a page at a time."""
    after: Past | None = None
    while found := page(conn, rows, kept, since=since, after=after):
        yield found
        after = found[-1]


def told_elsewhere(conn: Connection, client_id: str, links: Sequence[str], *, row: int) -> frozenset[str]:
    """Which of these addresses are those of a mention that the client has from another source than that in `row`."""
    forms = {sha(canonical(link)): link for link in links}
    mention = schema.mention.c
    found: set[str] = set()
    for part in chunks(list(forms)):
        statement = (
            select(mention.canonical_hash)
            .join(schema.entry, _entry.id == mention.entry_id)
            .where(mention.client_id == client_id, mention.canonical_hash.in_(part), _entry.source_row != row)
        )
        found |= {forms[each] for each in conn.execute(statement).scalars()}
    return frozenset(found)


def first_answers(conn: Connection, rows: Collection[int]) -> dict[int, datetime]:
    """When each of these sources first answered; those that never did are left out."""
    source = schema.source.c
    asked = select(source.id, source.first_answer).where(source.first_answer.is_not(None))
    return {row.id: row.first_answer for row in conn.execute(asked) if row.id in rows}


def keep_whole(tx: Connection, ids: Sequence[int]) -> None:
    """These entries concern someone now: what is left of their texts is kept as long as a mention."""
    for part in chunks(ids):
        change = update(schema.entry).where(_entry.id.in_(part), _entry.kept == int(Kept.SHORT))
        tx.execute(change.values(kept=int(Kept.WHOLE)))
