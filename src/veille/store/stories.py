"""Stories: a client's mentions of one event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, exists, func, select

from veille.model.alert import Story
from veille.model.digest import Period
from veille.model.mention import Mention
from veille.store import mentions, schema
from veille.store.periods import COUNTED, within
from veille.store.types import AnyRow
from veille.store.upsert import chunks

#: Mentions of one story that are read; `Story.total` says how many there are.
MOST = 200

#: A decision is written so long after its moment at most.
_SETTLES = timedelta(minutes=1)

_mention, _story = schema.mention.c, schema.story.c
_decision, _link, _edit = schema.decision.c, schema.decision_mention.c, schema.entry_edit.c


def story(conn: Connection, story_id: int) -> Story:
    """The story of that number. Raises KeyError."""
    found = stories(conn, [story_id])
    if not found:
        raise KeyError(story_id)
    return found[0]


def stories(conn: Connection, ids: Sequence[int]) -> tuple[Story, ...]:
    """The stories of these numbers, in the order given; the unknown, and those emptied by retention, are left out."""
    rows: dict[int, AnyRow] = {}
    told: dict[int, list[Mention]] = defaultdict(list)
    for part in chunks(list(dict.fromkeys(ids))):
        rows |= {row.id: row for row in conn.execute(select(schema.story).where(_story.id.in_(part)))}
        for mention in _mentions(conn, part):
            told[mention.story_id].append(mention)
    return tuple(
        _of_row(rows[number], told[number]) for number in dict.fromkeys(ids) if number in rows and told[number]
    )


def _mentions(conn: Connection, story_ids: Sequence[int]) -> list[Mention]:
    """The most urgent `MOST` of each story, in order of publication."""
    rank = func.row_number().over(partition_by=_mention.story_id, order_by=(_mention.points.desc(), _mention.id))
    ranked = select(_mention.id, rank.label("rank")).where(_mention.story_id.in_(story_ids)).subquery()
    best = mentions.statement().join(ranked, ranked.c.id == _mention.id).where(ranked.c.rank <= MOST)
    return [mentions.of_row(row) for row in conn.execute(best.order_by(_mention.published, _mention.id))]


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


def news(conn: Connection, client_id: str, period: Period, *, limit: int) -> tuple[tuple[int, ...], int]:
    """The stories with news in the period: the most urgent, then the largest, at most `limit`; and how many in all.

    What counts is others' and not the past: a story of copies alone is one, one of own statements alone is none.
    """
    fresh = select(_mention.story_id).where(within(client_id, period), COUNTED, _mention.backlog.is_(False))
    found = fresh.distinct().subquery()
    ranked = (
        select(_mention.story_id)
        .join(found, found.c.story_id == _mention.story_id)
        .where(_mention.own.is_(False))
        .group_by(_mention.story_id)
        .order_by(func.max(_mention.points).desc(), func.count().desc(), _mention.story_id.desc())
        .limit(limit)
    )
    total = conn.execute(select(func.count()).select_from(found)).scalar_one()
    return tuple(conn.execute(ranked).scalars()), int(total)


def newest(conn: Connection, client_id: str, *, since: datetime, limit: int) -> tuple[int, ...]:
    """The client's stories with a mention seen since then, the last published first, at most `limit`."""
    mine = select(_mention.story_id).where(_mention.client_id == client_id, _mention.seen >= since)
    grouped = mine.group_by(_mention.story_id).order_by(func.max(_mention.published).desc(), _mention.story_id.desc())
    return tuple(conn.execute(grouped.limit(limit)).scalars())


def edited(conn: Connection, client_id: str, *, since: datetime, until: datetime) -> tuple[int, ...]:
    """The client's stories of which an edited mention was judged between two moments, by number.

    Both are taken back a little: a decision is dated before it is written, and must be in one period.
    """
    judged = (_decision.client_id == client_id, _decision.at >= since - _SETTLES, _decision.at < until - _SETTLES)
    rewritten = exists().where(_edit.entry_id == _mention.entry_id, _edit.at >= _mention.seen)
    statement = (
        select(_decision.story_id)
        .distinct()
        .join(schema.decision_mention, _link.decision_id == _decision.id)
        .join(schema.mention, _mention.id == _link.mention_id)
        .where(*judged, rewritten, _mention.client_id == client_id)
    )
    return tuple(sorted(number for number in conn.execute(statement).scalars() if number is not None))
