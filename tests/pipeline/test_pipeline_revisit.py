"""Told mentions whose addresses are asked again, over real loopback: gone is a fact, and never a guess."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kit_house import Item, Town, open_town
from kit_http import Answer, Asked, answer, redirect, reset
from veille.pipeline.events import Vanished
from veille.pipeline.explain import explain
from veille.pipeline.revisit import PER_HOST, revisit
from veille.store import mentions

TEXT = "Floréal : la gerbe de deuil de maman jamais livrée, personne ne répond, obsèques sans fleurs, honteux."
FILLER = "<p>" + "Le forum des clients, ses règles, ses derniers messages et ses membres. " * 30 + "</p>"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with open_town(tmp_path) as opened:
        opened.web.answers[""] = lambda _: _page("<p>Accueil</p>")
        opened.settle_in()
        yield opened


def _page(body: str) -> Answer:
    return answer(200, f"<!doctype html><body>{body}</body>".encode(), [("Content-Type", "text/html; charset=utf-8")])


def _say(town: Town, path: str, what: Callable[[Asked], Answer] | Answer) -> None:
    town.web.answers[path] = what if callable(what) else lambda _: what


def _told(town: Town, *, paths: tuple[str, ...] = ("p1",), author: str = "claire roux") -> list[Item]:
    """A critical message that is told, its page up; others by the same author follow it."""
    items = []
    for n, path in enumerate(paths):
        _say(town, path, _page(f"<h1>Page</h1><p>{TEXT} {n}</p>{FILLER}"))
        link = f"{town.server.url('')}/{path}"
        items.append(town.publish("forum", "", f"{TEXT} {n}", link=link, author=author))
    town.beat()
    assert len(town.subjects()) == 1, town.subjects()
    return items


def _asked(town: Town, path: str) -> int:
    return sum(each.target.strip("/") == path for each in town.server.asked)


def _vanished(town: Town) -> int:
    return sum(isinstance(event, Vanished) for event in town.events)


def _looks(town: Town, *minutes: float) -> None:
    """Looks after each of these minutes have passed; nothing else happens."""
    for each in minutes:
        town.clock.pass_(minutes=each)
        while revisit(town.house).asked:
            pass


def _why(town: Town) -> str:
    with town.house.store.reading() as conn:
        return explain(conn, mentions.recent(conn, "floreal", since=town.clock.now() - timedelta(days=2))[-1].id)


def test_a_page_that_is_not_there_any_more_is_gone_after_two_looks(town: Town) -> None:
    _told(town)
    _say(town, "p1", answer(404))
    _looks(town, 5)
    assert _vanished(town) == 0
    since = town.clock.now()
    _looks(town, 2)
    assert _vanished(town) == 1
    assert f"no longer visible since {since:%Y-%m-%d %H:%M} UTC" in _why(town)
    assert len(town.subjects()) == 1, "a disappearance by itself rings nobody"


def test_the_digest_shows_the_dated_copy_and_accuses_nobody(town: Town) -> None:
    _told(town)
    _say(town, "p1", answer(410))
    _looks(town, 5, 2)
    town.live(town.clock.now() + timedelta(hours=20), minutes=60)
    digest = town.texts()[-1]
    assert "n'est plus visible depuis" in digest
    assert "encore visible à" in digest
    assert "gerbe de deuil de maman" in digest
    assert "supprim" not in digest
    assert "effac" not in digest


SILENT = {
    "a site that is down": reset(),
    "a site in trouble": answer(500),
    "a page that wants a login": answer(401),
    "too many questions": answer(429),
    "a redirect to a login": redirect("/login"),
    "a page that changed a little": _page(f"<p>{TEXT[:60]}...</p>{FILLER}"),
    "a page that is only a wall": _page("<form>Connectez-vous pour voir <input type=password></form>"),
}


@pytest.mark.parametrize("what", SILENT.values(), ids=SILENT)
def test_what_says_nothing(town: Town, what: Answer) -> None:
    _told(town)
    _say(town, "login", _page(f"<form><input type=password></form>{FILLER}"))
    _say(town, "p1", what)
    _looks(town, 5, 5, 5, 5, 5)
    assert _vanished(town) == 0
    assert "still visible" in _why(town)


def test_a_site_that_says_404_of_everything_took_nothing_away(town: Town) -> None:
    _told(town)
    _say(town, "p1", answer(404))
    _say(town, "", answer(503))
    _looks(town, 5, 2, 2, 5)
    assert _vanished(town) == 0


def test_a_page_that_answers_without_the_text_is_gone_after_three_looks(town: Town) -> None:
    _told(town)
    _say(town, "p1", _page(f"<p>Ce message n'est pas disponible.</p>{FILLER}"))
    _looks(town, 5, 2)
    assert _vanished(town) == 0
    _looks(town, 5, 5)
    assert _vanished(town) == 1


def test_a_text_that_is_back_is_gone_no_more(town: Town) -> None:
    _told(town)
    there = town.web.answers["p1"]
    _say(town, "p1", answer(404))
    _looks(town, 5, 2)
    _say(town, "p1", there)
    _looks(town, 5)
    assert "still visible" in _why(town)


def test_falling_off_a_feed_is_no_disappearance(town: Town) -> None:
    _told(town)
    with town.web.lock:
        town.web.items["forum"].clear()
    town.live(town.clock.now() + timedelta(hours=2))
    assert _vanished(town) == 0
    assert "still visible" in _why(town)


def test_behind_a_login_nothing_is_known_and_soon_nothing_is_asked(town: Town) -> None:
    """A social network that shows its posts to members only: unknown, not gone."""
    _say(town, "p1", redirect("/login"))
    _say(town, "login", _page(FILLER))
    town.publish("forum", "", f"{TEXT} 0", link=f"{town.server.url('')}/p1", author="claire roux")
    town.beat()
    _looks(town, 5, 5, 5, 5, 5)
    assert _asked(town, "p1") == 3
    assert "not known whether it is still visible" in _why(town)


def test_only_what_was_told_is_asked(town: Town) -> None:
    _say(town, "calm", _page("<p>Jolies fleurs Floréal</p>"))
    town.publish("forum", "Jolies fleurs Floréal", link=f"{town.server.url('')}/calm")
    town.beat()
    _looks(town, 5, 5)
    assert _asked(town, "calm") == 0


def test_one_host_is_asked_little_at_once(town: Town) -> None:
    _told(town, paths=("p1", "p2", "p3", "p4", "p5"))
    town.clock.pass_(minutes=5)
    assert revisit(town.house).asked == PER_HOST
    assert revisit(town.house).asked == 0
    town.clock.pass_(seconds=11)
    assert revisit(town.house).asked == PER_HOST


def test_after_three_days_nothing_is_asked(town: Town) -> None:
    _told(town)
    _looks(town, 5, 73 * 60)
    before = _asked(town, "p1")
    _looks(town, 60, 60 * 24)
    assert _asked(town, "p1") == before


def test_two_that_vanished_are_said_by_the_next_alert(town: Town) -> None:
    _told(town, paths=("p1", "p2"))
    _looks(town, 1)
    _say(town, "p1", answer(404))
    _say(town, "p2", answer(404))
    _looks(town, 5, 2, 2)
    assert _vanished(town) == 2
    for n in range(3):
        text = f"Floréal fait disparaître les messages d'une cliente en deuil, gerbe jamais livrée, honteux {n}."
        town.publish("press" if n else "forum", "", text, author=f"témoin {n}")
    town.clock.pass_(minutes=10)
    town.beat()
    said = town.texts()[-1]
    assert "2 messages ne sont plus visibles depuis" in said
    assert "2 messages disparus" in town.subjects()[-1]
