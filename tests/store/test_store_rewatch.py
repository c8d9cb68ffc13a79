"""Stored entries read again, and mentions whose watches change, on both engines."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kit_store import DAY, HOUR, NOW, mentioned, new_entry, new_mention, synced

from veille.model.digest import Period
from veille.model.mention import Match, Span, Urgency
from veille.store import entries, mentions, past, rewatch, volumes
from veille.store.engine import Store
from veille.store.entries import Kept
from veille.store.rewatch import Standing


def given(store: Store, row: int, *keys: str, matched: bool = False, hours: int = 0) -> list[int]:
    """Entries of a source, seen so many hours after NOON; their numbers."""
    with store.writing() as tx:
        fresh = [new_entry(key, matched=matched) for key in keys]
        return sorted(entries.add(tx, row, fresh, seen=NOW + hours * HOUR).values())


def keys(found: tuple[past.Past, ...]) -> list[str]:
    return [one.entry.key for one in found]


def test_pages_follow_the_arrival_and_end(store: Store) -> None:
    """Five entries of two sources and one of a third, two a page, the latest stored first."""
    rows = synced(store, "press", "forum", "other")
    given(store, rows["forum"], "late", hours=2)
    given(store, rows["press"], "a", "b", "c")
    given(store, rows["forum"], "d", hours=1)
    given(store, rows["other"], "not-asked")
    asked = (rows["press"], rows["forum"])
    with store.reading() as conn:
        first = past.page(conn, asked, Kept.SHORT, since=NOW, limit=2)
        second = past.page(conn, asked, Kept.SHORT, since=NOW, after=first[-1], limit=2)
        assert keys((*first, *second)) == ["a", "b", "c", "d"]
        assert keys(past.page(conn, asked, Kept.SHORT, since=NOW, after=second[-1])) == ["late"]
        assert keys(past.page(conn, asked, Kept.SHORT, since=NOW + HOUR)) == ["d", "late"]
        assert past.page(conn, asked, Kept.WHOLE, since=NOW) == ()
        assert past.page(conn, (), Kept.SHORT, since=NOW) == ()
        assert [keys(page) for page in past.pages(conn, asked, Kept.SHORT, since=NOW)] == [["a", "b", "c", "d", "late"]]


def test_an_entry_comes_back_with_what_was_worked_out(store: Store) -> None:
    row = synced(store, "press")["press"]
    (number,) = given(store, row, "a", matched=True)
    with store.reading() as conn:
        (found,) = past.page(conn, [row], Kept.WHOLE, since=NOW)
    assert (found.id, found.row, found.seen, found.published) == (number, row, NOW, NOW)
    assert (found.canonical, found.entry.title, len(found.content)) == ("https://press.example/a", "Title", 32)


def test_a_short_entry_is_kept_whole_from_then_on(store: Store) -> None:
    row = synced(store, "press")["press"]
    ids = given(store, row, "a", "b")
    with store.writing() as tx:
        past.keep_whole(tx, ids[:1])
        assert keys(past.page(tx, [row], Kept.WHOLE, since=NOW)) == ["a"]
        assert keys(past.page(tx, [row], Kept.SHORT, since=NOW)) == ["b"]


#: As bad in its tone as in its words: the one without the other is no anger.
SOUR = Urgency(40, tone=-0.6)
CRISIS = Match("crisis", (Span("text", 3, 9, "scandale"),))


@pytest.mark.parametrize(
    ("change", "counted"),
    [
        pytest.param({"matches": (CRISIS,)}, {"crisis": 1}, id="another watch"),
        pytest.param({"matches": (CRISIS, Match("brand"))}, {"brand": 1, "crisis": 1}, id="one watch more"),
        pytest.param({"matches": (CRISIS,), "muted": True}, {}, id="muted from now on"),
        pytest.param({"matches": (CRISIS,), "own": True}, {}, id="the client's own word"),
        pytest.param({"matches": (CRISIS,), "event": "fair"}, {"crisis": 1}, id="part of a planned event gone sour"),
        pytest.param({"matches": ()}, {}, id="no watch"),
    ],
)
def test_a_mention_stands_as_it_is_told(store: Store, change: dict[str, object], counted: dict[str, int]) -> None:
    """It is counted where its watches say, and judged no second time."""
    row = synced(store, "press")["press"]
    with store.writing() as tx:
        (number,) = mentioned(tx, row, 1, urgency=SOUR)
        mentions.mark_assessed(tx, [number], at=NOW)
        entry_id = mentions.get(tx, number).entry_id
        present = Standing(mention_id=number, **change)  # type: ignore[arg-type]
        rewatch.rewatch(tx, [present])
        assert rewatch.standings(tx, "floreal", [entry_id]) == {entry_id: present}
        assert rewatch.standings(tx, "lys", [entry_id]) == {}
        assert mentions.unassessed(tx, limit=9) == ()
        for watch in ("brand", "crisis"):
            arrivals = volumes.volume(tx, "floreal", watch, now=NOW + HOUR).arrivals
            assert len(arrivals) == counted.get(watch, 0)


def test_what_is_detached_is_kept_and_never_judged(store: Store) -> None:
    """Three mentions, one of which waits to be judged; two are detached."""
    row = synced(store, "press")["press"]
    with store.writing() as tx:
        waiting, judged, untouched = mentioned(tx, row, 3)
        mentions.mark_assessed(tx, [judged], at=NOW - DAY)
        rewatch.detach(tx, [waiting, judged], at=NOW)
        assert [m.id for m in mentions.unassessed(tx, limit=9)] == [untouched]
        gone = mentions.of_ids(tx, [waiting, judged])
        assert [(m.watches, m.muted) for m in gone] == [((), True)] * 2
        assert [m.id for m in mentions.recent(tx, "floreal", since=NOW, watch="brand")] == [untouched]
        assert len(mentions.recent(tx, "floreal", since=NOW)) == 3
        counts = volumes.counts(tx, "floreal", Period(since=NOW, until=NOW + HOUR))
        assert (counts.mentions, counts.muted) == (1, 2)


def test_a_mention_put_back_counts_again(store: Store) -> None:
    row = synced(store, "press")["press"]
    with store.writing() as tx:
        (number,) = mentioned(tx, row, 1)
        entry_id = mentions.get(tx, number).entry_id
        before = rewatch.standings(tx, "floreal", [entry_id])[entry_id]
        rewatch.detach(tx, [number], at=NOW)
        rewatch.rewatch(tx, [replace(before, muted=False)])
        assert rewatch.standings(tx, "floreal", [entry_id]) == {entry_id: before}
        assert len(volumes.volume(tx, "floreal", "brand", now=NOW + HOUR).arrivals) == 1


def test_more_mentions_than_one_statement_takes(store: Store) -> None:
    row = synced(store, "press")["press"]
    with store.writing() as tx:
        numbers = mentioned(tx, row, 700)
        rewatch.detach(tx, numbers, at=NOW)
        assert {m.watches for m in mentions.of_ids(tx, numbers)} == {()}
        assert mentions.add(tx, new_mention(1)) == numbers[0]
