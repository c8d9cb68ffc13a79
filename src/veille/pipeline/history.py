"""What another tool found of a client, taken in: it becomes the usual volume and stories, and never alerts.

    entries, oldest first -> those not told already -> loads of LOAD -> ingest

They belong to a source of their own that is never asked. They are seen now, and published when they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from veille.model.entry import Entry, Page
from veille.model.exchange import PollState, Source
from veille.model.installation import Installation
from veille.model.watch import Client
from veille.pipeline.house import House
from veille.pipeline.ingest import LOAD, Asked, ingest
from veille.store import Connection, clients, entries, past, sources

#: Its id among the client's sources, and its kind.
SOURCE, KIND = "history", "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What the entries came to."""

    new: int = 0
    mentions: int = 0
    copies: int = 0
    #: Taken in before.
    known: int = 0
    #: Addresses that the client's own sources told already.
    told: int = 0
    #: The same publication twice in what was given.
    repeated: int = 0


def source_of(client_id: str) -> Source:
    """The source under which a client's past from other tools is kept."""
    return Source(id=SOURCE, kind=KIND, url="", key=f"{KIND} {client_id}")


def with_history(client: Client) -> Client:
    """The client with that source beside its own: for what looks at all that is stored."""
    return replace(client, sources=(*client.sources, source_of(client.id)))


def scene(installed: Installation, client: Client) -> Installation:
    """The installation in which the client has that source alone, and watches all of it."""
    return replace(installed, clients=(replace(client, sources=(source_of(client.id),)),))


def take_in(
    house: House, client: Client, found: Sequence[Entry], *, progress: Callable[[int], None] = lambda done: None
) -> TakenIn:
    """Saves the entries in a house of `scene`; `progress` hears how many are done. Raises StoreError."""
    now, source = house.clock.now(), source_of(client.id)
    with house.store.writing() as tx:
        clients.welcome(tx, [client.id], now=now)
        row = sources.shelve(tx, client.id, source, now=now)
    once = list({entry.key: entry for entry in reversed(found)}.values())
    total = TakenIn(repeated=len(found) - len(once))
    done = 0
    for load in _loads(sorted(once, key=lambda entry: entry.published or now)):
        total = _add(total, _take(house, client, row, load, now=now))
        done += len(load)
        progress(done)
    return total


def _loads(found: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    for start in range(0, len(found), LOAD):
        yield found[start : start + LOAD]


def _take(house: House, client: Client, row: int, load: Sequence[Entry], *, now: datetime) -> TakenIn:
    with house.store.reading() as conn:
        known = entries.known(conn, row, [entry.key for entry in load])
        told = _told(conn, client, [entry for entry in load if entry.key not in known], row)
    fresh = tuple(entry for entry in load if entry.key not in known and entry.key not in told)
    counts = TakenIn(known=len(known), told=len(told))
    if not fresh:
        return counts
    source = source_of(client.id)
    due = sources.Due(row=row, key=source.key, address="", state=PollState(known=True))
    asked = Asked(due=due, source=source, page=Page(entries=fresh), state=None, at=now, past=True)
    saved = ingest(house, [asked])
    return replace(counts, new=saved.new, mentions=saved.mentions, copies=saved.copies)


def _told(conn: Connection, client: Client, load: Sequence[Entry], row: int) -> frozenset[str]:
    """The keys of those whose address is a mention of the client's own sources: they count already."""
    links = past.told_elsewhere(conn, client.id, [entry.link for entry in load if entry.link], row=row)
    return frozenset(entry.key for entry in load if entry.link in links)


def _add(one: TakenIn, other: TakenIn) -> TakenIn:
    names = ("new", "mentions", "copies", "known", "told", "repeated")
    return TakenIn(**{name: getattr(one, name) + getattr(other, name) for name in names})
