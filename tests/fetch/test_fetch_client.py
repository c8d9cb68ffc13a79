"""One dialogue with a real server on loopback: what comes back, and every way it can go wrong."""

from __future__ import annotations

import gzip
import os
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import pytest
from kit_fetch import HEAD, ask, fetcher, whole

from kit_http import Answer, Asked, answer, authority, chunked, drip, hang, raw, reset, serve
from veille.errors import AddressRefused, BadStatus, FetchError, Unreachable
from veille.model.exchange import NotModified, Request, Response

OK = answer(200, b"<rss/>")


def test_a_whole_answer() -> None:
    headers = [
        ("Content-Type", "application/rss+xml; charset=x-unknown"),
        ("ETag", 'W/"été"'),
        ("Last-Modified", "hier soir"),
        ("Date", "Sun, 22 Nov 2026 06:00:00 GMT"),
    ]
    with serve(answer(200, b"<rss>\xff</rss>", headers)) as server:
        found = ask(server, "/feed?q=a%20b&c=é#top")
        asked = server.asked[0]
    assert found == Response(
        url=server.url("/feed?q=a%20b&c=%C3%A9"),
        status=200,
        body=b"<rss>\xff</rss>",
        content_type="application/rss+xml; charset=x-unknown",
        etag='W/"été"',
        modified="hier soir",
        server_date=datetime(2026, 11, 22, 6, 0, tzinfo=UTC),
    )
    assert (asked.method, asked.target) == ("GET", "/feed?q=a%20b&c=%C3%A9")
    assert asked.headers == {
        "host": server.place,
        "user-agent": "veille-test (+ops@example.org)",
        "accept": "*/*",
        "accept-encoding": "gzip, deflate",
    }


@pytest.mark.parametrize(("date", "age"), [("Fri, 31 Dec 9999 23:59:59 GMT", "60"), ("yesterday", "5"), ("", "x")])
def test_a_date_that_no_clock_reaches_does_not_break_the_source(date: str, age: str) -> None:
    with serve(answer(200, b"text", [("Date", date), ("Age", age)])) as server:
        found = whole(ask(server))
    assert (found.body, found.server_date) == (b"text", None)


