"""What the sources hold now, and what the client's watch would have taken of it; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from veille.errors import FetchError, ReadError
from veille.model.entry import Entry
from veille.model.exchange import Source
from veille.model.watch import Client
from veille.onboarding.discover import Asking, at_once, why_not
from veille.pipeline.roster import Concern, Excluded, Roster

#: Entries shown of each kind.
SHOWN = 5
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One source, asked once."""

    source: Source
    entries: tuple[Entry, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Entries by what becomes of them, newest first, the same link once."""

    taken: tuple[Entry, ...] = ()
    left: tuple[Entry, ...] = ()
    #: The query takes them, and an exclusion leaves them out.
    excluded: tuple[Entry, ...] = ()
    #: What the client says itself.
    own: int = 0


def look(sources: Sequence[Source], asking: Asking) -> tuple[Looked, ...]:
    """Ask each source once, a few at a time."""
    return tuple(at_once(lambda source: _look(source, asking), sources))


def _look(source: Source, asking: Asking) -> Looked:
    try:
        return Looked(source=source, entries=asking.page(source).entries)
    except (FetchError, ReadError) as error:
        return Looked(source=source, error=why_not(error))


def judge(client: Client, looked: Iterable[Looked], *, now: datetime) -> Preview:
    """Sort what was found by the client's own watch. Raises QueryError."""
    roster = Roster((client,))
    taken: dict[str, Entry] = {}
    left: dict[str, Entry] = {}
    excluded: dict[str, Entry] = {}
    own = 0
    for one in looked:
        for entry in one.entries:
            verdict = next(iter(roster.concerns(entry, one.source.key, now=now)), None)
            if isinstance(verdict, Concern) and verdict.own:
                own += 1
                continue
            place = taken if verdict else left
            if isinstance(verdict, Excluded):
                place = excluded
            place.setdefault(entry.link or entry.key, entry)
    return Preview(taken=_newest(taken), left=_newest(left), excluded=_newest(excluded), own=own)


def _newest(entries: dict[str, Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries.values(), key=lambda entry: entry.published or _LONG_AGO, reverse=True))
