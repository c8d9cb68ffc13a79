"""Addresses of told mentions that are asked again: whose turn it is, and what the looks came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, or_, select, update

from veille.model.following import Gone, Visibility
from veille.model.mention import Mention
from veille.store import mentions, schema
from veille.store.prepared import Prepared
from veille.store.types import AnyRow
from veille.store.upsert import chunks, insert

_link, _mention, _entry = schema.permalink.c, schema.mention.c, schema.entry.c

_VISIBILITY = ("asked", "visible", "titled", "missing", "misses", "gone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An address whose turn has come, with what should stand there."""

    mention_id: int
    client_id: str
    host: str
    #: When it was first to be asked.
    since: datetime
    link: str
    title: str
    text: str
    visibility: Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a look came to, and when to look again (None = no more)."""

    mention_id: int
    visibility: Visibility
    due: datetime | None


def enrol(tx: Connection, found: Sequence[tuple[Mention, str]], *, most: int, at: datetime) -> int:
    """Ask for the addresses of these (mention, host) from now on: at most `most` in all, known ones included."""
    known = _known(tx, [mention.id for mention, _ in found])
    fresh = [(mention, host) for mention, host in found if mention.id not in known]
    rows = [
        {"mention_id": mention.id, "client_id": mention.client_id, "host": host, "since": at, "due": at}
        for mention, host in fresh[: max(0, most - len(known))]
    ]
    if rows:
        tx.execute(insert(tx, schema.permalink).on_conflict_do_nothing(), rows)
    return len(rows)


def _known(conn: Connection, ids: Sequence[int]) -> set[int]:
    return {number for part in chunks(ids) for (number,) in _KNOWN.rows(conn, {"_ids": part})}


#: Made once: asked with every mention that joins a story told.
_KNOWN = Prepared(select(_link.mention_id).where(_link.mention_id.in_(bindparam("_ids", expanding=True))), "_ids")


def claim_due(
    tx: Connection, *, now: datetime, owner: str, lease: timedelta, limit: int, per_host: int, rest: timedelta
) -> tuple[Due, ...]:
    """Take addresses whose turn has come, the longest due first: at most `per_host` of one host in each `rest`."""
    free = or_(_link.lease_until.is_(None), _link.lease_until <= now)
    turn = select(_link.mention_id, _link.host).where(_link.due <= now, free).order_by(_link.due, _link.mention_id)
    waiting = tx.execute(turn.limit(20 * limit)).all()
    lately = _lately(tx, {row.host for row in waiting}, since=now - rest)
    taken: list[int] = []
    for number, host in waiting:
        if len(taken) < limit and lately[host] < per_host:
            lately[host] += 1
            taken.append(number)
    held = {"owner": owner, "lease_until": now + lease, "last_asked": now}
    tx.execute(update(schema.permalink).where(_link.mention_id.in_(taken), free).values(held))
    return _due(tx, taken)


def _lately(conn: Connection, hosts: set[str], *, since: datetime) -> Counter[str]:
    asked = select(_link.host, func.count().label("times")).where(_link.host.in_(hosts), _link.last_asked > since)
    return Counter({row.host: row.times for row in conn.execute(asked.group_by(_link.host))})


def _due(conn: Connection, ids: Sequence[int]) -> tuple[Due, ...]:
    said = (_entry.link, _entry.title, _entry.text)
    statement = (
        select(schema.permalink, *said)
        .join(schema.mention, _mention.id == _link.mention_id)
        .join(schema.entry, _entry.id == _mention.entry_id)
        .where(_link.mention_id.in_(ids))
        .order_by(_link.due, _link.mention_id)
    )
    return tuple(
        Due(
            mention_id=row.mention_id,
            client_id=row.client_id,
            host=row.host,
            since=row.since,
            link=row.link,
            title=row.title,
            text=row.text,
            visibility=_visibility(row),
        )
        for row in conn.execute(statement)
    )


def _visibility(row: AnyRow) -> Visibility:
    return Visibility(**{name: getattr(row, name) for name in _VISIBILITY})


def settle(tx: Connection, looked: Sequence[Looked]) -> None:
    """Keep what looks came to, and free their rows."""
    rows = [{"_id": each.mention_id, "due": each.due, **_columns(each.visibility)} for each in looked]
    if rows:
        tx.execute(_SETTLE, rows)


def _columns(visibility: Visibility) -> dict[str, Any]:
    return {name: getattr(visibility, name) for name in _VISIBILITY}


_SETTLE = (
    update(schema.permalink)
    .where(_link.mention_id == bindparam("_id"))
    .values({"owner": "", "lease_until": None, **{name: bindparam(name) for name in ("due", *_VISIBILITY)}})
)


def release(tx: Connection, owner: str) -> None:
    """Free what this process had taken."""
    held = and_(_link.owner == owner, _link.lease_until.is_not(None))
    tx.execute(update(schema.permalink).where(held).values(owner="", lease_until=None))


#: Made once: asked with every mention that is judged.
_GONE = Prepared(
    mentions.statement()
    .add_columns(_link.gone.label("gone_since"), _link.visible, _link.titled)
    .join(schema.permalink, _link.mention_id == _mention.id)
    .where(_mention.story_id.in_(bindparam("_ids", expanding=True)), _link.gone.is_not(None)),
    "_ids",
)


def gone_of_stories(conn: Connection, story_ids: Sequence[int]) -> tuple[Gone, ...]:
    """The mentions of these stories that are no longer visible, the first missed first."""
    found: list[Gone] = []
    for part in chunks(story_ids):
        found += [_gone(row) for row in _GONE.rows(conn, {"_ids": part})]
    return tuple(sorted(found, key=lambda gone: (gone.since, gone.mention.id)))


def stories_with_gone(conn: Connection, client_id: str, *, since: datetime, until: datetime) -> frozenset[int]:
    """The client's stories of which a message was first missed in [since, until)."""
    missed = (_link.client_id == client_id, _link.gone >= since, _link.gone < until)
    joined = select(_mention.story_id).join(schema.permalink, _link.mention_id == _mention.id)
    return frozenset(conn.execute(joined.where(*missed).distinct()).scalars())


def _gone(row: AnyRow) -> Gone:
    return Gone(mention=mentions.of_row(row), since=row.gone_since, visible=row.visible or row.titled or row.seen)


def of_mention(conn: Connection, mention_id: int) -> tuple[Visibility, datetime | None] | None:
    """What the looks at a mention's address came to, and the next one; None when it is not followed."""
    row = conn.execute(select(schema.permalink).where(_link.mention_id == mention_id)).first()
    return None if row is None else (_visibility(row), row.due)
