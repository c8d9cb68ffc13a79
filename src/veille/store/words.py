"""The words of a client's mentions: how many hold each, and the last that held it as one of their rarest.

A text asks for its words once, and has what its corpus counts and what its index finds. Counts are of all that was ever
stored; of the mentions, only the last few are kept, some of which retention may have taken since.
"""

from __future__ import annotations

import struct
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

from sqlalchemy import Connection, LargeBinary, TextClause, bindparam, text

from veille.store.prepared import execute, execute_many
from veille.store.upsert import chunks, padded

#: The key under which mentions themselves are counted; no word has it.
EVERY = 0
#: Mentions kept under a word, the last ones, and the bytes of a number: enough for four billion mentions.
LATEST, _BYTES = 512, 4


@dataclass(frozen=True, slots=True)
class Uses:
    """What a client's mentions have of some words."""

    #: How many mentions were counted, and how many of them hold each word; 0 for one never met.
    texts: int = 0
    counts: Mapping[int, int] = field(default_factory=dict)
    _latest: Mapping[int, bytes] = field(default_factory=dict)

    def latest(self, token: int, *, least: int, last: int | None = None, most: int) -> Sequence[int]:
        """Up to `most` numbers, from `least` to `last`, of the last mentions that held it as one of their rarest."""
        packed = self._latest.get(token, b"")
        if last is None:
            packed = packed[-most * _BYTES :]
        numbers = struct.unpack(f"<{len(packed) // _BYTES}I", packed)
        if last is not None:
            numbers = numbers[: bisect_right(numbers, last)][-most:]
        return numbers if not numbers or numbers[0] >= least else numbers[bisect_left(numbers, least) :]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The words of a mention just stored."""

    client_id: str
    number: int
    tokens: Iterable[int]
    #: The rarest of them: what finds the mention.
    sketch: Iterable[int]


def count(tx: Connection, mentions: Sequence[Told]) -> None:
    """Count these mentions under their words, and find them by those of their sketches. Their numbers must grow."""
    texts: Counter[int] = Counter()
    found: defaultdict[int, list[int]] = defaultdict(list)
    for mention in mentions:
        own = seed(mention.client_id)
        sketch = {token ^ own for token in mention.sketch}
        texts.update({own ^ EVERY, *[token ^ own for token in mention.tokens]})
        for key in sketch:
            found[key].append(mention.number)
    rows = [(key, texts[key], _packed(found.get(key, ()))) for key in sorted(texts.keys() | found.keys())]
    if tx.dialect.name == "sqlite":
        execute_many(tx, _MORE_IN_SQLITE, rows)
    elif rows:
        tx.execute(_MORE, [dict(zip(("key", "texts", "latest"), row, strict=True)) for row in rows])


def _packed(numbers: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers) if numbers else b""


#: SQLite takes two blobs put together for a text, and has no end of an empty one.
_MORE_IN_SQLITE = f"""
    INSERT INTO word_use (key, texts, latest) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET
    texts = texts + excluded.texts,
    latest = coalesce(substr(CAST(latest || excluded.latest AS BLOB), -{LATEST * _BYTES}), x'')
"""
_MORE = text(
    f"""
    INSERT INTO word_use (key, texts, latest) VALUES (:key, :texts, :latest) ON CONFLICT (key) DO UPDATE SET
    texts = word_use.texts + excluded.texts, latest = substring(word_use.latest || excluded.latest FROM
    greatest(1, octet_length(word_use.latest) + octet_length(excluded.latest) + 1 - {LATEST * _BYTES}))
    """
).bindparams(bindparam("latest", type_=LargeBinary))


def uses(conn: Connection, client_id: str, tokens: Iterable[int]) -> Uses:
    """What the client's mentions have of these words."""
    own = seed(client_id)
    found = dict.fromkeys((EVERY, *tokens), 0)
    latest: dict[int, bytes] = {}
    for part in chunks([token ^ own for token in found]):
        whole = [*part, *[None] * (padded(len(part)) - len(part))]
        for key, texts, packed in _asked(conn, whole):
            token = key ^ own
            found[token] = texts
            if packed:
                latest[token] = packed
    return Uses(found.pop(EVERY), found, latest)


def _asked(conn: Connection, keys: Sequence[int | None]) -> Iterable[tuple[int, int, bytes]]:
    if conn.dialect.name == "sqlite":
        return execute(conn, _plain(len(keys)), tuple(keys))
    rows = conn.execute(_question(len(keys)), {f"v{n}": key for n, key in enumerate(keys)})
    return [(row.key, row.texts, bytes(row.latest)) for row in rows]


@lru_cache(maxsize=16)
def _plain(size: int) -> str:
    return f"SELECT key, texts, latest FROM word_use WHERE key IN ({', '.join('?' * size)})"


@lru_cache(maxsize=16)
def _question(size: int) -> TextClause:
    marks = ", ".join(f":v{n}" for n in range(size))
    return text(f"SELECT key, texts, latest FROM word_use WHERE key IN ({marks})")


@lru_cache(maxsize=1_000)
def seed(client_id: str) -> int:
    """What parts the words of one client from those of another: a signed 64-bit number."""
    made = blake2b(client_id.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(made, "big", signed=True)
