"""Other means to find what a text repeats among those given: what bench/dedup.py measures itself against."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz, process

try:
    from rensa import RMinHash, RMinHashLSH
except ImportError:
    RMinHash = RMinHashLSH = None


def each(said: Sequence[str]) -> Callable[[str], int]:
    """The likest of all, one by one."""
    return lambda text: process.extractOne(text, said, scorer=fuzz.ratio)[2]


def full_text(said: Sequence[str]) -> Callable[[str], int]:
    """Of the texts that SQLite's own index likes best, the likest."""
    conn = sqlite3.connect(":memory:")
    conn.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
    conn.executemany("INSERT INTO t (rowid, x) VALUES (?, ?)", enumerate(said))

    def find(text: str) -> int:
        asked = " OR ".join(f'"{word}"' for word in sorted(set(text.split()), key=len)[-8:] if word.isalnum())
        rows = conn.execute("SELECT rowid, x FROM t WHERE t MATCH ? ORDER BY rank LIMIT 20", (asked,)).fetchall()
        best = process.extractOne(text, [x for _, x in rows], scorer=fuzz.ratio)
        return rows[best[2]][0] if best else -1

    return find


def rensa(said: Sequence[str]) -> Callable[[str], int]:
    """Of the texts that share a band of MinHash, the likest."""
    lsh = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)

    def sketched(text: str) -> object:
        made = RMinHash(num_perm=128, seed=1)
        made.update(text.split())
        return made

    for place, text in enumerate(said):
        lsh.insert(place, sketched(text))

    def find(text: str) -> int:
        found = lsh.query(sketched(text))
        return max(found, key=lambda place: fuzz.ratio(text, said[place]), default=-1)

    return find