BODIES = [
    ("gzip", answer(200, gzip.compress(b"text"), [("Content-Encoding", "gzip")])),
    ("deflate", answer(200, zlib.compress(b"text"), [("Content-Encoding", "deflate")])),
    (
        "gzip in chunks",
        chunked(gzip.compress(b"text")[:9], gzip.compress(b"text")[9:], headers=[("Content-Encoding", "gzip")]),
    ),
    ("chunks", chunked(b"te", b"xt")),
    ("until the end of the connection", answer(200, b"text", length=False)),
    ("HTTP/1.0", raw(b"HTTP/1.0 200 OK\r\n\r\ntext")),
    ("after an early hint", [b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", *answer(200, b"text")]),
    ("byte by byte", drip(HEAD + b"Content-Length: 4\r\n\r\ntext", every=0.001)),
]


@pytest.mark.parametrize("said", [row[1] for row in BODIES], ids=[row[0] for row in BODIES])
def test_bodies_that_come_in_any_way(said: Answer) -> None:
    with serve(said) as server:
        assert whole(ask(server)).body == b"text"


@pytest.mark.parametrize("status", [200, 204])
def test_an_empty_body_is_an_answer(status: int) -> None:
    with serve(answer(status)) as server:
        assert whole(ask(server)).body == b""


def test_a_post_sends_its_body_and_headers() -> None:
    with serve(OK) as server:
        client = fetcher(server)
        headers = (("Content-Type", "application/json"), ("Accept", "text/html"), ("Accept-Encoding", "br"))
        client.fetch(Request(url=server.url(), method="POST", headers=headers, body=b"{}"))
        client.close()
        asked = server.asked[0]
    assert (asked.method, asked.body) == ("POST", b"{}")
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["accept"] == "text/html"
    assert asked.headers["accept-encoding"] == "gzip, deflate"


def test_what_was_unchanged_is_said_so_and_conditions_are_byte_exact() -> None:
    with serve(answer(304, headers=[("ETag", "x")])) as server:
        found = ask(server, etag='W/"\xe9\xff"', modified="Sun,  22 Nov 2026")
        asked = server.asked[0]
    assert found == NotModified(url=server.url())
    assert asked.headers["if-none-match"] == 'W/"\xe9\xff"'
    assert asked.headers["if-modified-since"] == "Sun,  22 Nov 2026"


def test_tls_that_is_vouched_for() -> None:
    with serve(OK, tls=authority()) as server:
        assert whole(ask(server)).body == b"<rss/>"


def test_a_private_source_needs_the_allow_list() -> None:
    with serve(OK) as server:
        client = fetcher()
        with pytest.raises(AddressRefused, match="private address, not in allow list"):
            client.fetch(Request(url=server.url()))
        assert server.connections == 0


def test_credentials_of_the_address_are_sent_and_never_shown() -> None:
    with serve({"/ok": [OK], "/no": [answer(401)]}) as server:
        client = fetcher(server)
        found = client.fetch(Request(url=server.url("/ok", user="ann:p%40ss-SECRET")))
        assert server.asked[0].headers["authorization"] == "Basic YW5uOnBAc3MtU0VDUkVU"
        with pytest.raises(BadStatus) as caught:
            client.fetch(Request(url=server.url("/no", user="ann:SECRET")))
        client.close()
    assert "SECRET" not in found.url + repr(caught.value)
    with pytest.raises(FetchError) as caught_url:
        client.fetch(Request(url="http://ann:SECRET@[::1/"))
    assert "SECRET" not in str(caught_url.value)


def test_no_cookie_is_kept() -> None:
    with serve(answer(200, b"", [("Set-Cookie", "id=SECRET-42; Path=/")])) as server:
        client = fetcher(server)
        client.fetch(Request(url=server.url()))
        client.fetch(Request(url=server.url()))
        client.close()
    assert "cookie" not in server.asked[1].headers


def test_a_proxy_in_the_environment_is_ignored() -> None:
    # Read by libraries when a client is made: the variables are put back before the block ends.
    with serve(OK) as server, serve(answer(500)) as proxy:
        names = {"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"}
        before = {name: os.environ.get(name) for name in names}
        os.environ.update(dict.fromkeys(names, proxy.url()))
        try:
            assert whole(ask(server)).body == b"<rss/>"
        finally:
            for name, value in before.items():
                os.environ.pop(name)
                if value is not None:
                    os.environ[name] = value
        assert proxy.connections == 0


def test_a_connection_is_kept_for_the_next_request() -> None:
    with serve(OK) as server:
        client = fetcher(server)
        for _ in range(5):
            client.fetch(Request(url=server.url()))
        client.close()
    assert server.connections == 1


def test_a_kept_connection_that_the_server_closes_meanwhile_is_no_error() -> None:
    with serve([*OK, *raw(b"")]) as server:
        client = fetcher(server)
        for _ in range(5):
            assert whole(client.fetch(Request(url=server.url()))).body == b"<rss/>"
        client.close()


def test_a_kept_connection_that_breaks_at_the_next_request_is_tried_afresh_once() -> None:
    with serve(OK, reset(), OK, reset(), reset()) as server:
        client = fetcher(server)
        client.fetch(Request(url=server.url()))
        assert whole(client.fetch(Request(url=server.url()))).body == b"<rss/>"
        with pytest.raises(Unreachable):
            client.fetch(Request(url=server.url()))
        client.close()


def test_one_host_gets_so_many_requests_at_once_from_all_threads() -> None:
    gate = Event()

    def script(_: Asked) -> Answer:
        gate.wait(0.02)
        return OK

    with serve(script) as server:
        client = fetcher(server)
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda n: client.fetch(Request(url=server.url(f"/{n}"))), range(24)))
        client.close()
    assert server.most_at_once == 2
    assert len(server.asked) == 24


def test_waiting_for_a_turn_is_not_the_fault_of_the_source() -> None:
    def script(_: Asked) -> Answer:
        return [*hang(0.15)[:1], *OK]

    with serve(script) as server:
        client = fetcher(server, seconds=0.4, per_host=1)
        with ThreadPoolExecutor(3) as pool:
            answers = list(pool.map(lambda n: client.fetch(Request(url=server.url(f"/{n}"))), range(3)))
        client.close()
    assert all(isinstance(found, Response) for found in answers)
