"""What a poll leaves behind: every answer and failure a source can give, as time passes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kit_house import NOON, Town, client, open_town
from kit_http import Answer, answer, redirect
from veille.model.digest import Health, SourceHealth
from veille.pipeline.poll import poll
from veille.store.health import health
from veille.store.sources import next_due

ONE = {"floreal": client("Floréal", "press")}
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with open_town(tmp_path, clients=ONE) as opened:
        opened.settle_in()
        yield opened


def source(town: Town, name: str = "floreal-press") -> SourceHealth:
    with town.house.store.reading() as conn:
        return next(s for s in health(conn, "floreal", now=town.clock.now()) if s.source_id == name)


def waits(town: Town, times: int) -> list[float]:
    """How long the source is left alone after each of so many polls, in minutes."""
    found = []
    for _ in range(times):
        poll(town.house)
        with town.house.store.reading() as conn:
            due = next_due(conn)
        assert due is not None
        found.append((due - town.clock.now()) / MINUTE)
        town.clock.put(due)
    return found


def test_a_304_reads_nothing_and_keeps_the_tags(town: Town) -> None:
    """The entity tag goes back byte for byte; nothing is doubled, the source is well."""
    tag = 'W/"é:1"'.encode().decode("latin-1")
    page = answer(200, RSS, [("ETag", tag), ("Last-Modified", "Fri, 12 Feb 2027 10:00:00 GMT")])
    town.web.answers["press"] = lambda asked: answer(304) if asked.headers.get("if-none-match") == tag else page
    for _ in range(3):
        town.beat()
        town.clock.pass_(minutes=20)
    assert [event.unchanged for event in town.polled()] == [False, True, True]
    assert town.server.asked[-1].headers["if-modified-since"] == "Fri, 12 Feb 2027 10:00:00 GMT"
    assert len(town.mentioned()) == 1
    assert source(town).health is Health.HEALTHY


def test_an_identical_body_is_not_read_again(town: Town) -> None:
    """A server without tags gives the same bytes: nothing to read, nothing doubled."""
    town.publish("press", "Floréal ouvre")
    for _ in range(3):
        town.beat()
        town.clock.pass_(minutes=20)
    assert [event.unchanged for event in town.polled()] == [False, True, True]
    assert len(town.mentioned()) == 1


def moving(town: Town, status: int, path: str = "/new") -> None:
    town.web.items["new"] = []
    town.web.answers["press"] = lambda asked: redirect(path, status)


@pytest.mark.parametrize(
    ("statuses", "adopted"),
    [
        pytest.param((301, 308, 301), True, id="three permanent answers to one address: adopted"),
        pytest.param((301, 301), False, id="two are not enough"),
        pytest.param((301, 302, 301, 301), False, id="a temporary one between begins the count again"),
        pytest.param((302, 302, 302, 302), False, id="temporary ones never count"),
    ],
)
def test_a_permanent_move_is_adopted_after_three(town: Town, statuses: tuple[int, ...], adopted: bool) -> None:
    """Followed each time; asked at the new address only once it is sure."""
    for status in statuses:
        moving(town, status)
        town.beat()
        town.clock.pass_(minutes=20)
    town.server.asked.clear()
    town.beat()
    assert town.server.asked[0].target == ("/new" if adopted else "/press")


def test_a_source_that_is_gone_is_asked_no_more_and_told_once(town: Town) -> None:
    """410: stopped for good; its client has nothing else and is blind, which the operator hears now, and once."""
    town.web.answers["press"] = lambda asked: answer(410)
    town.beat()
    town.server.asked.clear()
    assert source(town).health is Health.STOPPED
    assert town.subjects("camille") == ["[veille] Exploitant : à voir maintenant"]
    town.live(NOON + 5 * DAY, minutes=60)
    assert town.server.asked == []
    assert sum("Exploitant" in subject for subject in town.subjects("camille")) == 1


def test_a_failing_source_is_asked_ever_less(town: Town) -> None:
    """Twice the time after each failure, six hours at most; after the first good answer the usual one again."""
    town.web.answers["press"] = lambda asked: answer(500)
    found = waits(town, 9)
    assert [round(wait / 20) for wait in found[:4]] == [1, 2, 4, 8]
    assert all(320 < wait <= 360 for wait in found[5:])
    town.web.answers.clear()
    assert 10 <= waits(town, 1)[0] <= 11
    assert source(town).health is Health.HEALTHY


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        pytest.param("120", 10, 12, id="two minutes is less than the interval"),
        pytest.param("3600", 60, 67, id="an hour is honoured"),
        pytest.param("1000000000", 24 * 60, 24 * 60 + 1, id="thirty years is a day"),
        pytest.param("soon", 18, 21, id="garbage: the usual back-off"),
        pytest.param("-1", 18, 21, id="negative: the usual back-off"),
    ],
)
def test_retry_after(town: Town, said: str, least: float, most: float) -> None:
    """What the server asks, within [interval, 24 h]."""
    town.web.answers["press"] = lambda asked: answer(429, headers=[("Retry-After", said)])
    assert least <= waits(town, 1)[0] <= most


def test_trouble_is_told_after_a_day_and_its_end_too(tmp_path: Path) -> None:
    """One of two sources fails: nothing for a day, then a line in each daily report, then "answers again", once."""
    with open_town(tmp_path) as town:
        town.settle_in()
        town.web.answers["press"] = lambda asked: answer(503)
        town.live(NOON + DAY, minutes=30)
        assert not any("Exploitant" in subject for subject in town.subjects())
        town.live(NOON + 2 * DAY, minutes=30)
        assert town.subjects().count("[veille] Exploitant : sources muettes") == 2
        town.web.answers.clear()
        town.letters.clear()
        town.live(NOON + 4 * DAY, minutes=30)
        told = [text for text in town.texts() if text.startswith("[veille]")]
        assert len(told) == 1
        assert "répondent de nouveau" in told[0]
        assert "press" in told[0]


def test_a_blind_client_is_told_at_once_and_so_is_its_sight(town: Town) -> None:
    """Every source down for an hour: the operator hears it now, once; and again when it is over."""
    town.web.answers["press"] = lambda asked: answer(500)
    town.live(NOON + 4 * HOUR)
    assert town.subjects() == ["[veille] Exploitant : à voir maintenant"]
    town.web.answers.clear()
    town.live(NOON + 10 * HOUR)
    assert len(town.subjects()) == 2
    assert "répondent de nouveau" in town.texts()[1]


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param(lambda: answer(200, b""), id="an empty body"),
        pytest.param(lambda: answer(204), id="no content"),
        pytest.param(lambda: answer(200, b"<html><form>Login Flor\xc3\xa9al</form></html>"), id="a login page"),
        pytest.param(lambda: answer(200, b'{"error": "Flor\xc3\xa9al"}'), id="a JSON error"),
        pytest.param(lambda: answer(200, b"\x89PNG\r\n\x1a\n" + b"\0" * 99), id="a picture"),
    ],
)
def test_what_is_no_feed_is_a_fault_and_no_mention(town: Town, answers: Callable[[], Answer]) -> None:
    """Never "0 mentions": the source fails, and what was read before is still known."""
    town.publish("press", "Floréal ouvre")
    town.beat()
    town.web.answers["press"] = lambda asked: answers()
    town.clock.pass_(minutes=20)
    town.beat()
    assert source(town).health is Health.FAILING
    town.web.answers.clear()
    town.clock.pass_(hours=2)
    town.beat()
    assert source(town).health is Health.HEALTHY
    assert len(town.mentioned()) == 1


def test_one_source_that_breaks_us_leaves_the_others_be(tmp_path: Path) -> None:
    """A fault of ours while asking one is that one's failure; the round goes on."""
    with open_town(tmp_path) as town:
        town.settle_in()
        town.publish("forum", "Floréal ferme")
        fetch = town.house.fetcher.fetch

        class Broken:
            def fetch(self, request):  # type: ignore[no-untyped-def]
                if request.url.endswith("press"):
                    raise RecursionError("deep")
                return fetch(request)

            def close(self) -> None: ...

        town.with_(fetcher=Broken())
        town.beat()
        assert source(town, "floreal-press").error == "a fault of ours: RecursionError"
        assert len(town.mentioned()) == 1


RSS = (
    "<rss version='2.0'><channel><title>F</title>"
    "<item><guid>1</guid><title>Floréal ouvre</title></item></channel></rss>"
).encode()
