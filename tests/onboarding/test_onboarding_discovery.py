"""What a page tells: its feeds, accounts, name; what is no page, and what hostile pages cost."""

from __future__ import annotations

from collections.abc import Iterator
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onboarding_internet import HOME, internet, rss

from kit_http import Server, answer, serve
from veille.bootstrap import open_door
from veille.errors import AddressRefused, FetchError, ReadError
from veille.model.exchange import FetchPolicy, Response
from veille.onboarding.discover import Asking, addresses, discover
from veille.onboarding.networks import accounts_of
from veille.onboarding.site import SiteFacts, read_site


def page(markup: str | bytes, content_type: str = "text/html", url: str = "https://www.floreal.example/") -> SiteFacts:
    body = markup if isinstance(markup, bytes) else markup.encode()
    return read_site(Response(url=url, status=200, body=body, content_type=content_type))


def test_a_shop_tells_all_it_has() -> None:
    facts = page(HOME)
    assert (facts.name, facts.language, facts.colour) == ("Floréal", "fr", "#c2456b")
    assert [(feed.url, feed.comments) for feed in facts.feeds] == [
        ("https://www.floreal.example/blog/feed.xml", False),
        ("https://www.floreal.example/blog/same.xml", False),
        ("https://www.floreal.example/comments/feed", True),
    ]
    assert [(a.network, a.name, a.own) for a in facts.accounts] == [
        ("Facebook", "FlorealFleurs", True),
        ("Instagram", "floreal_officiel", True),
        ("Trustpilot", "floreal.example", False),
        ("Mastodon", "floreal@mastodon.example", True),
    ]
    assert {"deuil", "livraison"} <= set(facts.words)


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        pytest.param("<title>Fleurs | Floréal</title>", "Floréal", id="the part like the host"),
        pytest.param("<title>Floréal - Fleuriste</title>", "Floréal", id="the first part"),
        pytest.param("<title>Bienvenue</title>", "Bienvenue", id="the whole title"),
        pytest.param("<meta property='og:site_name' content='F'><title>x</title>", "F", id="what the site says first"),
        pytest.param("<html><p>", "", id="no title at all"),
        pytest.param("<title>Flor\u202eéal\x07</title>", "Floréal", id="a title that turns text around"),
    ],
)
def test_the_name_of_a_site(markup: str, name: str) -> None:
    assert page(markup).name == name


@pytest.mark.parametrize(
    ("body", "content_type", "name"),
    [
        pytest.param("<title>Été</title>".encode("latin-1"), "text/html; charset=iso-8859-1", "Été", id="header"),
        pytest.param("<meta charset=latin-1><title>Été</title>".encode("latin-1"), "text/html", "Été", id="meta"),
        pytest.param("<title>Été</title>".encode(), "text/html; charset=no-such", "Été", id="unknown charset"),
        pytest.param("<title>Été</title>".encode(), "text/html; charset=idna", "Été", id="a codec that is no charset"),
    ],
)
def test_the_encoding_of_a_page(body: bytes, content_type: str, name: str) -> None:
    assert page(body, content_type).name == name


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b'{"a": 1}', id="json"),
        pytest.param(b"%PDF-1.4", id="a document"),
        pytest.param(b"<html>" + b"x" * 2_000_001, id="over two megabytes"),
    ],
)
def test_what_is_no_page_is_refused(body: bytes) -> None:
    with pytest.raises(ReadError):
        page(body)


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<html>" + "<a href=x>" * 150_000, id="links without end"),
        pytest.param("<html>" + "<" * 100_000, id="open signs"),
        pytest.param("<html><!--" + "-" * 500_000, id="an open comment"),
        pytest.param("<title>" + "x - " * 300_000, id="a title without end"),
        pytest.param('<link rel=alternate type="application/rss+xml" href="//[">' * 10_000, id="broken addresses"),
        pytest.param("<html " + "a=b " * 200_000, id="attributes without end"),
    ],
)
def test_hostile_pages_are_bounded(markup: str) -> None:
    before = process_time()
    facts = page(markup)
    assert len(facts.feeds) <= 6
    assert process_time() - before < 4


@given(st.binary(max_size=300), st.sampled_from(["text/html", "text/html; charset=utf-7", "x; charset=\xe9"]))
@settings(deadline=None, max_examples=60)
def test_whatever_is_in_a_page_it_is_read_or_refused(noise: bytes, content_type: str) -> None:
    page(b"<html><title>" + noise + b"</title><a href='" + noise + b"'><link rel=alternate href=" + noise, content_type)


