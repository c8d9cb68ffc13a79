"""Places that take several questions, each played by a look-alike on this machine: logins, budgets, robots."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlsplit

from kit_house import Town, open_town
from kit_http import Answer, Asked, answer, redirect
from sources.exam import feed as feeds
from sources.exam import page as pages
from sources.exam import x as posts
from veille.store import budgets

SECRETS = {"user": "camille", "password": "s3cret & é", "key": "clef/1", "token": "jeton", "app": "id:secret"}


@contextmanager
def town_of(folder: Path, source: str, say: Callable[[Asked], Answer]) -> Iterator[Town]:
    """A town whose client asks one source, as these lines of YAML say."""
    (folder / "config").mkdir(parents=True)
    for name, text in SECRETS.items():
        path = folder / "config" / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
    client = f"name: Floréal\nmark: FL\nwatches:\n  - {{id: floreal, query: Floréal}}\nsources:\n  - {source}\n"
    with open_town(folder, clients={"floreal": client}) as town:
        town.server.script = say
        yield town


def floreal(*numbers: int) -> bytes:
    return feeds.page([feeds.item(n).replace("Titre", "Floréal") for n in numbers])


def errors(town: Town) -> list[str]:
    return [event.error for event in town.polled()]


def test_a_forum_opens_after_its_login_form(tmp_path: Path) -> None:
    """Hidden fields go back, the name and the password are encoded, the session's cookies go with the question."""
    sent: list[dict[str, str]] = []

    def forum(asked: Asked) -> Answer:
        path = urlsplit(asked.target).path
        if path == "/forum/ucp.php" and asked.method == "GET":
            form = b'<form><input type="hidden" name="form_token" value="a&amp;b"><input name="username"></form>'
            return answer(200, form, [("Set-Cookie", "sid=anonyme; path=/; HttpOnly")])
        if path == "/forum/ucp.php":
            sent.append(dict(parse_qsl(asked.body.decode())))
            moved = redirect("/forum/index.php")
            moved[0] = moved[0].replace(b"\r\n\r\n", b"\r\nSet-Cookie: sid=camille; path=/\r\n\r\n", 1)  # type: ignore[union-attr]
            return moved
        if path == "/forum/index.php":
            return answer(200, b"<p>bienvenue</p>")
        known = "sid=camille" in asked.headers.get("cookie", "")
        return answer(200, floreal(1, 2)) if known else answer(403)

    source = "{id: f, kind: phpbb, url: '{web}/forum', options: {user: 'file:user', password: 'file:password'}}"
    with town_of(tmp_path, source, forum) as town:
        town.beat()
        assert errors(town) == [""]
        assert len(town.mentioned()) == 2
        assert sent == [{"form_token": "a&b", "login": "1", "username": "camille", "password": "s3cret & é"}]


def test_a_wrong_password_is_said(tmp_path: Path) -> None:
    """A forum that opens no session gives an error, not an empty page."""
    source = "{id: f, kind: xenforo, url: '{web}', options: {user: 'file:user', password: 'file:password'}}"
    with town_of(tmp_path, source, lambda asked: answer(200, b"<form></form>")) as town:
        town.beat()
        assert "opened no session" in errors(town)[0]


def test_http_credentials_are_sent_as_http_asks(tmp_path: Path) -> None:
    """Basic, in base64."""
    source = "{id: f, kind: vbulletin, url: '{web}', options: {basic: 'file:app'}}"
    with town_of(tmp_path, source, lambda asked: answer(200, floreal(1))) as town:
        town.beat()
        assert town.server.asked[0].headers["authorization"] == "Basic aWQ6c2VjcmV0"
        assert town.server.asked[0].target == "/external.php?type=RSS2&lastpost=1&nohtml=1"


def test_a_company_is_found_once_then_its_reviews_are_asked(tmp_path: Path) -> None:
    """Its number is remembered, the key is nowhere but in the question."""
    review = {
        "id": "r1",
        "stars": 1,
        "title": "Honteux",
        "text": "Floréal jamais livré",
        "createdAt": "2027-02-12T10:00:00Z",
    }

    def trustpilot(asked: Asked) -> Answer:
        parts = urlsplit(asked.target)
        assert parse_qs(parts.query)["apikey"] == ["clef/1"]
        if parts.path.endswith("/find"):
            return answer(200, b'{"id": "5f0abc"}')
        return answer(200, json.dumps({"reviews": [review]}).encode())

    source = "{id: t, kind: trustpilot, url: '{web}', options: {key: 'file:key', domain: floreal.example}}"
    with town_of(tmp_path, source, trustpilot) as town:
        town.beat()
        town.clock.pass_(minutes=40)
        town.beat()
        paths = [urlsplit(asked.target).path.rpartition("/")[2] for asked in town.server.asked]
        assert paths == ["find", "reviews", "reviews"]
        assert [m.urgency.has("low_rating") for m in town.mentioned()] == [True]


