"""Dialogues of several questions: a session, then a search; the secret stays at the door; an allowance is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from kit_house import NOON, Town, open_town
from kit_http import Answer, Asked, answer
from sources.exam import bluesky as sheet
from veille.model.digest import Health
from veille.model.exchange import Request, Source
from veille.model.secret import Secret
from veille.pipeline import dialogue
from veille.pipeline.dialogue import begins
from veille.sources import secrets
from veille.sources.kind import Budget
from veille.store.health import health

PASSWORD = 'mot de "passe" é'
CLIENT = """\
name: Floréal
mark: FL
watches:
  - {id: floreal, query: Floréal SAUF (frégate OU navire)}
  - {id: fleurs, query: '"livraison de fleurs" OU floreal.example'}
sources:
  - id: floreal-bluesky
    kind: bluesky
    url: '{web}'
    options: {identifier: veille.example, password: 'file:secret'}
"""
SESSION, SEARCH = "xrpc/com.atproto.server.createSession", "xrpc/app.bsky.feed.searchPosts"


@contextmanager
def served_town(folder: Path, say: Callable[[Asked], Answer]) -> Iterator[Town]:
    """A town whose only source is a look-alike of Bluesky."""
    (folder / "config").mkdir()
    secret = folder / "config" / "secret"
    secret.write_text(PASSWORD, encoding="utf-8")
    secret.chmod(0o600)
    with open_town(folder, clients={"floreal": CLIENT}) as town:
        town.server.script = say
        yield town


def posts(*numbers: int) -> Answer:
    return answer(200, sheet.page([sheet.item(n, date="2027-02-12T10:59:00Z") for n in numbers]))


def session(asked: Asked) -> Answer:
    """What a sound service says."""
    if asked.target.startswith(f"/{SESSION}"):
        known = json.loads(asked.body) == {"identifier": "veille.example", "password": PASSWORD}
        return answer(200, b'{"accessJwt": "jeton", "handle": "veille.example"}') if known else answer(401)
    return posts(1, 2) if asked.headers["authorization"] == "Bearer jeton" else answer(401)


def test_each_watch_asks_its_own_question_through_a_session(tmp_path: Path) -> None:
    """Two sources come of one: what excludes and the parts of a choice are asked as the service understands them."""
    with served_town(tmp_path, session) as town:
        town.beat()
        targets = [asked.target for asked in town.server.asked if SEARCH in asked.target]
        assert sorted(target.partition("q=")[2].partition("&")[0] for target in targets) == [
            "%22floreal.example%22",
            "%22livraison+de+fleurs%22",
            "Flor%C3%A9al",
        ]
        with town.house.store.reading() as conn:
            states = health(conn, "floreal", now=town.clock.now())
        assert {(s.source_id, s.health) for s in states} == {
            ("floreal-bluesky-floreal", Health.HEALTHY),
            ("floreal-bluesky-fleurs", Health.HEALTHY),
        }


def test_the_password_is_in_the_request_and_nowhere_else(tmp_path: Path) -> None:
    """Not in the database, not in what a failing service makes us say."""
    with served_town(tmp_path, session) as town:
        town.beat()
        town.server.script = lambda asked: answer(500, PASSWORD.encode())
        town.clock.pass_(minutes=20)
        town.beat()
        files = list(tmp_path.rglob("veille.db*"))
        assert files
        assert not any(PASSWORD.encode() in path.read_bytes() for path in files)
        assert not any(PASSWORD in repr(event) for event in town.events)


def test_a_refused_session_is_a_failure_that_names_the_status(tmp_path: Path) -> None:
    """Nothing is searched without one."""
    with served_town(tmp_path, lambda asked: answer(401)) as town:
        town.beat()
        assert {event.error for event in town.polled()} == {"HTTP 401"}
        assert not [asked for asked in town.server.asked if SEARCH in asked.target]


def test_a_refusal_is_left_alone_for_as_long_as_the_kind_says(tmp_path: Path) -> None:
    """429 without a Retry-After waits the quarter of an hour of this service."""
    with served_town(tmp_path, lambda asked: answer(429)) as town:
        town.beat()
        asked = len(town.server.asked)
        town.clock.pass_(minutes=14)
        town.beat()
        assert len(town.server.asked) == asked


def test_a_secret_never_goes_where_an_answer_says() -> None:
    """The next question of a dialogue stays at the source's own host when a secret goes into it."""
    source = Source(id="s", kind="bluesky", url="https://bsky.social", key="s", secrets=(("password", Secret("x")),))
    stolen = Request(url="https://evil.example/", headers=(("Authorization", secrets.mark("password")),))
    with pytest.raises(Exception, match="to another host"):
        dialogue._check_goal(source, stolen)


FORMS = {
    "as it is": ("raw", 'a b&"é'),
    "in an address": ("url", "a%20b%26%22%C3%A9"),
    "in a form": ("form", "a+b%26%22%C3%A9"),
    "in JSON": ("json", 'a b&\\"\\u00e9'),
    "in basic credentials": ("base64", "YSBiJiLDqQ=="),
}


@pytest.mark.parametrize(("form", "written"), FORMS.values(), ids=FORMS)
def test_a_secret_is_written_as_its_place_needs(form: str, written: str) -> None:
    """In addresses, headers and bodies."""
    marked = secrets.mark("key", form)
    filled = secrets.filled(
        Request(url=f"https://a.example/?k={marked}", headers=(("X-Key", marked),), body=marked.encode()),
        {"key": 'a b&"é'},
    )
    assert (filled.url, filled.headers, filled.body) == (
        f"https://a.example/?k={written}",
        (("X-Key", written),),
        written.encode(),
    )


WINDOWS = {
    "a sliding one has no first day": ("", None),
    "a month begins on its first day": ("month", NOON.replace(day=1, hour=0)),
    "a day of the Pacific begins at eight": ("pacific_day", NOON.replace(hour=8)),
}


@pytest.mark.parametrize(("calendar", "begun"), WINDOWS.values(), ids=WINDOWS)
def test_when_the_window_of_a_budget_began(calendar: str, begun: object) -> None:
    """At noon of 12 February 2027, Paris."""
    assert begins(Budget(service="x", calls=1, window=timedelta(days=1), calendar=calendar), NOON) == begun
