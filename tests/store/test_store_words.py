"""How many of a client's mentions hold a word: counted once each, apart for each client."""

from __future__ import annotations

from veille.store import words
from veille.store.engine import Store


def test_words_are_counted_by_client(store: Store) -> None:
    with store.writing() as tx:
        words.count(tx, [("floreal", (1, 2, 2)), ("floreal", (2,)), ("autoneo", (2,))])
        words.count(tx, [("floreal", (2, -5))])
        assert words.counted(tx, "floreal", [1, 2, -5, 9]) == (3, {1: 1, 2: 3, -5: 1, 9: 0})
        assert words.counted(tx, "autoneo", [2]) == (1, {2: 1})
        assert words.counted(tx, "nobody", []) == (0, {})


def test_many_words_are_asked_at_once(store: Store) -> None:
    with store.writing() as tx:
        words.count(tx, [("floreal", range(1, 1_201))])
        texts, counts = words.counted(tx, "floreal", range(1, 1_301))
    assert texts == 1
    assert sum(counts.values()) == 1_200
    assert len(counts) == 1_300