@pytest.mark.parametrize(
    ("link", "found"),
    [
        pytest.param("https://www.facebook.com/pages/Floral/1234", "Facebook 1234", id="an old page"),
        pytest.param("https://fr-fr.facebook.com/floreal/", "Facebook floreal", id="a language's host"),
        pytest.param("https://www.facebook.com/sharer/sharer.php?u=x", "", id="a share button"),
        pytest.param("https://www.facebook.com/groups/12/", "", id="a group"),
        pytest.param("https://twitter.com/floreal?lang=fr", "X floreal", id="the old name of X"),
        pytest.param("https://twitter.com/intent/tweet", "", id="a tweet button"),
        pytest.param("https://www.instagram.com/p/Abc/", "", id="a picture"),
        pytest.param("https://www.linkedin.com/company/floreal-sa/", "LinkedIn floreal-sa", id="a company"),
        pytest.param("https://www.linkedin.com/in/anne-petit", "", id="a person"),
        pytest.param("https://www.youtube.com/@floreal", "YouTube floreal", id="a handle"),
        pytest.param("https://youtube.com/channel/UCabc", "YouTube UCabc", id="a channel"),
        pytest.param("https://www.youtube.com/watch?v=1", "", id="a film"),
        pytest.param("https://www.tiktok.com/@floreal", "TikTok floreal", id="tiktok"),
        pytest.param("https://www.pinterest.fr/floreal/", "Pinterest floreal", id="pinterest"),
        pytest.param("https://bsky.app/profile/floreal.example", "Bluesky floreal.example", id="bluesky"),
        pytest.param("https://fr.trustpilot.com/review/floreal.example", "Trustpilot floreal.example", id="reviews"),
        pytest.param("https://evilfacebook.com/floreal", "", id="a host that only ends alike"),
        pytest.param("https://mastodon.example/@floreal", "", id="mastodon without rel=me"),
        pytest.param("https://[broken", "", id="no address"),
    ],
)
def test_accounts_in_links(link: str, found: str) -> None:
    assert " ".join(f"{a.network} {a.name}" for a in accounts_of([link])) == found


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("floreal.example", ("https://floreal.example/", "http://floreal.example/")),
        (" https://floreal.example/fr#top ", ("https://floreal.example/fr",)),
        ("http://127.0.0.1:80", ("http://127.0.0.1:80/",)),
        ("floreal", ()),
        ("ftp://floreal.example", ()),
        ("javascript:alert(1)", ()),
        ("https://user:pass@floreal.example", ()),
        ("https://floreal.example:99999", ()),
        ("deux mots.example", ()),
        ("https://[", ()),
        ("", ()),
    ],
)
def test_addresses_as_people_write_them(written: str, asked: tuple[str, ...]) -> None:
    assert addresses(written) == asked


@pytest.fixture(scope="module")
def web() -> Iterator[Server]:
    with internet() as server:
        yield server


@pytest.fixture(scope="module")
def asking() -> Iterator[Asking]:
    policy = FetchPolicy(allow_private=tuple(f"127.0.0.1:{port}" for port in range(1024, 65536)))
    with open_door(policy) as (fetcher, reader):
        yield Asking(fetcher, reader, policy)


def test_a_site_is_looked_at(web: Server, asking: Asking) -> None:
    found = discover(web.url("/"), asking)
    assert [(feed.url, feed.entries, feed.comments) for feed in found.feeds] == [
        (web.url("/blog/feed.xml"), 1, False),
        (web.url("/comments/feed"), 1, True),
    ], "the same feed in two formats is one"


def test_usual_places_are_tried_when_no_page_names_a_feed(asking: Asking) -> None:
    pages = {
        "/": [answer(200, b"<html><title>Floreal</title>")],
        "/rss.xml": [answer(200, rss("B", [("a", "b.c", 1)]))],
    }
    with serve(pages) as server:
        found = discover(server.url("/"), asking)
        assert [feed.url for feed in found.feeds] == [server.url("/rss.xml")]
        assert len(server.asked) <= 10


def test_an_address_that_is_a_feed_is_one(web: Server, asking: Asking) -> None:
    found = discover(web.url("/news"), asking)
    assert [(feed.title, feed.entries) for feed in found.feeds] == [("Google Actualités", 5)]


def test_a_site_that_does_not_answer(asking: Asking) -> None:
    with serve(answer(500)) as server:
        url = server.url("/")
        with pytest.raises(FetchError):
            discover(url, asking)
    with pytest.raises(FetchError):
        discover(url, asking)


def test_a_private_site_is_refused(web: Server) -> None:
    policy = FetchPolicy()
    with open_door(policy) as (fetcher, reader), pytest.raises(AddressRefused):
        discover(web.url("/"), Asking(fetcher, reader, policy))
