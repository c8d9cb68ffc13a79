"""What looks at an address come to: gone takes several, and what was never read is never gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit_model import minutes
from veille.analysis.visibility import UNREADABLE, after, unreadable
from veille.model.following import Sight, Visibility

V, A, R, U = Sight.VISIBLE, Sight.ABSENT, Sight.REFUSED, Sight.UNKNOWN

#: Sights five minutes apart, and since when the mention is gone, in minutes (None = it is not).
RUNS = {
    "visible": ([V, V, V], None),
    "no such page, twice": ([V, R, R], 5),
    "no such page, once": ([V, R], None),
    "no such page, then there again": ([V, R, V], None),
    "a site that is down in between": ([V, R, U, R], 5),
    "a site that is down for hours": ([V, U, U, U, U, U], None),
    "the text left the page, for ten minutes": ([V, A, A, A], 5),
    "the text left the page, for a moment": ([V, A, A, V], None),
    "a wall from the start": ([A, A, A, A, A], None),
    "an address that never answered": ([R, R, R], None),
    "back after it was gone": ([V, R, R, V], None),
    "gone stays gone while the site is down": ([V, R, R, U, U], 5),
}


def looked(sights: Sequence[Sight], *, titled: bool = False) -> Visibility:
    known = Visibility()
    for n, sight in enumerate(sights):
        known = after(known, sight, titled=titled, at=minutes(5 * n))
    return known


@pytest.mark.parametrize(("sights", "gone"), RUNS.values(), ids=RUNS)
def test_what_is_gone(sights: list[Sight], gone: int | None) -> None:
    since: datetime | None = None if gone is None else minutes(gone)
    assert looked(sights).gone == since


def test_a_page_known_by_its_title_alone_can_vanish_whole() -> None:
    """A press summary is not on the page; a page without it says nothing, a page that is not there does."""
    known = after(Visibility(), U, titled=True, at=minutes(0))
    for n in (1, 2, 3, 4):
        assert after(known, A, at=minutes(5 * n)).misses == 0
    once = after(known, R, at=minutes(5))
    assert after(once, R, at=minutes(7)).gone == minutes(5)


def test_an_address_where_nothing_can_be_read_is_let_alone() -> None:
    assert unreadable(looked([U] * UNREADABLE))
    assert not unreadable(looked([U] * (UNREADABLE - 1)))
    assert not unreadable(looked([V, U, U, U]))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from([A, R, U]), max_size=12))
def test_nothing_is_gone_that_was_never_seen(sights: list[Sight]) -> None:
    assert looked(sights).gone is None
