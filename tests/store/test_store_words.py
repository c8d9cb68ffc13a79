"""The words of a client's mentions: counted, and what each finds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kit_store import HOUR, NOW, mentioned, synced

from veille.store import placing, words
from veille.store.engine import Store
from veille.store.words import LATEST, Told


def told(number: int, *tokens: int, client: str = "floreal", sketch: tuple[int, ...] = ()) -> Told:
    """A mention of these words, found by those of its sketch."""
    return Told(client_id=client, number=number, tokens=tokens, sketch=sketch)


def test_words_are_counted_for_each_client(store: Store) -> None:
    """Common and rare, negative and large, in one batch and the next; a word never met counts 0."""
    least, most = -(2**63), 2**63 - 1
    with store.writing() as tx:
        words.count(tx, [told(1, 5, least, sketch=(least,)), told(2, 5, most), told(3, 5, client="lys")])
        words.count(tx, [told(4, 5, most, sketch=(most, least))])
        met = words.uses(tx, "floreal", [5, least, most, 9])
        assert (met.texts, met.counts) == (3, {5: 3, least: 1, most: 2, 9: 0})
        assert [tuple(met.latest(token, least=0, most=9)) for token in (5, least, most, 9)] == [(), (1, 4), (4,), ()]
        other = words.uses(tx, "lys", [5, most])
        assert (other.texts, other.counts) == (1, {5: 1, most: 0})
        assert words.uses(tx, "nobody", []).texts == 0


def test_many_words_are_asked_at_once(store: Store) -> None:
    """More than a statement carries; a word said twice in a text counts once."""
    with store.writing() as tx:
        words.count(tx, [told(1, *range(1, 1_201), 7)])
        met = words.uses(tx, "floreal", range(1, 1_301))
    assert (met.texts, sum(met.counts.values()), len(met.counts)) == (1, 1_200, 1_300)


def test_a_word_finds_its_last_mentions_only(store: Store) -> None:
    """However many held it, in one batch or one by one."""
    with store.writing() as tx:
        words.count(tx, [told(number, 7, sketch=(7,)) for number in range(1, LATEST + 101)])
        for number in (1_001, 1_002):
            words.count(tx, [told(number, 7, sketch=(7,))])
        met = words.uses(tx, "floreal", [7])
    assert met.counts[7] == LATEST + 102
    found = met.latest(7, least=0, most=10_000)
    assert (len(found), found[0], found[-1]) == (LATEST, 103, 1_002)
    assert met.latest(7, least=0, most=3) == (612, 1_001, 1_002)
    assert met.latest(7, least=612, most=10_000) == (612, 1_001, 1_002)
    assert met.latest(7, least=2_000, most=10_000) == ()


@pytest.mark.parametrize(("texts", "found"), [(1_000, 3), (10_000, 3), (1_000_000, 0)])
def test_more_must_be_shared_among_many(sqlite_store: Store, texts: int, found: int) -> None:
    """A word in seven is something in a thousand mentions, and chance in a million."""
    row = synced(sqlite_store, "press")["press"]
    lookup = placing.Lookup(canonical="", title_key=-1, sketch=(1, *range(90, 96)), author="", site="")
    with sqlite_store.writing() as tx:
        mentioned(tx, row, 3, sketch=(1, 2))
        met = replace(words.uses(tx, "floreal", lookup.sketch), texts=texts)
        (near,) = placing.candidates(tx, "floreal", [lookup], since=NOW - HOUR, met=met)
    assert len(near) == found


def test_a_key_that_two_clients_share_brings_no_mention_across(store: Store) -> None:
    """A word of one client and a word of another may have one key: chance, or somebody who tried for long."""
    row = synced(store, "press")["press"]
    alike = 7 ^ words.seed("floreal") ^ words.seed("lys")
    with store.writing() as tx:
        mentioned(tx, row, 3, sketch=(7,))
        assert words.uses(tx, "lys", [alike]).latest(alike, least=0, most=9)
        lookup = placing.Lookup(canonical="", title_key=-1, sketch=(alike,), author="", site="")
        assert placing.candidates(tx, "lys", [lookup], since=NOW - HOUR) == [()]
