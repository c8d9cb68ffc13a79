"""Which of thousands of queries hold for an entry: one look at its words, then only the queries that may hold.

entry -> Reading (folded once) -> the keys it has -> queries triggered by one of them
      -> those whose other needs are met -> evaluated exactly (plan.py) -> spans
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from veille.model.entry import Entry
from veille.model.mention import Span
from veille.query.facts import fact_keys
from veille.query.near import Place
from veille.query.necessary import KEYED_FIELDS, Clause, Needs, needs, rarity
from veille.query.pattern import Patterns
from veille.query.plan import MOST_PLACES, Check, compile_node
from veille.query.reading import Reading, blanked
from veille.query.syntax import Query
from veille.query.typos import SlipTable
from veille.query.wildcards import Probes

Key = TypeVar("Key", bound=Hashable)
_NOTHING = frozenset[str]()
_FACTS = ("site", "lang", "source")


@dataclass(frozen=True, slots=True)
class _Plan(Generic[Key]):
    """A query ready to run: `others` are the needs beside the one that triggers it."""

    key: Key
    others: tuple[Clause, ...]
    check: Check


class Matcher(Generic[Key]):
    """Queries compiled together. Immutable but for a bounded memory of words; safe to share between threads."""

    def __init__(self, queries: Mapping[Key, Query]) -> None:
        self._always: list[_Plan[Key]] = []
        self._triggers: dict[str, list[_Plan[Key]]] = {}
        patterns = Patterns()
        roots = {query.root for query in queries.values()}
        known = rarity(roots, patterns)
        wanted = {root: needs(root, patterns, known) for root in roots}
        checks = {root: compile_node(root, patterns) for root in roots}
        for key, query in queries.items():
            self._add(key, wanted[query.root].clauses, checks[query.root])
        self._probes = Probes({glob for need in wanted.values() for glob in need.globs})
        self._slips = SlipTable({slip for need in wanted.values() for slip in need.slips})
        self._fields, self._facts = _prefixes(wanted.values())
        self._keys = frozenset(self._triggers)
        self._has_tables = any(need.globs or need.slips for need in wanted.values()) or bool(self._fields + self._facts)

    def _add(self, key: Key, clauses: tuple[Clause, ...], check: Check) -> None:
        plan = _Plan(key, clauses[1:], check)
        if not clauses:
            self._always.append(plan)
        for trigger in clauses[0] if clauses else ():
            self._triggers.setdefault(trigger, []).append(plan)

    def match(self, entry: Entry, *, source: str = "", kind: str = "") -> dict[Key, tuple[Span, ...]]:
        """The keys whose query holds, each with the places in the original text that prove it.

        `source` and `kind` are what `source:` compares. Spans are in order of field (title, text, tags, others), then
        of place; a query that holds by facts alone has none.
        """
        reading = Reading(entry, source=source, kind=kind)
        text = blanked(reading.folded)
        words = text.split()
        tabled = self._tabled(reading, text, words) if self._has_tables else _NOTHING
        hit = self._keys.intersection(words)
        if tabled:
            hit |= self._keys & tabled
        if not hit and not self._always:
            return {}
        return self._evaluated(reading, lambda: tabled.union(words), hit)

    def _tabled(self, reading: Reading, text: str, words: list[str]) -> frozenset[str]:
        """The keys of the entry that are no words of its title, text and tags."""
        found = self._probes.present(f" {text} ") | self._slips.present(words)
        for field in self._fields:
            found.update(f"{field}:{word}" for passage in reading.field(field) for word in passage.words)
        for field in self._facts:
            found |= fact_keys(reading, field)
        return frozenset(found)

    def _evaluated(
        self, reading: Reading, keys: Callable[[], frozenset[str]], hit: Iterable[str]
    ) -> dict[Key, tuple[Span, ...]]:
        """The spans of the queries that hold, among those that something present triggers."""
        found: dict[Key, tuple[Span, ...]] = {}
        present = _NOTHING
        for plan in self._candidates(hit):
            if plan.others:
                present = present or keys()
                if any(clause.isdisjoint(present) for clause in plan.others):
                    continue
            places = plan.check(reading)
            if places is not None:
                found[plan.key] = spans_of(places)
        return found

    def _candidates(self, hit: Iterable[str]) -> Iterable[_Plan[Key]]:
        """Queries that one of these keys triggers, each once, and those that nothing triggers."""
        lists = [self._triggers[trigger] for trigger in hit]
        if len(lists) == 1 and not self._always:
            return lists[0]
        return {plan.key: plan for plans in (self._always, *lists) for plan in plans}.values()


def _prefixes(wanted: Iterable[Needs]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keyed fields and the facts that some query needs: the others are not worked out."""
    used = {key.partition(":")[0] for need in wanted for clause in need.clauses for key in clause if ":" in key}
    return tuple(name for name in KEYED_FIELDS if name in used), tuple(name for name in _FACTS if name in used)


def spans_of(places: Sequence[Place]) -> tuple[Span, ...]:
    """The places as spans of the original text, each once, in order; at most MOST_PLACES."""
    chosen = sorted(set(places), key=_order)[:MOST_PLACES] if len(places) > 1 else places
    return tuple([place.span() for place in chosen])


def _order(place: Place) -> tuple[bool, bool, str, int, int, str]:
    name = place.passage.name
    return name != "title", name != "text", name, place.start, place.end, place.term
