"""What an audit asks of the tables: who gave an address, which sources share its site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from veille.model.alert import Decision
from veille.model.entry import Entry
from veille.model.mention import Level
from veille.store import schema
from veille.store.entries import of_row as entry_of_row
from veille.store.stories import code
from veille.store.values import decision_of

#: Sightings of one address, and stories of one time, that are told.
MOST = 50

_entry, _source, _asked = schema.entry.c, schema.source.c, schema.client_source.c
_mention, _story, _decision = schema.mention.c, schema.story.c, schema.decision.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A source as a client asks it, now or once."""

    row: int
    source_id: str
    key: str
    since: datetime
    archived: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An entry that one of the client's sources gave."""

    id: int
    place: Place
    published: datetime
    seen: datetime
    entry: Entry
    #: The client's mention of it (None = it is none).
    mention_id: int | None


def places(conn: Connection, client_id: str) -> tuple[Place, ...]:
    """Every source that the client asks or asked."""
    rows = conn.execute(_places().where(_asked.client_id == client_id).order_by(_asked.source_id))
    return tuple(_place(row) for row in rows)


def of_site(conn: Connection, client_id: str, site: str) -> frozenset[int]:
    """The rows of the client's sources that gave something of this site."""
    mine = select(_entry.source_row).distinct().join(schema.client_source, _asked.source_row == _entry.source_row)
    return frozenset(conn.execute(mine.where(_asked.client_id == client_id, _entry.site == site)).scalars())


def sightings(conn: Connection, client_id: str, *, address: str, canonical: str) -> tuple[Seen, ...]:
    """The entries of this address that the client's own sources gave, oldest sight first."""
    same = or_(_entry.canonical == canonical, _entry.link == address)
    columns = (schema.entry, _mention.id.label("mention_id"), *_PLACE)
    statement = (
        select(*columns)
        .join(schema.client_source, _asked.source_row == _entry.source_row)
        .join(schema.source, _source.id == _entry.source_row)
        .outerjoin(schema.mention, (_mention.entry_id == _entry.id) & (_mention.client_id == client_id))
        .where(_asked.client_id == client_id, same)
        .order_by(_entry.seen, _entry.id)
        .limit(MOST)
    )
    return tuple(
        Seen(
            id=row.id,
            place=_place(row),
            published=row.published,
            seen=row.seen,
            entry=entry_of_row(row),
            mention_id=row.mention_id,
        )
        for row in conn.execute(statement)
    )


def held(
    conn: Connection, client_id: str, *, since: datetime, until: datetime, least: Level = Level.HIGH
) -> tuple[tuple[str, str, Decision, datetime], ...]:
    """Stories of this level at least that were held in the time: (code, title, last decision, when)."""
    mine = (_decision.client_id == client_id, _decision.at >= since, _decision.at < until)
    last = select(func.max(_decision.id)).where(*mine).group_by(_decision.story_id)
    statement = (
        select(schema.decision, _story.mark, _story.title)
        .join(schema.story, _story.id == _decision.story_id)
        .where(_decision.id.in_(last), _decision.action != "tell", _decision.level >= int(least))
        .order_by(_decision.level.desc(), _decision.at)
        .limit(MOST)
    )
    rows = conn.execute(statement)
    return tuple((code(row.mark, row.story_id), row.title, decision_of(row._mapping), row.at) for row in rows)


_PLACE = (
    _asked.source_row.label("place_row"),
    _asked.source_id.label("place_id"),
    _source.key.label("place_key"),
    _asked.since.label("place_since"),
    _asked.archived.label("place_archived"),
)


def _places() -> Select[Any]:
    return select(*_PLACE).join(schema.source, _source.id == _asked.source_row)


def _place(row: Any) -> Place:
    return Place(
        row=row.place_row,
        source_id=row.place_id,
        key=row.place_key,
        since=row.place_since,
        archived=row.place_archived,
    )
