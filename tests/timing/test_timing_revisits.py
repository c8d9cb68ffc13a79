"""When an address is looked at again: often, then rarely, then never."""

from __future__ import annotations

from datetime import timedelta

from kit_model import minutes
from veille.timing.revisits import AGAIN, next_look


def test_looks_fall_on_whole_minutes_of_the_clock() -> None:
    since = minutes(-67) + timedelta(seconds=13)
    assert next_look(minutes(0.4), since=since) == minutes(5)


def test_they_grow_rare_and_end() -> None:
    gaps = [next_look(minutes(60 * age), since=minutes(0)) for age in (0, 3, 7, 30)]
    assert [gap and gap - minutes(60 * age) for gap, age in zip(gaps, (0, 3, 7, 30), strict=True)] == [
        timedelta(minutes=5),
        timedelta(minutes=15),
        timedelta(hours=1),
        timedelta(hours=6),
    ]
    assert next_look(minutes(72 * 60), since=minutes(0)) is None


def test_an_address_is_asked_so_often_at_most() -> None:
    """What docs/following.md promises: less than seventy looks in three days."""
    at, looks = minutes(0), 0
    while (later := next_look(at, since=minutes(0))) is not None:
        at, looks = later, looks + 1
    assert looks <= 70


def test_what_was_not_found_is_looked_for_again_soon() -> None:
    assert next_look(minutes(5), since=minutes(0), doubt=AGAIN) == minutes(7)