def test_reddit_answers_an_application_through_a_session(tmp_path: Path) -> None:
    """Token first, then the search with it."""

    def reddit(asked: Asked) -> Answer:
        if asked.target == "/api/v1/access_token":
            known = asked.headers["authorization"] == "Basic aWQ6c2VjcmV0" and b"client_credentials" in asked.body
            return answer(200, b'{"access_token": "abc", "expires_in": 86400}') if known else answer(401)
        assert asked.headers["authorization"] == "Bearer abc"
        said = '{"kind": "t3", "data": {"name": "t3_1", "title": "Floréal", "permalink": "/r/x/1/", "author": "a"}}'
        return answer(200, f'{{"kind": "Listing", "data": {{"children": [{said}]}}}}'.encode())

    source = "{id: r, kind: reddit, url: '{web}', options: {application: 'file:app', oauth: '{web}'}}"
    with town_of(tmp_path, source, reddit) as town:
        town.beat()
        assert errors(town) == [""]
        assert len(town.mentioned()) == 1


def twitter(count: list[int], bought: list[int]) -> Callable[[Asked], Answer]:
    """A look-alike of X: `count` posts wait; what is bought is noted."""

    def say(asked: Asked) -> Answer:
        if "/counts/" in asked.target:
            return answer(200, f'{{"data": [], "meta": {{"total_tweet_count": {count[0]}}}}}'.encode())
        most = int(parse_qs(urlsplit(asked.target).query)["max_results"][0])
        given = [
            posts.item(n, date="2027-02-12T10:30:00Z")
            for n in range(len(bought) * 100, len(bought) * 100 + min(most, count[0]))
        ]
        bought.append(len(given))
        return answer(200, posts.page(given))

    return say


def test_posts_are_bought_only_when_there_are_some_and_the_rest_of_the_price_is_given_back(tmp_path: Path) -> None:
    """Two counts and three posts of ten that were asked for, in thousandths of a dollar."""
    bought: list[int] = []
    count = [0]
    source = "{id: x, kind: x, url: '{web}', options: {token: 'file:token', budget_per_month: 20}}"
    with town_of(tmp_path, source, twitter(count, bought)) as town:
        town.beat()
        assert bought == []
        count[0] = 3
        town.clock.pass_(minutes=40)
        town.beat()
        assert bought == [3]
        with town.house.store.reading() as conn:
            money = [used.used for used in budgets.used(conn) if used.window == timedelta(days=31)]
        assert money == [5 + 5 + 3 * 5]


def test_the_budget_of_a_month_is_never_exceeded(tmp_path: Path) -> None:
    """With one dollar, 200 questions at most; then nothing is asked until the first of March."""
    bought: list[int] = []
    source = "{id: x, kind: x, url: '{web}', every: 1h, options: {token: 'file:token', budget_per_month: 1}}"
    with town_of(tmp_path, source, twitter([30], bought)) as town:
        for _ in range(30):
            town.beat()
            town.clock.pass_(hours=2)
        with town.house.store.reading() as conn:
            money = [used.used for used in budgets.used(conn) if used.window == timedelta(days=31)]
        assert 900 < money[0] <= 1000
        assert any("budget of x is used up until 2027-03-01" in error for error in errors(town))
        asked = len(town.server.asked)
        town.clock.pass_(days=16)
        town.beat()
        assert len(town.server.asked) > asked


def test_a_page_that_robots_may_not_read_is_not_read(tmp_path: Path) -> None:
    """The site says so, and so do we."""

    def site(asked: Asked) -> Answer:
        if asked.target == "/robots.txt":
            return answer(200, b"User-agent: *\nDisallow: /prive/\n")
        return answer(200, pages.page([pages.item(1)]), [("Content-Type", "text/html; charset=utf-8")])

    options = "{item: li.message, title: h3, link: 'h3 a', author: .auteur, text: .texte}"
    for path, error in (("prive/", "robots.txt asks robots not to read"), ("ouvert/", "")):
        with town_of(
            tmp_path / path, f"{{id: p, kind: page, url: '{{web}}/{path}', options: {options}}}", site
        ) as town:
            town.beat()
            assert error in errors(town)[0]
            assert len(town.mentioned()) == (0 if error else 1)


def test_a_board_that_redirects_its_feed_keeps_its_address(tmp_path: Path) -> None:
    """phpBB leads from feed.php to another path, for good: only that address moved, not the board."""

    def board(asked: Asked) -> Answer:
        if asked.target == "/forum/feed.php":
            return redirect("/forum/app.php/feed", status=301)
        assert asked.target == "/forum/app.php/feed"
        return answer(200, floreal(1))

    with town_of(tmp_path, "{id: f, kind: phpbb, url: '{web}/forum'}", board) as town:
        for _ in range(5):
            town.beat()
            town.clock.pass_(hours=3)
        assert errors(town) == [""] * 5


def test_a_service_that_sends_the_credentials_back_does_not_have_them_shown(tmp_path: Path) -> None:
    """In no form: neither as given nor as HTTP writes them."""

    def echo(asked: Asked) -> Answer:
        said = f"refused: {asked.headers['authorization']} (id:secret)"
        return answer(200, json.dumps({"error": said}).encode())

    source = "{id: r, kind: reddit, url: '{web}', options: {application: 'file:app', oauth: '{web}'}}"
    with town_of(tmp_path, source, echo) as town:
        town.beat()
        assert errors(town) == ["no session was opened: refused: Basic *** (***)"]
