"""Redirects: followed a few times, remembered when permanent, trusted with nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from kit_dial import World
from kit_http import Answer, Asked, answer, authority, redirect, serve, trusting
from veille.errors import AddressRefused, TooManyRedirects
from veille.fetch.client import Fetcher
from veille.model.exchange import FetchPolicy, NotModified, Request, Response

OK = answer(200, b"<rss/>")
NAMES = {"one.test": ("93.184.216.34",), "two.test": ("93.184.216.35",), "rebound.test": ("10.0.0.7",)}
CONTEXT = trusting(authority())
POLICY = FetchPolicy(deadline=timedelta(seconds=5))


@pytest.fixture
def world() -> World:
    return World(NAMES)


@pytest.fixture
def client(world: World) -> Iterator[Fetcher]:
    client = Fetcher(POLICY, dialler=world.dialler(), ssl_context=CONTEXT)
    yield client
    client.close()


def script(hops: dict[str, Answer]) -> dict[str, list[Answer]]:
    return {path: [said] for path, said in hops.items()}


MOVED = [
    ("for good", [301], "/1"),
    ("for good, the new way", [308], "/1"),
    ("for good twice", [301, 308], "/2"),
    ("for now", [302], ""),
    ("for now, other ways", [303, 307], ""),
    ("for good, then for now", [301, 302], "/1"),
    ("for now, then for good", [302, 301], ""),
    ("five times", [301] * 5, "/5"),
]


@pytest.mark.parametrize(("statuses", "moved_to"), [row[1:] for row in MOVED], ids=[row[0] for row in MOVED])
def test_a_source_that_moved(client: Fetcher, statuses: list[int], moved_to: str) -> None:
    hops = {f"/{n}": redirect(f"/{n + 1}", status) for n, status in enumerate(statuses)}
    with serve(script({**hops, f"/{len(statuses)}": OK})) as server:
        found = client.fetch(Request(url=server.url("/0", host="one.test")))
        assert found == Response(
            url=server.url(f"/{len(statuses)}", host="one.test"),
            status=200,
            body=b"<rss/>",
            moved_to=server.url(moved_to, host="one.test") if moved_to else "",
        )
        assert server.connections == 1


def test_a_source_that_moved_and_did_not_change(client: Fetcher) -> None:
    with serve(script({"/0": redirect("/1", 301), "/1": answer(304)})) as server:
        found = client.fetch(Request(url=server.url("/0", host="one.test"), etag='"a"'))
        there = server.url("/1", host="one.test")
    assert found == NotModified(url=there, moved_to=there)
    assert [asked.headers["if-none-match"] for asked in server.asked] == ['"a"', '"a"']


def test_a_loop_and_a_sixth_hop_name_the_limit(client: Fetcher) -> None:
    with serve(redirect("/again")) as server, pytest.raises(TooManyRedirects, match="more than 5 redirects"):
        client.fetch(Request(url=server.url(host="one.test")))
    assert len(server.asked) == 6


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://two.test/",
        "gopher://two.test/",
        "data:text/plain,x",
        "unix:/run/x",
        "javascript:1",
    ],
)
def test_a_redirect_to_another_scheme_is_refused(client: Fetcher, location: str) -> None:
    with serve(redirect(location)) as server, pytest.raises(AddressRefused, match="only http and https"):
        client.fetch(Request(url=server.url(host="one.test")))


PRIVATE = [
    "http://127.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::1]/",
    "http://0/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://[::ffff:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://100.64.0.1/",
    "http://rebound.test/",
    "//10.0.0.1/",
]


@pytest.mark.parametrize("location", PRIVATE)
def test_a_redirect_to_a_private_address_is_refused(world: World, client: Fetcher, location: str) -> None:
    with (
        serve(redirect(location)) as server,
        pytest.raises(AddressRefused, match="not in allow list|cannot be read"),
    ):
        client.fetch(Request(url=server.url(host="one.test")))
    assert world.dialled == ["93.184.216.34"]


def test_a_redirect_from_a_public_source_into_the_allow_list_is_refused(world: World) -> None:
    with serve(OK) as intranet, serve(redirect(intranet.url("/SECRET-42"))) as server:
        client = Fetcher(POLICY, dialler=world.dialler(intranet.place), ssl_context=CONTEXT)
        with pytest.raises(AddressRefused, match="a redirect may not lead to a private address"):
            client.fetch(Request(url=server.url(host="one.test")))
        assert intranet.connections == 0
        client.close()


def test_a_connection_kept_to_the_intranet_serves_no_redirect_either(world: World) -> None:
    def private(_: Asked) -> Answer:
        return OK

    with serve(private) as intranet:
        client = Fetcher(POLICY, dialler=world.dialler(intranet.place), ssl_context=CONTEXT)
        client.fetch(Request(url=intranet.url("/forum")))
        refused = pytest.raises(AddressRefused, match="a redirect may not lead to a private address")
        with serve(redirect(intranet.url("/SECRET-42"))) as server, refused:
            client.fetch(Request(url=server.url(host="one.test")))
        assert [asked.target for asked in intranet.asked] == ["/forum"]
        client.close()


def test_a_redirect_within_the_private_source_itself_is_followed(world: World) -> None:
    with serve(script({"/a": redirect("/b", 301), "/b": OK})) as intranet:
        client = Fetcher(POLICY, dialler=world.dialler(intranet.place), ssl_context=CONTEXT)
        found = client.fetch(Request(url=intranet.url("/a")))
        assert found.moved_to == intranet.url("/b")
        client.close()


def test_a_redirect_from_one_allowed_host_to_another_is_refused(world: World) -> None:
    with serve(OK) as other, serve(redirect(other.url())) as intranet:
        client = Fetcher(POLICY, dialler=world.dialler(intranet.place, other.place), ssl_context=CONTEXT)
        with pytest.raises(AddressRefused, match="a redirect may not lead"):
            client.fetch(Request(url=intranet.url()))
        assert other.connections == 0
        client.close()


def test_another_host_gets_no_credentials_no_conditions_and_no_keys(client: Fetcher) -> None:
    with (
        serve(OK) as other,
        serve(redirect(other.url("/x", host="two.test", user="eve:stolen"), 301)) as server,
    ):
        request = Request(
            url=server.url(host="one.test", user="ann:SECRET"),
            headers=(("Authorization", "Bearer SECRET"), ("X-Api-Key", "SECRET"), ("Accept", "text/xml")),
            etag='"SECRET"',
            modified="SECRET",
        )
        found = client.fetch(request)
    assert found.moved_to == other.url("/x", host="two.test")
    assert "SECRET" not in repr(other.asked)
    assert set(other.asked[0].headers) == {"host", "user-agent", "accept", "accept-encoding"}
    assert other.asked[0].headers["accept"] == "text/xml"
    assert "stolen" not in repr(server.asked) + repr(other.asked) + repr(found)


def test_the_same_host_keeps_them(client: Fetcher) -> None:
    with serve(script({"/a": redirect("/b"), "/b": OK})) as server:
        client.fetch(Request(url=server.url("/a", host="one.test", user="ann:pw"), etag='"x"'))
    assert "authorization" in server.asked[1].headers
    assert server.asked[1].headers["if-none-match"] == '"x"'


def test_another_port_is_another_host(client: Fetcher) -> None:
    with serve(OK) as other, serve(redirect(other.url(host="one.test"))) as server:
        client.fetch(Request(url=server.url(host="one.test", user="ann:pw")))
    assert "authorization" not in other.asked[0].headers


POSTS = [(301, "GET", b""), (302, "GET", b""), (303, "GET", b""), (307, "POST", b"{}"), (308, "POST", b"{}")]


@pytest.mark.parametrize(("status", "method", "body"), POSTS)
def test_a_post_that_is_sent_elsewhere(client: Fetcher, status: int, method: str, body: bytes) -> None:
    with serve(script({"/a": redirect("/b", status), "/b": OK})) as server:
        headers = (("Content-Type", "application/json"),)
        client.fetch(Request(url=server.url("/a", host="one.test"), method="POST", body=b"{}", headers=headers))
    asked = server.asked[1]
    assert (asked.method, asked.body) == (method, body)
    assert ("content-type" in asked.headers) is bool(body)


def test_the_body_of_a_post_does_not_go_to_another_host(client: Fetcher) -> None:
    refused = pytest.raises(AddressRefused, match="body of the request")
    with serve(OK) as other, serve(redirect(other.url(host="two.test"), 307)) as server, refused:
        client.fetch(Request(url=server.url(host="one.test"), method="POST", body=b"password"))
    assert other.connections == 0


def test_locations_of_the_real_world(client: Fetcher) -> None:
    said = script({"/a": redirect("b?q=été"), "/b?q=%C3%A9t%C3%A9": OK})
    said["/a"] = [answer(302, headers=[("Location", "b?q=été".encode().decode("latin-1"))])]
    with serve(said) as server:
        assert client.fetch(Request(url=server.url("/a", host="one.test"))).url.endswith("/b?q=%C3%A9t%C3%A9")


@pytest.mark.parametrize("location", ["http://[::1/", "http://two.test:99999/"])
def test_a_location_that_cannot_be_read_is_refused(client: Fetcher, location: str) -> None:
    with serve(redirect(location)) as server, pytest.raises(AddressRefused):
        client.fetch(Request(url=server.url(host="one.test")))
