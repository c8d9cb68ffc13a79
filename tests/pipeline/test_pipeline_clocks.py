"""A clock that is two hours wrong, ours or a server's: a warning, and no digest missed or sent twice."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from kit_house import NOON, Town, open_town, rss
from kit_http import answer

MORNING = "Point du matin"


def dated(town: Town, *, hours: float, age: str = "") -> None:
    """The feed answers with a Date so far from our clock."""

    def say(asked: object) -> object:
        said = format_datetime(town.clock.now() + timedelta(hours=hours), usegmt=True)
        headers = [("Content-Type", "application/rss+xml"), ("Date", said), *([("Age", age)] if age else [])]
        return answer(200, rss(town.web.items["press"]), headers)

    town.web.answers["press"] = say  # type: ignore[assignment]


def digests(town: Town) -> list[str]:
    return [subject for subject in town.subjects("camille") if MORNING in subject or "morning" in subject.lower()]


@pytest.mark.parametrize("hours", [2, -2])
def test_a_server_two_hours_off_is_warned_of_and_no_digest_is_missed_or_doubled(tmp_path: Path, hours: int) -> None:
    with open_town(tmp_path) as town:
        dated(town, hours=hours)
        town.publish("press", "Floréal ouvre une boutique", published=NOON + timedelta(hours=hours))
        town.live(NOON + timedelta(days=3), minutes=30)
        assert town.house.astray == {"floreal-press": hours * 60}
        assert len(digests(town)) == 3
        assert len(town.mentioned()) == 1


def test_a_copy_of_a_cache_is_as_old_as_it_says_and_no_clock_is_wrong(tmp_path: Path) -> None:
    with open_town(tmp_path) as town:
        dated(town, hours=-2, age="7200")
        town.beat()
        assert not town.house.astray


def test_a_server_whose_clock_was_put_right_is_no_longer_warned_of(tmp_path: Path) -> None:
    with open_town(tmp_path) as town:
        dated(town, hours=2)
        town.beat()
        assert town.house.astray
        dated(town, hours=0)
        town.live(NOON + timedelta(hours=2), minutes=30)
        assert not town.house.astray


@pytest.mark.parametrize("jump", [timedelta(hours=2), timedelta(hours=-2)], ids=["set forward", "set back"])
@pytest.mark.parametrize("before", [timedelta(hours=18), timedelta(hours=19)], ids=["before", "after"])
def test_our_clock_put_right_sends_the_digest_once(tmp_path: Path, jump: timedelta, before: timedelta) -> None:
    """The digest of Saturday is due at 06:30 in Paris, 18 and a half hours after noon."""
    with open_town(tmp_path) as town:
        town.publish("press", "Floréal ouvre une boutique")
        town.live(NOON + before)
        town.clock.put(town.clock.now() + jump)
        town.live(NOON + timedelta(hours=30))
        assert len(digests(town)) == 1
