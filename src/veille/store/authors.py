"""What authors wrote about one client before, and forgetting what was made of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, Text, and_, bindparam, exists, func, select, type_coerce, update

from veille.model.author import Author, EarlierPost
from veille.model.feedback import Mark
from veille.model.mention import Kinship
from veille.store import schema
from veille.store.placing import writer_hash
from veille.store.prepared import Prepared
from veille.store.types import AnyRow
from veille.store.upsert import chunks
from veille.store.values import urgency_of

#: Posts of one author that are read, the newest.
MOST = 20

_mention, _feedback = schema.mention.c, schema.feedback.c
_reply = schema.mention.alias("reply")

#: Made once: asked with every page that holds mentions, for clients that switched it on. Copies say nothing anew; what
#: is the client's own, muted or of a planned event is no complaint.
_RANKED = (
    select(
        _mention.id,
        _mention.client_id,
        _mention.story_id,
        _mention.writer_hash,
        _mention.published,
        _mention.points,
        _mention.signals,
        _mention.category,
        _mention.tone,
        func.row_number().over(partition_by=_mention.writer_hash, order_by=_mention.id.desc()).label("rank"),
    )
    .where(_mention.client_id == bindparam("_client"))
    .where(_mention.writer_hash.in_(bindparam("_writers", expanding=True)))
    .where(_mention.published >= bindparam("_since"), _mention.kinship != Kinship.COPY.value)
    .where(_mention.own.is_(False), _mention.muted.is_(False), _mention.event == "")
    .subquery()
)
_r = _RANKED.c
_ANSWERED = exists().where(_reply.c.story_id == _r.story_id, _reply.c.own.is_(True), _reply.c.published > _r.published)
_EARLIER = Prepared(
    select(_r.writer_hash, _r.published, _r.points, _r.signals, _r.category, _r.tone, _feedback.mark)
    .add_columns(_ANSWERED.label("answered"))
    .outerjoin(schema.feedback, and_(_feedback.client_id == _r.client_id, _feedback.mention_id == _r.id))
    .where(_r.rank <= MOST),
    "_writers",
)


def earlier(
    conn: Connection, client_id: str, authors: Collection[Author], *, since: datetime
) -> dict[Author, tuple[EarlierPost, ...]]:
    """The newest `MOST` posts about this client of each author, published since then. The nameless have none."""
    named = {key: author for author in authors if (key := writer_hash(*author)) is not None}
    found: defaultdict[Author, list[EarlierPost]] = defaultdict(list)
    for part in chunks(sorted(named)):
        for row in _EARLIER.rows(conn, {"_client": client_id, "_writers": part, "_since": since}):
            found[named[row.writer_hash]].append(_of_row(row))
    return {author: tuple(posts) for author, posts in found.items()}


def _of_row(row: AnyRow) -> EarlierPost:
    return EarlierPost(
        published=row.published,
        urgency=urgency_of(row._mapping),
        mark=Mark(row.mark) if row.mark else None,
        answered=bool(row.answered),
    )


def forget(tx: Connection, client_id: str, *, name: str) -> int:
    """Take the signal of that name from the client's mentions, with its points; how many held it."""
    said = type_coerce(_mention.signals, Text).contains(f'"{name}"', autoescape=True)
    columns = (_mention.id, _mention.points, _mention.signals)
    held = tx.execute(select(*columns).where(_mention.client_id == client_id, said)).all()
    rows = [_without(row, name) for row in held]
    change = update(schema.mention).where(_mention.id == bindparam("_id"))
    if rows:
        tx.execute(change.values(points=bindparam("_points"), signals=bindparam("_signals")), rows)
    return len(rows)


def _without(row: AnyRow, name: str) -> dict[str, object]:
    kept = [signal for signal in row.signals if signal[0] != name]
    taken = sum(signal[1] for signal in row.signals if signal[0] == name)
    return {"_id": row.id, "_points": max(0, row.points - taken), "_signals": kept}
