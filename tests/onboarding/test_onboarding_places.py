"""`veille discover` and `veille page`: what is proposed for each place was asked, and its YAML loads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from onboarding_internet import rss
from onboarding_places import PLACES, script
from typer.testing import CliRunner

from kit_http import Server, answer, serve
from kit_settings import CLIENT, loaded
from veille.cli.app import app
from veille.model.exchange import Source
from veille.onboarding.platforms import ways

#: What is proposed: kind, path of its address, options.
EXPECTED = {
    "discourse": ("discourse", "", {}),
    "discourse category": ("discourse", "", {"category": "livraison/5"}),
    "phpbb": ("phpbb", "/forum", {}),
    "phpbb topic": ("phpbb", "", {"topic": "42"}),
    "xenforo": ("xenforo", "/community", {}),
    "vbulletin": ("vbulletin", "", {}),
    "wordpress": ("feed", "/feed/", {}),
    "mastodon": ("feed", "/@floreal.rss", {}),
    "mastodon tag": ("mastodon", "", {"tag": "floreal"}),
    "lemmy": ("lemmy", "", {"community": "france"}),
    "youtube": ("youtube", "", {"channel": "UCabcdefghijklmnop_-1234"}),
    "reddit": ("reddit", "", {"new": "true", "subreddit": "france"}),
    "telegram": ("telegram", "", {"channel": "floreal"}),
    "a feed": ("feed", "/feed.xml", {}),
    "a named feed": ("feed", "/f", {}),
    "a feed where feeds are": ("feed", "/rss.xml", {}),
    "nothing": ("page", "/", {"item": "article", "link": "a@href", "title": "h2"}),
}


def veille(*words: str) -> Result:
    result = CliRunner().invoke(app, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def asked(command: str, server: Server, path: str, *words: str, at: Path) -> Result:
    """The command on a path of this server, in a folder without settings."""
    return veille(command, server.url(path), "--allow-private", server.place, "--config", str(at / "none"), *words)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_place_is_recognised_and_asked(name: str, tmp_path: Path) -> None:
    with serve(script(name)) as server:
        result = asked("discover", server, PLACES[name][0], "--json", at=tmp_path)
        base = server.url("")
    assert result.exit_code == 0, result.output
    (first, *_) = json.loads(result.stdout)["sources"]
    kind, path, options = EXPECTED[name]
    assert (first["kind"], first["url"].removeprefix(base), first["options"]) == (kind, path, options)
    assert first["answers"] is (name != "nothing")
    assert first["entries"] == {"nothing": None, "mastodon tag": 1, "lemmy": 1, "telegram": 1}.get(name, 2)


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_printed_can_be_pasted(name: str, tmp_path: Path) -> None:
    """The YAML is a list of sources that the settings take."""
    with serve(script(name)) as server:
        printed = asked("discover", server, PLACES[name][0], at=tmp_path).stdout
        house = f"fetch: {{allow_private: ['{server.place}']}}"
        text = CLIENT.partition("sources:")[0] + printed
        found = loaded(tmp_path, {"clients/floreal.yaml": text, "veille.yaml": house}).installation
    (first, *_) = found.clients[0].sources
    assert first.kind == EXPECTED[name][0]


def test_a_kind_that_does_not_answer_gives_way_to_the_feeds(tmp_path: Path) -> None:
    page = b'<meta name="generator" content="phpBB"><a href="./ucp.php"></a><link rel="alternate" '
    page += b'type="application/atom+xml" href="/autre.xml">'
    feed = PLACES["phpbb"][1]["/forum/feed.php"]
    assert isinstance(feed, bytes)
    answers = {"/": [answer(200, page, [("Content-Type", "text/html")])], "/autre.xml": [answer(200, feed)]}
    with serve({**answers, "/feed.php": [answer(404)]}) as server:
        printed = asked("discover", server, "/", at=tmp_path).stdout
    assert "# did not answer: phpbb" in printed
    assert "/autre.xml" in printed


def test_several_feeds_of_a_site_have_several_ids_and_the_same_feed_one(tmp_path: Path) -> None:
    feed, comments = PLACES["a feed"][1]["/feed.xml"], rss("Commentaires", [("Jamais reçu", "a.example", 1)])
    assert isinstance(feed, bytes)
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{path}">' for path in ("/feed", "/comments/feed/")
    )
    page = f'<html><meta name="generator" content="WordPress 6.8">{links}'.encode()
    html = [("Content-Type", "text/html")]
    web = {"/": [answer(200, page, html)], "/feed/": [answer(200, feed)], "/feed": [answer(200, feed)]}
    with serve({**web, "/comments/feed/": [answer(200, comments)]}) as server:
        found = json.loads(asked("discover", server, "/", "--json", at=tmp_path).stdout)["sources"]
    assert [(one["id"], one["url"].rpartition(server.place)[2]) for one in found] == [
        ("127-0-0-1", "/feed/"),
        ("127-0-0-1-2", "/comments/feed/"),
    ]
    assert "comments of others" in found[1]["says"]


def test_a_place_that_does_not_answer_is_said(tmp_path: Path) -> None:
    with serve(answer(503)) as server:
        result = asked("discover", server, "/", at=tmp_path)
    assert (result.exit_code, "503" in result.stderr) == (1, True)
    wrong = veille("discover", "pas une adresse", "--config", str(tmp_path / "none"))
    assert (wrong.exit_code, "not a web address" in wrong.stderr) == (2, True)


@pytest.mark.parametrize(
    ("address", "kind", "options"),
    [
        (
            "https://www.youtube.com/channel/UCabcdefghijklmnop_-1234",
            "youtube",
            {"channel": "UCabcdefghijklmnop_-1234"},
        ),
        ("https://www.youtube.com/playlist?list=PLabc-1", "youtube", {"playlist": "PLabc-1"}),
        ("https://old.reddit.com/r/france/", "reddit", {"new": "true", "subreddit": "france"}),
        ("https://t.me/s/floreal", "telegram", {"channel": "floreal"}),
        ("https://apps.apple.com/fr/app/floreal/id123456", "app_store", {"app": "123456", "country": "fr"}),
        ("https://fr.trustpilot.com/review/www.floreal.example", "trustpilot", {"domain": "floreal.example"}),
        ("https://www.facebook.com/FlorealFleurs", "facebook_page", {"page": "FlorealFleurs"}),
        ("https://x.com/floreal", "x", {}),
        ("https://bsky.app/search", "bluesky", {}),
        ("https://news.ycombinator.com/", "hackernews", {}),
    ],
)
def test_an_address_alone_tells_the_service(address: str, kind: str, options: dict[str, str]) -> None:
    first = ways(address)[0]
    assert (first.kind, dict(first.options)) == (kind, options)


FORUM = b"""<html><title>Forum</title><ul class="menu"><li><a href="/a">A</a></li><li><a href="/b">B</a></li></ul>
<div class="message"><h3><a href="/m/1">Jamais livr&eacute;</a></h3><span class="who">Lou</span>
<time datetime="2026-11-20T10:00:00+01:00">hier</time><p>Mon bouquet n'est jamais arriv&eacute;.</p></div>
<div class="message"><h3><a href="/m/2">Merci</a></h3><span class="who">Max</span>
<time datetime="2026-11-20T11:00:00+01:00">hier</time><p>Bouquet superbe, livr&eacute; en avance.</p></div>
<div class="message"><h3><a href="/m/3">Question</a></h3><span class="who">Zo&eacute;</span>
<time datetime="2026-11-20T12:00:00+01:00">hier</time><p>Livrent-ils aussi le dimanche matin ?</p></div>"""
HTML = [("Content-Type", "text/html; charset=utf-8")]
PAGES = {"/robots.txt": [answer(404)], "/forum": [answer(200, FORUM, HTML)]}
SELECTORS = ("--item", "div.message", "--title", "h3", "--author", ".who", "--text", "p")


def test_the_preview_shows_what_is_caught_and_its_yaml(tmp_path: Path) -> None:
    with serve(PAGES) as server:
        result = asked("page", server, "/forum", *SELECTORS, at=tmp_path)
        lines = asked("page", server, "/forum", *SELECTORS, "--json", at=tmp_path).stdout.splitlines()
        text = CLIENT.partition("sources:")[0] + "sources:" + result.stdout.partition("\nsources:")[2]
        house = f"fetch: {{allow_private: ['{server.place}']}}"
        source = _source(tmp_path, text, house)
        base = server.url("")
    assert result.exit_code == 0
    assert "3 entries" in result.stdout
    first = json.loads(lines[0])
    assert (first["title"], first["author"], first["link"]) == ("Jamais livré", "Lou", f"{base}/m/1")
    assert (first["text"], first["published"]) == ("Mon bouquet n'est jamais arrivé.", "2026-11-20T09:00:00+00:00")
    assert (source.kind, source.option("item"), source.option("author")) == ("page", "div.message", ".who")


def _source(at: Path, text: str, house: str) -> Source:
    (client,) = loaded(at, {"clients/floreal.yaml": text, "veille.yaml": house}).installation.clients
    return client.sources[0]


def test_without_an_item_what_repeats_is_proposed(tmp_path: Path) -> None:
    with serve(PAGES) as server:
        result = asked("page", server, "/forum", at=tmp_path)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].startswith("div.message\t3\tJamais livré")


def test_robots_txt_is_honoured(tmp_path: Path) -> None:
    robots = [answer(200, b"User-agent: *\nDisallow: /forum\n")]
    with serve({**PAGES, "/robots.txt": robots}) as server:
        result = asked("page", server, "/forum", *SELECTORS, at=tmp_path)
    assert (result.exit_code, "robots.txt asks robots not to" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--item", "div["), 2, "`div[` is no CSS selector"),
        (("--item", "div.message", "--title", ":::"), 2, "is no CSS selector"),
        (("--item", "div.nothing"), 1, "nothing on the page matches `div.nothing` (title: Forum)"),
    ],
    ids=["a broken item", "a broken title", "nothing matches"],
)
def test_wrong_selectors_are_said(words: tuple[str, ...], code: int, said: str, tmp_path: Path) -> None:
    with serve(PAGES) as server:
        result = asked("page", server, "/forum", *words, at=tmp_path)
    assert (result.exit_code, said in result.stderr) == (code, True), result.stderr


def test_an_empty_list_is_not_a_broken_page(tmp_path: Path) -> None:
    with serve(PAGES) as server:
        result = asked("page", server, "/forum", "--item", "div.nothing", "--list", "ul.menu", at=tmp_path)
    assert (result.exit_code, "0 entries" in result.stdout) == (0, True)
