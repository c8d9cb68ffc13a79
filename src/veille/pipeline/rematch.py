"""Applies a client's present queries to what is stored, as if they had always been so.

    stored entries -> pages of LOAD -> [work out -> write] each

What matches now and did not is a mention of the past: it counts and never alerts. What matched and does
not any more is detached: kept with its story, counted nowhere. Nothing is deleted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from veille.errors import StoreBusy
from veille.model.exchange import Source
from veille.model.watch import Client
from veille.pipeline.history import KIND as HISTORY
from veille.pipeline.history import source_of, with_history
from veille.pipeline.place import Fresh, Placed, place_all
from veille.pipeline.roster import Concern, Roster
from veille.pipeline.save import new_mention
from veille.store import Connection, newmention, past, placing, rewatch, sources
from veille.store.engine import Store
from veille.store.entries import Kept
from veille.store.past import Past
from veille.store.rewatch import Standing

#: Entries looked at, and at most so many mentions written, in one transaction.
LOAD = 100

_ATTEMPTS = 5
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Rematched:
    """What a client's stored entries came to."""

    looked: int = 0
    #: New mentions, all of the past.
    added: int = 0
    #: Mentions whose watches, or the places that prove them, changed.
    updated: int = 0
    #: Mentions that no watch holds any more.
    detached: int = 0

    def __add__(self, other: Rematched) -> Rematched:
        return Rematched(
            self.looked + other.looked,
            self.added + other.added,
            self.updated + other.updated,
            self.detached + other.detached,
        )


@dataclass(frozen=True, slots=True)
class _Work:
    """A page worked out: what to write, and the placement counter it was worked out against."""

    looked: int
    placed: Sequence[Placed]
    #: Entry by its source's row and key.
    ids: Mapping[tuple[int, str], int]
    changed: Sequence[Standing]
    gone: Sequence[int]
    counter: int


def rematch(store: Store, client: Client, *, public_url: str = "", now: datetime) -> Rematched:
    """Goes through all that the client's sources gave, a page a transaction. Raises QueryError, StoreError."""
    roster = Roster((with_history(client),), public_url=public_url)
    with store.reading() as conn:
        asked = _by_row(conn, client)
    total = Rematched()
    # Those kept whole first: a short one that matches is kept as the whole ones from then on.
    for kept in (Kept.WHOLE, Kept.SHORT):
        after: Past | None = None
        while page := _page(store, asked, kept, after):
            total += _apply(store, roster, page, asked, now=now)
            after = page[-1]
    return total


def _by_row(conn: Connection, client: Client) -> Mapping[int, Source]:
    """The client's sources by their row, with that of what other tools found."""
    named = {source.id: source for source in client.sources}
    rows = sources.rows_of(conn, client.id)
    taken_in = source_of(client.id)
    row = sources.shelved(conn, taken_in.key)
    own = {row: named[source_id] for (_, source_id), row in rows.items() if source_id in named}
    return own if row is None else {**own, row: taken_in}


def _page(store: Store, asked: Mapping[int, Source], kept: Kept, after: Past | None) -> tuple[Past, ...]:
    with store.reading() as conn:
        return past.page(conn, asked, kept, since=_EVER, after=after, limit=LOAD)


def _apply(
    store: Store, roster: Roster, page: Sequence[Past], asked: Mapping[int, Source], *, now: datetime
) -> Rematched:
    (client_id,) = roster.clients
    for _ in range(_ATTEMPTS):
        with store.reading() as conn:
            work = _work_out(conn, roster, client_id, page, asked=asked, now=now)
        with store.writing() as tx:
            placing.turn(tx, [client_id])
            if placing.placement(tx, client_id) != work.counter:
                continue
            _write(tx, work, now=now)
        return Rematched(work.looked, len(work.placed), len(work.changed), len(work.gone))
    raise StoreBusy(f"placing moved {_ATTEMPTS} times under the rematch of {client_id}")


def _work_out(
    conn: Connection,
    roster: Roster,
    client_id: str,
    page: Sequence[Past],
    *,
    asked: Mapping[int, Source],
    now: datetime,
) -> _Work:
    stood = rewatch.standings(conn, client_id, [one.id for one in page])
    judged = [(one, _concern(roster, one, asked[one.row]), stood.get(one.id)) for one in page]
    fresh = [
        (_fresh(one, asked[one.row], concern, now=now), concern)
        for one, concern, standing in judged
        if concern and not standing
    ]
    return _Work(
        looked=len(page),
        placed=place_all(conn, client_id, fresh) if fresh else (),
        ids={(one.row, one.entry.key): one.id for one in page},
        changed=[*_changed(judged)],
        gone=[
            standing.mention_id
            for one, concern, standing in judged
            if standing and standing.matches and not concern and not _was_longer(one, standing)
        ],
        counter=placing.placement(conn, client_id),
    )


def _changed(judged: Sequence[tuple[Past, Concern | None, Standing | None]]) -> Iterator[Standing]:
    """How the mentions stand that do not stand as they did."""
    for one, concern, standing in judged:
        if concern and standing and not _was_longer(one, standing):
            present = Standing(
                mention_id=standing.mention_id,
                matches=concern.matches,
                muted=concern.muted,
                own=concern.own,
                event=concern.event,
            )
            if present != standing:
                yield present


def _was_longer(one: Past, standing: Standing) -> bool:
    """Whether it matched in a part of its text that is not kept (`press: title_link`): what is left proves nothing."""
    last = max((s.end for match in standing.matches for s in match.spans if s.field == "text"), default=0)
    return last > len(one.entry.text)


def _concern(roster: Roster, one: Past, source: Source) -> Concern | None:
    verdicts = roster.concerns(one.entry, source.key, now=one.published)
    return next((verdict for verdict in verdicts if isinstance(verdict, Concern)), None)


def _fresh(one: Past, source: Source, concern: Concern, *, now: datetime) -> Fresh:
    return Fresh(
        source=source,
        row=one.row,
        # The client learns of it now: the numbers of mentions grow with the time they are seen.
        seen=now,
        backlog=True,
        entry=one.entry,
        canonical=one.canonical,
        published=one.published,
        content=one.content,
        concerns=(concern,),
        past=source.kind == HISTORY,
    )


def _write(tx: Connection, work: _Work, *, now: datetime) -> None:
    new = [new_mention(placed, work.ids) for placed in work.placed]
    if new:
        past.keep_whole(tx, [mention.entry_id for mention in new])
        newmention.add_all(tx, new)
    rewatch.rewatch(tx, work.changed)
    rewatch.detach(tx, work.gone, at=now)
