"""Gives each entry of a page its key: the same at every poll, whatever scrolls in or out.

The id is the key. An id that two items of one page share, or that says nothing ("0"), is refined by the link,
then by the title, then by the text. Refining must not depend on who else is on the page today: an id found
shared once stays shared (`shared`, kept in the cursor), and the item that held it alone before keeps it (its
`holder`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

#: Ids that name nothing.
_TRIVIAL = frozenset(("null", "none", "nil", "undefined", "false", "true", "n/a", "guid", "id", "00"))
_LONGEST_KEY = 400
_MOST_SHARED = 300
_CAMPAIGN = re.compile(r"(?<=[?&])utm_[a-z]+=[^&#]*&?", re.IGNORECASE)
NOBODY = bytes(8)


@dataclass(frozen=True)
class Claim:
    """The keys an item could have, the plainest first; the first that is its own is taken."""

    first: str
    #: Tells the item from another that claims the same first key.
    holder: bytes
    #: Works out the others, which nearly no item needs.
    refine: Callable[[], tuple[str, ...]] = field(repr=False)

    def level(self, number: int) -> str:
        """The key of that level, or the last."""
        return self.levels[min(number, len(self.levels) - 1)] if number else self.first

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """All of them: two at least."""
        return (self.first, *self.refine())


@dataclass(frozen=True, slots=True)
class Keys:
    """The key of each item, in order; None for an exact double of one before it."""

    keys: tuple[str | None, ...]
    #: Keys ever found shared: digest -> the holder that keeps it.
    shared: Mapping[bytes, bytes]


def digest(*parts: str, size: int = 8) -> bytes:
    """A short stable hash of texts; lone surrogates and NUL are no trouble."""
    joined = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=size).digest()


def claim(*, id: str, link: str, title: str, day: str, text: str) -> Claim:  # noqa: A002
    """What an item may be called. `day` is its publication date or "", `link` as written there."""
    link = _CAMPAIGN.sub("", link).rstrip("?&")
    name = title or text[:300]
    named = len(id) > 1 and id.strip().lower() not in _TRIVIAL
    if named:
        first = id
    elif link:
        first = link if not id else _refined("link", id, link)
    else:
        first = _refined("day", id, name, day)

    def refine() -> tuple[str, ...]:
        by_link = (_refined("link", id, link),) if named and link else ()
        titled = (id, name) if named else (id, link, name) if link else ()
        by_title = (_refined("title", *titled),) if titled else ()
        return (*by_link, *by_title, _refined("text", first, name, text))

    return Claim(_bounded(first), digest(link or name), refine)


def assign(claims: Sequence[Claim], *, shared: Mapping[bytes, bytes], before: Mapping[bytes, bytes]) -> Keys:
    """A key for each claim. `before`: digest of first key -> holder, of the items of the last page."""
    table = _Table(shared=dict(shared), before=before)
    claimed = Counter(one.first for one in claims)
    alike = [(one.levels if claimed[one.first] > 1 else one.first) for one in claims]
    first_of = {same: index for index, same in reversed(list(enumerate(alike)))}
    waiting, level = sorted(first_of.values()), 0
    while waiting:
        waiting = table.settle(claims, waiting, level)
        level += 1
    return Keys(tuple(table.keys.get(index) for index in range(len(claims))), table.shared)


def remembered(cursor: str) -> dict[bytes, bytes]:
    """The shared keys that a cursor holds; a cursor of another make holds none."""
    try:
        pairs = json.loads(cursor)["shared"].items() if cursor else ()
        return {bytes.fromhex(key): bytes.fromhex(holder) for key, holder in pairs}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def to_cursor(shared: Mapping[bytes, bytes]) -> str:
    """The cursor that holds the shared keys, the latest found when there are too many."""
    if not shared:
        return ""
    latest = list(shared.items())[-_MOST_SHARED:]
    return json.dumps({"shared": {key.hex(): holder.hex() for key, holder in latest}}, separators=(",", ":"))


@dataclass(slots=True)
class _Table:
    """Who took which key so far."""

    shared: dict[bytes, bytes]
    before: Mapping[bytes, bytes]
    keys: dict[int, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def settle(self, claims: Sequence[Claim], waiting: Sequence[int], level: int) -> list[int]:
        """Hand out the keys of one level, in page order; who is left goes to the next."""
        names = {index: claims[index].level(level) for index in waiting}
        counts = Counter(names.values())
        left: list[int] = []
        for index, name in names.items():
            last = level > 0 and level >= len(claims[index].levels) - 1
            if name not in self.taken and (last or self._own(name, counts[name], claims[index].holder, level)):
                self.taken.add(name)
                self.keys[index] = name
            elif not last:
                left.append(index)
        return left

    def _own(self, name: str, count: int, holder: bytes, level: int) -> bool:
        """Whether a key is this holder's: nobody else ever claimed it, or it held it before they did."""
        mark = digest(name)
        if count > 1 and mark not in self.shared:
            self.shared[mark] = self.before.get(mark, NOBODY) if level == 0 else NOBODY
        return self.shared.get(mark, holder) == holder


def _refined(kind: str, *parts: str) -> str:
    return f"{kind}:{digest(*parts, size=16).hex()}"


def _bounded(key: str) -> str:
    """A key short enough to index, without surprise characters."""
    plain = key.isprintable() and len(key) <= _LONGEST_KEY
    return key if plain else _refined("long", key)
