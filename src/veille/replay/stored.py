"""What the database holds of a client, as items: the same entries, seen when they were seen. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from veille.model.watch import Client
from veille.pipeline.history import SOURCE, source_of
from veille.replay.items import Item
from veille.store import Connection, past, sources
from veille.store.entries import Kept
from veille.store.past import Past

#: Played before the day asked for and not told: what the usual is learnt from.
WARM_UP = timedelta(days=28)

_EVER = datetime(1970, 1, 1, tzinfo=UTC)
#: A first poll, from its answer to its last entry saved; the next poll comes later.
_FIRST_POLL = timedelta(seconds=30)


def stored_items(conn: Connection, client: Client, *, since: datetime) -> tuple[Item, ...]:
    """What the client's sources gave from four weeks before `since` on, in the order it was seen."""
    names = {source.id for source in client.sources}
    rows = {row: name for (_, name), row in sources.rows_of(conn, client.id).items() if name in names}
    begun = past.first_answers(conn, rows)
    found = [
        _item(one, rows[one.row], begun)
        for kept in (Kept.SHORT, Kept.WHOLE)
        for page in past.pages(conn, rows, kept, since=since - WARM_UP)
        for one in page
    ]
    found += _taken_in(conn, client, since=since - WARM_UP)
    return tuple(sorted(found, key=lambda item: (item.seen, item.published, item.entry.key)))


def _taken_in(conn: Connection, client: Client, *, since: datetime) -> list[Item]:
    """What came from another tool, as if it had been seen when it was published."""
    row = sources.shelved(conn, source_of(client.id).key)
    if row is None:
        return []
    return [
        Item(published=one.published, seen=one.published, entry=one.entry, source=SOURCE)
        for kept in (Kept.SHORT, Kept.WHOLE)
        for page in past.pages(conn, [row], kept, since=_EVER)
        for one in page
        if one.published >= since
    ]


def _item(one: Past, source: str, begun: Mapping[int, datetime]) -> Item:
    return Item(
        published=one.published,
        seen=one.seen,
        entry=one.entry,
        source=source,
        backlog=one.row in begun and one.seen <= begun[one.row] + _FIRST_POLL,
    )
