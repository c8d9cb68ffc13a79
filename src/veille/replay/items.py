"""What is replayed: one publication and when it was seen, from a line of JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from veille.model.entry import Entry
from veille.text.clean import one_line
from veille.text.json_lines import entry_from, object_of
from veille.text.url import host

#: Characters of a text that the pipeline keeps, as the readers of sources cut it.
LONGEST_TEXT = 20_000

#: Characters of the name of a source: one that is longer is no name.
LONGEST_SOURCE = 200

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: Clocks of simulations run from and to here: no item is older than the web, and a year, and the day that the replay
#: runs on, stay writable.
_FIRST, _LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(9990, 1, 1, tzinfo=UTC)


class BadLine(ValueError):
    """A line that is no item. `number` counts from 1."""

    def __init__(self, number: int, what: str) -> None:
        super().__init__(f"line {number}: {what}")
        self.number = number


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One publication of the past. Moments are aware UTC."""

    published: datetime
    #: When veille learns of it.
    seen: datetime
    entry: Entry
    #: Where it was found: the id of a source, a kind of place such as `forum`, or any name ("" = not said).
    source: str = ""
    #: Whether it was there before its source was first asked: the past, not news.
    backlog: bool = False


def read_items(lines: Iterable[bytes | None]) -> tuple[Item, ...]:
    """The items in the order of the lines; blank lines are passed over. Raises BadLine."""
    return tuple(_items(lines))


def _items(lines: Iterable[bytes | None]) -> Iterator[Item]:
    for number, line in enumerate(lines, start=1):
        if line is not None and not line.strip():
            continue
        try:
            yield item_of(object_of(line))
        except ValueError as error:
            raise BadLine(number, str(error)) from None


def item_of(said: Mapping[str, Any]) -> Item:
    """The item that an object describes. Raises ValueError, which says what is wrong."""
    entry, named = entry_from(said)
    source = one_line(named, LONGEST_SOURCE)
    if not (entry.link or entry.title.strip() or entry.text.strip()):
        raise ValueError("nothing to read: write a title, a text or a url")
    published = _moment(said, "published")
    if published is None:
        raise ValueError("published is missing: write when, such as 2026-11-21T10:00:00+01:00")
    seen = _moment(said, "seen") or published
    whole = replace(
        entry,
        key=_key(entry, published),
        text=entry.text[:LONGEST_TEXT],
        site=host(entry.link) or host(source) or source.lower(),
        published=published,
    )
    return Item(published=published, seen=seen, entry=whole, source=source)


def in_order(items: Sequence[Item]) -> tuple[tuple[Item, ...], int]:
    """The items by when they are seen, equals as they came; and how many stood before an earlier one."""
    late = sum(after.seen < before.seen for before, after in zip(items, items[1:], strict=False))
    return tuple(sorted(items, key=lambda item: item.seen)), late


def polled_every(items: Iterable[Item], interval: timedelta) -> Iterator[Item]:
    """The items as polls at every multiple of `interval` (since 1970, UTC) would see them."""
    for item in items:
        missing = (_EPOCH - item.seen) % interval
        yield replace(item, seen=item.seen + missing)


def _key(entry: Entry, published: datetime) -> str:
    """One publication: its address, author and moment. The same with another text is an edit of it."""
    words = "" if entry.link else f"{entry.title}\n{entry.text}"
    said = f"{entry.link}\n{entry.author}\n{published.isoformat()}\n{words}"
    return sha256(said.encode("utf-8", "replace")).hexdigest()


def _moment(said: Mapping[str, Any], name: str) -> datetime | None:
    value = said.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(f"{name}: write a text such as 2026-11-21T10:00:00+01:00")
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        raise ValueError(f"{name}: {value[:40]!r} is no date of ISO 8601, such as 2026-11-21T10:00:00+01:00") from None
    if moment.tzinfo is None:
        raise ValueError(f"{name}: {value[:40]!r} says no time zone: write its offset, such as Z or +01:00")
    return _believable(moment, name)


def _believable(moment: datetime, name: str) -> datetime:
    try:
        utc = moment.astimezone(UTC)
    except OverflowError:
        utc = _EPOCH
    if not _FIRST <= utc < _LAST:
        raise ValueError(f"{name}: {moment.year} is no year of the web: write one from {_FIRST.year} on")
    return utc
