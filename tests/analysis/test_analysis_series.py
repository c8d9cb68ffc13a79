"""A plain series of counts: what is told, what is an alarm, and that no row looks ahead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.analysis.series import Judged, Point, judge

START = datetime(2026, 11, 2, tzinfo=UTC)
STEPS = {"five minutes": 5, "an hour": 60, "a day": 1440}


def rows(values: Iterable[float], *, minutes: float = 60) -> list[Point]:
    """One row every so many minutes."""
    return [Point(START + timedelta(minutes=minutes) * place, value) for place, value in enumerate(values)]


def alarms(values: Iterable[float], *, minutes: float = 60) -> list[int]:
    """Where it rings."""
    return [place for place, row in enumerate(judge(rows(values, minutes=minutes))) if row.alarm]


def usual(number: int, *, mean: int = 20, seed: int = 1) -> list[float]:
    """A brand on an ordinary stretch: counts that stray as chance makes them."""
    rng = Random(seed)
    return [float(sum(rng.random() < 0.5 for _ in range(2 * mean))) for _ in range(number)]


class TestWhatIsToldAndWhatIsNot:
    """One burst among ordinary rows."""

    @pytest.mark.parametrize("minutes", STEPS.values(), ids=STEPS)
    def test_ordinary_rows_never_ring(self, minutes: int) -> None:
        assert alarms(usual(400), minutes=minutes) == []

    @pytest.mark.parametrize("minutes", STEPS.values(), ids=STEPS)
    def test_a_burst_rings_at_its_row(self, minutes: int) -> None:
        values = usual(400)
        values[350] = 200
        assert alarms(values, minutes=minutes) == [350]

    def test_a_burst_that_stays_as_high_rings_once(self) -> None:
        assert alarms([*usual(200), *[200.0] * 6, *usual(50)]) == [200]

    def test_a_burst_that_doubles_on_rings_again(self) -> None:
        rung = alarms([*usual(200), 100, 150, 200, 400, 800, 1600, *usual(50)])
        assert rung[0] == 200
        assert 2 <= len(rung) <= 4

    def test_the_same_height_a_week_later_is_less_of_an_event(self) -> None:
        told = list(judge(rows([*usual(200), 200, *usual(100), 200, *usual(20)])))
        assert told[200].score > told[301].score > 0

    def test_a_new_level_becomes_the_usual(self) -> None:
        rung = alarms([*usual(300), *usual(24 * 40, mean=90)])
        assert rung
        assert max(rung) < 300 + 24 * 3

    def test_a_slow_growth_is_no_alarm(self) -> None:
        assert alarms([20 * 1.002**hour for hour in range(24 * 60)]) == []

    def test_hours_that_are_high_together_ring_though_none_is_alone(self) -> None:
        quiet = [0.0, 0, 1, 0, 0, 2] * 48 * 10
        surge = [2.0, 2, 1, 2] * 6
        assert alarms([*quiet, *surge], minutes=5)
        assert alarms([*quiet, 2.0, *quiet[:24]], minutes=5) == []

    def test_fifty_in_a_day_on_two_a_day_ring_within_three_hours(self) -> None:
        rng = Random(4)
        values = [float(rng.random() < 2 / 288) for _ in range(288 * 30)]
        values += [float(rng.random() < 50 / 288) for _ in range(288)]
        rung = alarms(values, minutes=5)
        assert 288 * 30 <= rung[0] <= 288 * 30 + 36

    def test_a_drop_is_not_told(self) -> None:
        assert alarms([*usual(200), *[0.0] * 48]) == []

    def test_nothing_is_told_on_the_first_day(self) -> None:
        assert not any(row.score for row in judge(rows([1.0] * 10 + [500.0] * 13)))

    def test_a_series_of_zeros_is_quiet_and_its_first_few_mentions_are_told(self) -> None:
        assert alarms([0.0] * 500) == []
        assert alarms([*[0.0] * 500, 5.0]) == [500]


class TestTheShapeOfTheAnswer:
    """True of every series."""

    @settings(max_examples=30)
    @given(
        values=st.lists(st.floats(0, 1e12) | st.integers(0, 50).map(float), max_size=120),
        cut=st.integers(0, 120),
        minutes=st.sampled_from([5, 60, 360, 1440]),
    )
    def test_a_prefix_gives_the_prefix_of_the_answer(self, values: list[float], cut: int, minutes: int) -> None:
        whole = rows(values, minutes=minutes)
        assert list(judge(whole[:cut])) == list(judge(whole))[:cut]

    @settings(max_examples=30)
    @given(values=st.lists(st.floats(0, 1e12), max_size=120), gaps=st.lists(st.integers(1, 5000), max_size=120))
    def test_scores_lie_between_0_and_1_and_an_alarm_is_half_or_more(
        self, values: list[float], gaps: list[int]
    ) -> None:
        at, points = START, []
        for value, gap in zip(values, gaps, strict=False):
            at += timedelta(minutes=gap)
            points.append(Point(at, value))
        answer = list(judge(points))
        assert len(answer) == len(points)
        assert all(0 <= row.score < 1 for row in answer)
        assert all(row.alarm == (row.score >= 0.5) for row in answer)

    def test_it_answers_before_it_reads_on(self) -> None:
        def endless() -> Iterable[Point]:
            yield from rows([1.0] * 30)
            raise AssertionError("read too far")

        assert list(islice(judge(endless()), 30)) == [Judged(0.0, False)] * 30

    def test_moments_without_a_zone_serve_as_well(self) -> None:
        values = [*usual(100), 300.0]
        naive = [Point(point.at.replace(tzinfo=None), point.value) for point in rows(values)]
        assert list(judge(naive)) == list(judge(rows(values)))

    @pytest.mark.parametrize("times", [10, 1000])
    def test_a_brand_of_any_size_is_judged_alike(self, times: int) -> None:
        values = usual(300)
        values[250] = 200
        assert alarms([value * times for value in values]) == alarms(values) == [250]


class TestRowsThatAreMissing:
    """What was not measured is neither learnt nor held against what follows."""

    @staticmethod
    def without(points: Sequence[Point], first: int, last: int) -> list[Point]:
        return [*points[:first], *points[last:]]

    @pytest.mark.parametrize("hours", [1, 30, 24 * 20], ids=["an hour", "a night and more", "three weeks"])
    def test_a_source_that_returns_does_not_ring(self, hours: int) -> None:
        points = rows(usual(24 * 60))
        answer = judge(self.without(points, 500, 500 + hours))
        assert not any(row.alarm for row in answer)

    def test_a_burst_after_a_gap_rings(self) -> None:
        values = usual(600)
        values[540] = 200
        points = self.without(rows(values), 400, 500)
        assert [point.at for point, row in zip(points, judge(points), strict=True) if row.alarm] == [
            START + timedelta(hours=540)
        ]

    def test_one_row_in_ten_may_be_missing(self) -> None:
        values = usual(600)
        values[500] = 200
        points = [point for place, point in enumerate(rows(values)) if place % 10 != 3]
        assert [point.at for point, row in zip(points, judge(points), strict=True) if row.alarm] == [
            START + timedelta(hours=500)
        ]
