"""Splits a feed into its items without parsing it, and remembers which were read before.

Splitting is exact or refused: CDATA, comments and processing instructions are stepped over in the order in
which an XML parser meets them; whatever could make an item depend on another (a DOCTYPE, nested items, a
namespace declared inside one, text between two) gives no split, and the whole feed is parsed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

#: Raised when a later veille reads the same bytes differently: what was remembered is then read again.
READING = b"1"
_TOKEN = re.compile(rb"<(?:!\[CDATA\[|!--|\?|!D|/?(?:item|entry)(?=[\s/>]))")
_ENDS = {b"<![CDATA[": b"]]>", b"<!--": b"-->", b"<?": b"?>"}
_XHTML = b'xmlns="http://www.w3.org/1999/xhtml"'
_BASE = re.compile(rb"\sbase\s*=|xml:base")
#: Dates of the feed itself, and comments: they change at every publication and no entry depends on them.
_VOLATILE = re.compile(rb"<(lastBuildDate|pubDate|updated|modified|dc:date)>[^<&]*</\1>|<!--(?:(?!--)[^\0])*+-->")
_ROOT_LANGUAGE = re.compile(rb"""\s*(?:<\?[^>]*>\s*)*<\w+(?=\s)[^<>]*?\sxml:lang=["']([\w-]{2,20})["']""")
ITEM, MARK = 16, 8
_RECORD = ITEM + 2 * MARK
_MOST_RECORDS = 1000


@dataclass(frozen=True, slots=True)
class Split:
    """A feed cut into what is before its items, the items, and what is after."""

    before: bytes
    items: tuple[bytes, ...]
    after: bytes
    #: Whether links are joined to addresses that the feed itself declares.
    based: bool

    def with_only(self, items: Sequence[bytes]) -> bytes:
        """The feed as if it held these items alone."""
        return b"".join((self.before, *items, self.after))


@dataclass(frozen=True, slots=True)
class Record:
    """One item of the last page: the digest of its first key, and its holder (see identity)."""

    mark: bytes
    holder: bytes


@dataclass(frozen=True, slots=True)
class Memory:
    """What the last read leaves: the head's hash ("" = read the whole next time), and each item's record."""

    head: bytes = b""
    records: dict[bytes, Record] = field(default_factory=dict)

    @property
    def holders(self) -> dict[bytes, bytes]:
        """Digest of first key -> holder."""
        return {record.mark: record.holder for record in self.records.values()}

    def encode(self) -> bytes:
        """Fixed-width bytes; the first items of a very long page only, and then no fast path."""
        kept = list(self.records.items())[:_MOST_RECORDS]
        head = self.head if len(kept) == len(self.records) else b""
        return head.ljust(ITEM, b"\0") + b"".join(item + one.mark + one.holder for item, one in kept)

    @classmethod
    def decode(cls, memory: bytes) -> Memory:
        """What `encode` wrote; anything else is an empty memory."""
        if len(memory) < ITEM or (len(memory) - ITEM) % _RECORD:
            return cls()
        rows = (memory[start : start + _RECORD] for start in range(ITEM, len(memory), _RECORD))
        records = {row[:ITEM]: Record(row[ITEM : ITEM + MARK], row[ITEM + MARK :]) for row in rows}
        return cls(memory[:ITEM].rstrip(b"\0") and memory[:ITEM], records)


def split(document: bytes) -> Split | None:
    """The items of a clean UTF-8 feed, byte for byte; None at any doubt. Linear."""
    spans = _spans(document)
    if not spans:
        return None
    items = tuple(document[start:end] for start, end in spans)
    ends = [end for _, end in spans]
    gaps = [document[end:start] for end, (start, _) in zip(ends, spans[1:], strict=False)]
    if b"".join(gaps).strip() or any(map(_has_own_namespace, items)) or len(set(items)) < len(items):
        return None
    return Split(document[: spans[0][0]], items, document[ends[-1] :], has_base(document))


def has_base(document: bytes) -> bool:
    """Whether the feed declares an address to join links to, anywhere."""
    return b"base" in document and _BASE.search(document) is not None


def declared_language(parts: Split) -> str | None:
    """The xml:lang of the feed's first element ("" = none); None where another element declares one."""
    outside = parts.before + parts.after
    if b"lang=" not in outside and not any(b"lang=" in item for item in parts.items):
        return ""
    root = _ROOT_LANGUAGE.match(outside)
    declarations = outside.count(b"lang=") + sum(item.count(b"lang=") for item in parts.items)
    return root[1].decode() if root and declarations == 1 else None


def item_hash(item: bytes) -> bytes:
    """Of the exact bytes of an item."""
    return hashlib.blake2b(item, digest_size=ITEM).digest()


def head_hash(parts: Split, *, address: str) -> bytes:
    """Of all that an entry may depend on beside its item: the head, and the address links are joined to."""
    head = _VOLATILE.sub(b"", parts.before) + b"\0" + _VOLATILE.sub(b"", parts.after)
    scope = b"\0".join((READING, b"based" if parts.based else b"", address.encode(errors="replace"), head))
    return hashlib.blake2b(scope, digest_size=ITEM).digest()


def _spans(document: bytes) -> list[tuple[int, int]] | None:
    """Start and end of each item; None when they nest, mix, or a construct is not closed."""
    spans: list[tuple[int, int]] = []
    start, name = -1, b""
    for token, position in _tags(document):
        end = document.find(b">", position) + 1
        tag = token.lstrip(b"</")
        if token == b"" or not end or (name and tag != name):
            return None
        name = tag
        opens = not token.startswith(b"</")
        if opens == (start >= 0) or (opens and document[end - 2] == ord("/")):
            return None
        if not opens:
            spans.append((start, end))
        start = position if opens else -1
    return spans if start < 0 else None


def _tags(document: bytes) -> Iterator[tuple[bytes, int]]:
    """Tags of items outside CDATA, comments and instructions; an empty one where the reading must stop."""
    position = 0
    while match := _TOKEN.search(document, position):
        token, position = match[0], match.end()
        if token == b"<!D":
            yield b"", 0
        elif ending := _ENDS.get(token):
            position = document.find(ending, position) + len(ending)
            if position < len(ending):
                yield b"", 0
                return
        else:
            yield token, match.start()


def _has_own_namespace(item: bytes) -> bool:
    """Whether an item declares a namespace: the parser forgets it too late."""
    return b"xmlns" in item and b"xmlns" in item.replace(_XHTML, b"")
