"""Every way a server can fail a dialogue ends in one of our errors, in time, and frees the thread."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import timedelta
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit_fetch import HEAD, MB, failure, fetcher, whole

from kit_dial import World
from kit_http import Answer, Asked, answer, authority, chunked, drip, hang, raw, reset, serve, trusting
from veille.errors import (
    AddressRefused,
    BadStatus,
    DeadlineExceeded,
    EncodingRefused,
    FetchError,
    HostBusy,
    TooLarge,
    Unreachable,
)
from veille.fetch.client import Fetcher
from veille.fetch.turns import Turns
from veille.model.exchange import FetchPolicy, Request
from veille.net.tls import tls_context

OK = answer(200, b"<rss/>")

BROKEN: list[tuple[str, Answer, type[FetchError], str]] = [
    (
        "the body is shorter than announced",
        raw(HEAD + b"Content-Length: 10\r\n\r\nshort"),
        Unreachable,
        "cut short",
    ),
    ("the last chunk never comes", chunked(b"text", end=False), Unreachable, "cut short"),
    (
        "a chunk of no length",
        raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\ntext\r\n"),
        Unreachable,
        "broken HTTP",
    ),
    ("a status line of nothing", raw(b"HELLO SECRET-42\r\n\r\n"), Unreachable, "^broken HTTP$"),
    ("a status that is no number", raw(b"HTTP/1.1 OK\r\n\r\n"), Unreachable, "broken HTTP"),
    ("HTTP/0.9", raw(b"<rss/>"), Unreachable, "broken HTTP|without an answer"),
    ("a header without a colon", raw(HEAD + b"nonsense\r\n\r\n"), Unreachable, "broken HTTP"),
    (
        "two lengths that differ",
        raw(HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        Unreachable,
        "broken HTTP",
    ),
    ("the end before any answer", raw(b""), Unreachable, "without an answer"),
    ("a reset before any answer", reset(), Unreachable, "reset"),
    (
        "a reset in the body",
        [HEAD + b"Content-Length: 10\r\n\r\nte", *reset()],
        Unreachable,
        "reset|cut short",
    ),
    ("2 MB of headers", raw(HEAD + b"X: " + b"y" * 2 * MB), TooLarge, "headers over"),
    ("80 KB of headers", raw(HEAD + b"X: " + b"y" * 80_000 + b"\r\n\r\n"), TooLarge, "headers over"),
    (
        "200 cookies",
        answer(200, b"", [("Set-Cookie", f"c{n}=1") for n in range(200)]),
        TooLarge,
        "headers over",
    ),
    ("1 TB announced", raw(HEAD + b"Content-Length: 1000000000000\r\n\r\n"), TooLarge, "body over 1 MB"),
    (
        "gzip that is plain",
        answer(200, b"<rss/>", [("Content-Encoding", "gzip")]),
        EncodingRefused,
        "not the gzip",
    ),
    (
        "gzip cut short",
        answer(200, gzip.compress(b"x" * 99)[:-4], [("Content-Encoding", "gzip")]),
        EncodingRefused,
        "early",
    ),
    (
        "brotli",
        answer(200, b"\x1b", [("Content-Encoding", "br")]),
        EncodingRefused,
        "content-encoding refused",
    ),
    (
        "zstd",
        answer(200, b"\x28", [("Content-Encoding", "zstd")]),
        EncodingRefused,
        "content-encoding refused",
    ),
    (
        "gzip twice",
        answer(200, b"", [("Content-Encoding", "gzip, gzip")]),
        EncodingRefused,
        "content-encoding refused",
    ),
    (
        "gzip twice in two lines",
        answer(200, b"", [("Content-Encoding", "gzip")] * 2),
        EncodingRefused,
        "refused",
    ),
    (
        "an upgrade",
        raw(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
        FetchError,
        "HTTP 101|broken",
    ),
    ("a part nobody asked for", answer(206, b"part"), BadStatus, "HTTP 206"),
    ("unchanged since never", answer(304), BadStatus, "HTTP 304"),
    ("a redirect to nowhere", answer(302), BadStatus, "HTTP 302"),
    ("a choice", answer(300, headers=[("Location", "/x")]), BadStatus, "HTTP 300"),
]


@pytest.mark.parametrize(("said", "kind", "words"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_an_answer_that_cannot_be_used(said: Answer, kind: type[FetchError], words: str) -> None:
    with serve(said) as server:
        error = failure(server)
    assert isinstance(error, kind)
    assert re.search(words, str(error))
    assert "SECRET" not in str(error)


def endless(_: Asked) -> Answer:
    return [HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[b"10000\r\n" + bytes(65536) + b"\r\n"] * 40]


def bomb(_: Asked) -> Answer:
    packer = zlib.compressobj(9, wbits=31)
    data = b"".join([*(packer.compress(bytes(MB)) for _ in range(50)), packer.flush()])
    return answer(200, data, [("Content-Encoding", "gzip")])


@pytest.mark.parametrize("script", [endless, bomb], ids=["a body without end", "a gzip bomb"])
def test_a_body_that_never_ends_is_cut(script: Callable[[Asked], Answer]) -> None:
    with serve(script) as server:
        assert str(failure(server)) == "body over 1 MB"


SLOW: list[tuple[str, Answer]] = [
    ("no answer at all", hang()),
    ("headers that drip", drip(HEAD + b"X: " + b"y" * 5000, every=0.01)),
    (
        "early hints for ever",
        [b"HTTP/1.1 103 Early Hints\r\n\r\n", *drip(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 99)],
    ),
    ("a body that drips", [HEAD + b"Content-Length: 5000\r\n\r\n", *drip(b"x" * 5000, every=0.01)]),
    (
        "chunks that drip",
        [HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *drip(b"1\r\nx\r\n" * 999, every=0.01)],
    ),
    ("a body that stops", [HEAD + b"Content-Length: 9\r\n\r\nx", *hang()]),
    (
        "a redirect that drips",
        [b"HTTP/1.1 302 Go\r\nLocation: /\r\nContent-Length: 999\r\n\r\n", *drip(b"x" * 999)],
    ),
]


@pytest.mark.parametrize("said", [row[1] for row in SLOW], ids=[row[0] for row in SLOW])
def test_the_whole_dialogue_has_one_deadline(said: Answer) -> None:
    with serve(said) as server:
        start = monotonic()
        error = failure(server, seconds=0.2)
        assert isinstance(error, DeadlineExceeded)
        assert 0.15 < monotonic() - start < 0.6


def test_redirects_share_the_deadline() -> None:
    def slow_redirect(_: Asked) -> Answer:
        return [*hang(0.08)[:1], *answer(302, headers=[("Location", "/")])]

    with serve(slow_redirect) as server:
        assert isinstance(failure(server, seconds=0.2), DeadlineExceeded)


def test_a_silent_tls_handshake_is_cut() -> None:
    with serve(hang()) as server:
        client = fetcher(server, seconds=0.2)
        start = monotonic()
        with pytest.raises(DeadlineExceeded, match="TLS"):
            client.fetch(Request(url=server.url().replace("http:", "https:")))
        assert monotonic() - start < 0.6
        client.close()


def test_tls_that_nobody_vouches_for_is_refused() -> None:
    with serve(OK, tls=authority()) as server:
        client = Fetcher(FetchPolicy(allow_private=(server.place,)), ssl_context=tls_context())
        with pytest.raises(Unreachable, match="certificate is refused"):
            client.fetch(Request(url=server.url()))
        client.close()
    with serve(OK, tls=authority()) as server:
        place = f"localhost:{server.port}"
        client = Fetcher(FetchPolicy(allow_private=(place,)), ssl_context=trusting(authority()))
        with pytest.raises(Unreachable, match="certificate is refused: hostname mismatch"):
            client.fetch(Request(url=f"https://{place}/"))
        client.close()


STATUSES = [
    (404, "", None),
    (410, "", None),
    (401, "", None),
    (500, "", None),
    (429, "120", timedelta(seconds=120)),
    (503, "Sun, 22 Nov 2026 06:05:00 GMT", timedelta(minutes=5)),
    (429, "soon", None),
    (429, "-1", None),
    (429, "1000000000", timedelta(seconds=1_000_000_000)),
]


@pytest.mark.parametrize(("status", "asked", "wait"), STATUSES)
def test_a_status_that_is_no_success(status: int, asked: str, wait: timedelta | None) -> None:
    headers = [("Date", "Sun, 22 Nov 2026 06:00:00 GMT"), *([("Retry-After", asked)] if asked else [])]
    with serve(answer(status, b"go away", headers)) as server:
        error = failure(server)
    assert isinstance(error, BadStatus)
    assert (error.status, error.retry_after) == (status, wait)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://x/",
        "data:text/xml,x",
        "unix:/run/x",
        "example.org/feed",
        "",
        "//x",
    ],
)
def test_only_http_and_https_are_asked(url: str) -> None:
    client = fetcher()
    with pytest.raises(AddressRefused, match="only http and https"):
        client.fetch(Request(url=url))


ODD = [
    ("no host", "http:///x"),
    ("a port out of range", "http://example.org:99999/"),
    ("a port of letters", "http://example.org:http/"),
    ("a bracket that never closes", "http://[::1/"),
    ("a label too long", f"http://{'a' * 70}.example.org/"),
    ("an empty label", "http://a..example.org/"),
    ("a name IDNA refuses", "http://xn--zz.-é.org/"),
    ("a line break", "http://example.org/\r\nX: y"),
    ("full-width dots", "http://127。0。0。1/"),
    ("a zone", "http://[fe80::1%25eth0]/"),
    ("a name that is a number", "http://2130706433/"),
    ("an address nobody routes", "http://0.0.0.0/"),
]


@pytest.mark.parametrize("url", [row[1] for row in ODD], ids=[row[0] for row in ODD])
def test_odd_addresses_are_errors_of_ours(url: str) -> None:
    policy = FetchPolicy(deadline=timedelta(seconds=0.3))
    client = Fetcher(policy, dialler=World({}).dialler(), ssl_context=trusting(authority()))
    with pytest.raises((AddressRefused, Unreachable)):
        client.fetch(Request(url=url))
    client.close()


def test_a_thread_is_free_again_after_any_failure() -> None:
    with serve({"/slow": [hang()], "/big": [raw(HEAD + b"Content-Length: 99999999\r\n\r\n")], "/ok": [OK]}) as server:
        client = fetcher(server, seconds=0.2)
        for path in ("/slow", "/big", "/ok", "/big", "/ok"):
            if path == "/ok":
                assert whole(client.fetch(Request(url=server.url(path)))).body == b"<rss/>"
            else:
                with pytest.raises(FetchError):
                    client.fetch(Request(url=server.url(path)))
        client.close()


def test_a_request_that_cannot_be_written_is_an_error_of_ours() -> None:
    with serve(OK) as server:
        client = fetcher(server)
        for request in (
            Request(url=server.url(), headers=(("X", "a\r\nY: b"),)),
            Request(url=server.url(), headers=(("é", "b"),)),
            Request(url=server.url(), etag="\u20ac"),
            Request(url=server.url(), method="GE T"),
        ):
            with pytest.raises(Unreachable, match="could not be made"):
                client.fetch(request)
        client.close()
    assert server.asked == []


@given(st.binary(max_size=60), st.integers(0, 90), st.sampled_from([b"", b"gzip", b"deflate", b"br"]))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_bytes_raise_anything_but_our_errors(junk: bytes, place: int, encoding: bytes) -> None:
    said = HEAD + b"ETag: x\r\nContent-Encoding: " + encoding + b"\r\nContent-Length: 9\r\n\r\n123456789"
    with serve(raw(said[:place] + junk + said[place:])) as server:
        client = fetcher(server, seconds=1)
        with closing(client), suppress(FetchError):
            client.fetch(Request(url=server.url(), etag="x"))


def test_hosts_are_forgotten_after_their_last_request() -> None:
    turns = Turns(1)
    with turns.at("one", timeout=1), turns.at("two", timeout=1):
        with pytest.raises(HostBusy, match="busy"), turns.at("one", timeout=0):
            pass
        assert len(turns) == 2
    assert len(turns) == 0
