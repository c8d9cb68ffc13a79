"""The usual: rates, shapes, tails; and the list of second signals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import inf

import pytest
from analysis_volumes import counted

from veille.analysis import volume
from veille.analysis.signals import second_signals
from veille.model.alert import Story
from veille.model.mention import Kinship, Mention, Signal, Urgency, Verdict
from veille.model.volume import Volume

MONDAY = datetime(2027, 2, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)

#: Computed apart, by summing the mass functions in exact fractions (shape 2 by hand).
TAILS = {
    "nothing is sure": (0, 1.2, inf, 1.0),
    "one or more at 1.2": (1, 1.2, inf, 0.698806),
    "three or more at 0.15": (3, 0.15, inf, 0.000503),
    "far out": (60, 10.0, inf, 5.0e-27),
    "restless, one or more": (1, 2.0, 2.0, 0.75),
    "restless, two or more": (2, 2.0, 2.0, 0.5),
    "half a mention counts whole": (2.5, 0.15, inf, 0.000503),
    "nothing was ever usual": (1, 0.0, inf, 0.0),
}


@pytest.mark.parametrize(("count", "mean", "shape", "chance"), TAILS.values(), ids=TAILS)
def test_tail(count: float, mean: float, shape: float, chance: float) -> None:
    found = volume.tail(count, mean=mean, shape=shape)
    assert found == pytest.approx(chance, rel=0.02) or max(found, chance) < 1e-20


def of(past: tuple[int, ...], now: datetime = MONDAY) -> Volume:
    return Volume(client_id="c", watch_id="w", now=now, past=counted(past, now - 24 * HOUR), arrivals=())


def per_day(past: Volume) -> float:
    return volume.baseline(past.past).per_hour * 24


def test_a_flat_past_expects_its_mean_at_any_hour() -> None:
    flat = of((1,) * 24 * 28)
    assert volume.expected(flat, 24 * HOUR) == pytest.approx(24, rel=0.05)
    assert volume.expected(flat, HOUR / 4) == pytest.approx(0.25, rel=0.05)
    assert per_day(flat) == pytest.approx(24, rel=0.05)


def test_the_hours_of_the_day_are_learnt_from_much_and_shrunk_for_little() -> None:
    usual = volume.baseline(counted(((0,) * 12 + (10,) * 12) * 28, MONDAY))
    assert usual.expected(MONDAY + 18 * HOUR, MONDAY + 19 * HOUR) > 8
    assert usual.expected(MONDAY + 6 * HOUR, MONDAY + 7 * HOUR) < 1
    little = volume.baseline(counted(((0,) * 23 + (1,)) * 3, MONDAY))
    assert little.expected(MONDAY + 6 * HOUR, MONDAY + 12 * HOUR) > 0.1


def test_an_empty_past_is_little_and_never_zero() -> None:
    assert 0 < per_day(of(())) <= 0.5
    assert 0 < per_day(of((0,) * 24 * 28)) < 0.05


def test_last_months_crisis_is_not_the_usual() -> None:
    quiet, crisis = (1,) + (0,) * 23, (40,) * 24
    assert per_day(of(quiet * 13 + crisis + quiet * 14)) < 2


def test_restless_days_make_a_large_count_less_odd() -> None:
    steady = volume.baseline(counted((4,) * 24 * 28, MONDAY))
    restless = volume.baseline(counted(((0,) * 24 + (8,) * 24) * 14, MONDAY))
    assert volume.tail(150, mean=96, shape=restless.shape) > 100 * volume.tail(150, mean=96, shape=steady.shape)


def mention(number: int, *signals: str, author: str = "ana", site: str = "a.fr") -> Mention:
    return Mention(
        id=number,
        client_id="c",
        entry_id=number,
        story_id=1,
        link="",
        canonical="",
        title="",
        text="",
        author=author,
        site=site,
        source_id="s",
        place="forum",
        published=MONDAY,
        seen=MONDAY,
        verdict=Verdict(kinship=Kinship.NEW),
        urgency=Urgency(90, tuple(Signal(name, 20) for name in signals)),
        watches=("w",),
    )


def story(*mentions: Mention) -> Story:
    return Story(id=1, client_id="c", code="F-1", title="", first_seen=MONDAY, last_seen=MONDAY, mentions=mentions)


SECONDS = {
    "a crisis word alone": ((mention(1, "fraud"),), ()),
    "a grave word alone": ((mention(1, "danger"),), ()),
    "another family": ((mention(1, "mourning", "undelivered"),), ("another_family",)),
    "someone hurt": ((mention(1, "fraud", "danger"),), ("danger", "another_family")),
    "a child": ((mention(1, "danger", "vulnerable"),), ("vulnerable",)),
    "the product named": ((mention(1, "fraud", "names_product"),), ("names_product",)),
    "the press": ((mention(1, "law", "national_press"),), ("national_press",)),
    "another author": ((mention(1, "fraud"), mention(2, author="bob")), ("second_author",)),
    "another site": ((mention(1, "fraud"), mention(2, site="b.fr")), ("second_site",)),
}


@pytest.mark.parametrize(("mentions", "expected"), SECONDS.values(), ids=SECONDS)
def test_second_signals_of(mentions: tuple[Mention, ...], expected: tuple[str, ...]) -> None:
    assert second_signals(story(*mentions), mentions) == expected
