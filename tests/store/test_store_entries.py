"""Entries: once whatever the clients, edits kept, the same text on both engines."""

from __future__ import annotations

from typing import Any

from kit_store import DAY, HOUR, NOW, mentioned, new_entry, synced
from sqlalchemy import text

from veille.store import entries, mentions
from veille.store.engine import Store


def test_an_entry_is_added_once(store: Store) -> None:
    """The same page twice, with one more entry the second time; a key twice in one page."""
    row = synced(store, "press")["press"]
    with store.writing() as tx:
        first = entries.add(tx, row, [new_entry("a"), new_entry("b"), new_entry("a")], seen=NOW)
        second = entries.add(tx, row, [new_entry("a", title="Other"), new_entry("c")], seen=NOW + HOUR)
        assert second["a"] == first["a"]
        assert set(entries.known(tx, row, ["a", "b", "c", "d"])) == {"a", "b", "c"}
        assert entries.stored(tx, [first["a"]])[first["a"]].title == "Title"
        assert tx.execute(text("SELECT entries FROM source")).scalar() == 3


def test_the_same_key_in_two_sources_is_two_entries(store: Store) -> None:
    """Keys are identities within a source."""
    rows = synced(store, "a", "b")
    with store.writing() as tx:
        assert entries.add(tx, rows["a"], [new_entry("0")], seen=NOW) != entries.add(
            tx, rows["b"], [new_entry("0")], seen=NOW
        )


def test_an_edit_keeps_what_was_said_before(store: Store) -> None:
    """An article changed twice."""
    row = synced(store, "press")["press"]
    with store.writing() as tx:
        number = entries.add(tx, row, [new_entry("a", title="One")], seen=NOW)["a"]
        for n, title in enumerate(("Two", "Three"), 1):
            entries.edit(tx, [(number, new_entry("a", title=title))], at=NOW + n * HOUR)
        assert entries.stored(tx, [number])[number].title == "Three"
        assert entries.known(tx, row, ["a"])["a"].content == new_entry("a", title="Three").content
        assert entries.earlier(tx, number) == ((NOW + HOUR, "One", "Text"), (NOW + 2 * HOUR, "Two", "Text"))


def test_what_concerns_nobody_keeps_a_short_text(store: Store) -> None:
    """And the whole of it once an edit makes it match; what matched once stays whole."""
    row = synced(store, "press")["press"]
    long = "word " * 1000
    with store.writing() as tx:
        number = entries.add(tx, row, [new_entry("a", text=long, matched=False)], seen=NOW)["a"]
        assert len(entries.stored(tx, [number])[number].text) == entries.SHORT
        for matched in (True, False):
            entries.edit(tx, [(number, new_entry("a", text=long, matched=matched))], at=NOW)
            assert entries.stored(tx, [number])[number].text == long


def test_a_query_can_be_tried_on_what_concerned_nobody(store: Store) -> None:
    """Of some sources, since a day."""
    rows = synced(store, "a", "b")
    with store.writing() as tx:
        entries.add(tx, rows["a"], [new_entry("old", matched=False)], seen=NOW - 2 * DAY)
        entries.add(tx, rows["a"], [new_entry("one", matched=False), new_entry("two")], seen=NOW)
        entries.add(tx, rows["b"], [new_entry("other", matched=False)], seen=NOW)
        found = entries.unmatched(tx, [rows["a"]], since=NOW - DAY)
        assert [entry.key for entry in found] == ["one"]


def test_hostile_text_is_the_same_on_both_engines(store: Store) -> None:
    """NUL, lone surrogates, 20 KB keys and links, a megabyte of title: stored, found again, neighbours unharmed."""
    row = synced(store, "press")["press"]
    keys = ["k\0ey", "k\ud800ey", "x" * 20_000, "é" * 20_000, "quote'\"; --", "", "plain"]
    said: dict[str, Any] = {
        "author": "a\0\ud800b",
        "site": "s",
        "tags": ("\0\ud83d",),
        "links": ("https://x/" + "y" * 20_000,),
    }
    title, words = "t\0i\udfff" + "T" * 1_000_000, "x\0y\ud800z \U0001f600"
    fresh = [new_entry(key, title=title, text=words, **said) for key in keys]
    with store.writing() as tx:
        ids = entries.add(tx, row, fresh, seen=NOW)
        assert set(ids) == set(keys)
        assert len(set(ids.values())) == len(keys)
        assert set(entries.known(tx, row, keys)) == set(keys)
        found = entries.stored(tx, [ids["k\0ey"]])[ids["k\0ey"]]
        assert (found.key, found.text, found.author) == ("key", "xyz \U0001f600", "ab")
        assert found.title == "ti" + "T" * 1_000_000
        assert found.links == said["links"]


def test_a_mention_reads_what_its_entry_says_now(store: Store) -> None:
    """An edit shows in the mention."""
    row = synced(store, "press")["press"]
    with store.writing() as tx:
        (number,) = mentioned(tx, row, 1)
        entry_id = mentions.get(tx, number).entry_id
        entries.edit(tx, [(entry_id, new_entry("k", title="New title"))], at=NOW)
        assert mentions.get(tx, number).title == "New title"
