"""What an entry comes to before its moment: whom it concerns, how urgent it is, by its text and the settings alone.

The same functions as at its moment, called earlier, and in another process where there is one: what they found
travels as plain values, and names what both processes hold by its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from veille.model.entry import Entry
from veille.model.mention import Category, Match, Signal, Span, Urgency
from veille.pipeline.place import score
from veille.pipeline.roster import Concern, Excluded, Roster
from veille.text.url import canonical

#: Plain values: an address, a hash, and a tuple a verdict.
Packed = tuple[str, bytes, tuple[tuple[Any, ...], ...]]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What is known of an entry from itself."""

    canonical: str
    #: SHA-256 of its title and text.
    content: bytes
    verdicts: tuple[Concern | Excluded, ...]


def look(roster: Roster, entry: Entry, key: str, *, now: datetime) -> Foreseen:
    """What an entry of the source of that key comes to when it is seen at `now`; its urgency is left to later."""
    return Foreseen(canonical(entry.link), content(entry), roster.concerns(entry, key, now=now))


def content(entry: Entry) -> bytes:
    """The hash by which an edit is seen."""
    return sha256(f"{entry.title}\n{entry.text}".encode("utf-8", "replace")).digest()


def packed(roster: Roster, entry: Entry, key: str, *, now: datetime) -> Packed:
    """The same, and how urgent it is for each client that it concerns, to be sent to another process."""
    seen = look(roster, entry, key, now=now)
    places = {id(each): place for place, each in enumerate(roster.subscriptions(key))}
    told = (
        _excluded(verdict) if isinstance(verdict, Excluded) else _concern(verdict, places, score(entry, verdict))
        for verdict in seen.verdicts
    )
    return seen.canonical, seen.content, tuple(told)


def unpacked(found: Packed, roster: Roster, key: str) -> Foreseen:
    """What was sent, in a process with the same settings."""
    address, said, verdicts = found
    return Foreseen(address, said, tuple([_verdict(roster, key, *each) for each in verdicts]))


def _excluded(verdict: Excluded) -> tuple[Any, ...]:
    return (verdict.client_id,)


def _concern(verdict: Concern, places: dict[int, int], urgency: Urgency) -> tuple[Any, ...]:
    matches = [
        (match.watch_id, [(span.field, span.start, span.end, span.term) for span in match.spans])
        for match in verdict.matches
    ]
    signals = [(signal.name, signal.points, signal.evidence) for signal in urgency.signals]
    plain = (urgency.points, signals, urgency.category.value, urgency.tone)
    return places[id(verdict.subscription)], matches, verdict.muted, verdict.event, verdict.own, plain


def _verdict(roster: Roster, key: str, who: int | str, *rest: Any) -> Concern | Excluded:
    if isinstance(who, str):
        return Excluded(who)
    matches, muted, event, own, (points, signals, category, tone) = rest
    return Concern(
        subscription=roster.subscriptions(key)[who],
        matches=tuple([Match(watch, tuple([Span(*span) for span in spans])) for watch, spans in matches]),
        muted=muted,
        event=event,
        own=own,
        urgency=Urgency(points, tuple([Signal(*signal) for signal in signals]), Category(category), tone),
    )


def all_packed(roster: Roster, found: Sequence[tuple[Entry, str, datetime]]) -> list[Packed]:
    """Many, each as (entry, key of its source, when it is seen)."""
    return [packed(roster, entry, key, now=now) for entry, key, now in found]
