"""Stories: a client's mentions of one event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, Subquery, bindparam, exists, func, select

from veille.model.alert import Story
from veille.model.digest import Period
from veille.model.mention import Mention
from veille.store import mentions, schema
from veille.store.periods import CLIENT, COUNTED, SINCE, UNTIL, bound, of_period
from veille.store.prepared import Prepared
from veille.store.types import AnyRow
from veille.store.upsert import chunks

#: Mentions of one story that are read; `Story.total` says how many there are.
MOST = 200

#: A decision is written so long after its moment at most.
_SETTLES = timedelta(minutes=1)

_mention, _story = schema.mention.c, schema.story.c
_decision, _link, _edit = schema.decision.c, schema.decision_mention.c, schema.entry_edit.c

#: Made once: asked with every mention that is judged.
_IDS: BindParameter[int] = bindparam("_ids", expanding=True)
_ROWS = Prepared(select(schema.story).where(_story.id.in_(_IDS)), "_ids")
_RANK = func.row_number().over(partition_by=_mention.story_id, order_by=(_mention.points.desc(), _mention.id))
_RANKED = select(_mention.id, _RANK.label("rank")).where(_mention.story_id.in_(_IDS)).subquery()
_BEST = Prepared(
    mentions.statement()
    .join(_RANKED, _RANKED.c.id == _mention.id)
    .where(_RANKED.c.rank <= MOST)
    .order_by(_mention.published, _mention.id),
    "_ids",
)


def story(conn: Connection, story_id: int, known: Sequence[Mention] = ()) -> Story:
    """The story of that number. `known`: mentions of it that are read already. Raises KeyError."""
    if known:
        row = _ROWS.first(conn, {"_ids": [story_id]})
        if row is not None and row.total == len(known):
            return _of_row(row, sorted(known, key=lambda mention: (mention.published, mention.id)))
    found = stories(conn, [story_id])
    if not found:
        raise KeyError(story_id)
    return found[0]


def stories(conn: Connection, ids: Sequence[int]) -> tuple[Story, ...]:
    """The stories of these numbers, in the order given; the unknown, and those emptied by retention, are left out."""
    rows: dict[int, AnyRow] = {}
    told: dict[int, list[Mention]] = defaultdict(list)
    for part in chunks(list(dict.fromkeys(ids))):
        rows |= {row.id: row for row in _ROWS.rows(conn, {"_ids": part})}
        for mention in _mentions(conn, part):
            told[mention.story_id].append(mention)
    return tuple(
        _of_row(rows[number], told[number]) for number in dict.fromkeys(ids) if number in rows and told[number]
    )


def _mentions(conn: Connection, story_ids: Sequence[int]) -> list[Mention]:
    """The most urgent `MOST` of each story, in order of publication."""
    return [mentions.of_row(row) for row in _BEST.rows(conn, {"_ids": story_ids})]


def _of_row(row: AnyRow, told: list[Mention]) -> Story:
    return Story(
        id=row.id,
        client_id=row.client_id,
        code=code(row.mark, row.id),
        title=row.title,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        mentions=tuple(told),
        total=row.total,
    )


def code(mark: str, story_id: int) -> str:
    """What people quote: "F-4821"."""
    return f"{mark}-{story_id}"


def codes(conn: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The code of each of these stories, emptied ones included."""
    parts = chunks(list(dict.fromkeys(ids)))
    mine = select(_story.id, _story.mark)
    return {row.id: code(row.mark, row.id) for part in parts for row in conn.execute(mine.where(_story.id.in_(part)))}


def news(conn: Connection, client_id: str, period: Period, *, limit: int) -> tuple[tuple[int, ...], int]:
    """The stories with news in the period: the most urgent, then the largest, at most `limit`; and how many in all.

    What counts is others' and not the past: a story of copies alone is one, one of own statements alone is none.
    """
    asked = bound(client_id, period)
    total = int(_TOTAL(period).scalar(conn, asked))
    ranked = _WITH_NEWS(period).rows(conn, {**asked, "_most": limit}) if total else ()
    return tuple(row.story_id for row in ranked), total


def _fresh(within: ColumnElement[bool]) -> Subquery:
    return select(_mention.story_id).where(within, COUNTED, _mention.backlog.is_(False)).distinct().subquery()


def _with_news(within: ColumnElement[bool]) -> Select[Any]:
    found = _fresh(within)
    return (
        select(_mention.story_id)
        .join(found, found.c.story_id == _mention.story_id)
        .where(_mention.own.is_(False))
        .group_by(_mention.story_id)
        .order_by(func.max(_mention.points).desc(), func.count().desc(), _mention.story_id.desc())
        .limit(bindparam("_most"))
    )


_WITH_NEWS = of_period(_with_news)
_TOTAL = of_period(lambda within: select(func.count()).select_from(_fresh(within)))


def newest(conn: Connection, client_id: str, *, since: datetime, limit: int) -> tuple[int, ...]:
    """The client's stories with a mention seen since then, the last published first, at most `limit`."""
    mine = select(_mention.story_id).where(_mention.client_id == client_id, _mention.seen >= since)
    grouped = mine.group_by(_mention.story_id).order_by(func.max(_mention.published).desc(), _mention.story_id.desc())
    return tuple(conn.execute(grouped.limit(limit)).scalars())


def edited(conn: Connection, client_id: str, *, since: datetime, until: datetime) -> tuple[int, ...]:
    """The client's stories of which an edited mention was judged between two moments, by number.

    Both are taken back a little: a decision is dated before it is written, and must be in one period.
    """
    asked = {"_client": client_id, "_since": since - _SETTLES, "_until": until - _SETTLES}
    return tuple(sorted(number for (number,) in _EDITED.rows(conn, asked) if number is not None))


_EDITED = Prepared(
    select(_decision.story_id)
    .distinct()
    .join(schema.decision_mention, _link.decision_id == _decision.id)
    .join(schema.mention, _mention.id == _link.mention_id)
    .where(_decision.client_id == CLIENT, _decision.at >= SINCE, _decision.at < UNTIL, _mention.client_id == CLIENT)
    .where(exists().where(_edit.entry_id == _mention.entry_id, _edit.at >= _mention.seen))
)
