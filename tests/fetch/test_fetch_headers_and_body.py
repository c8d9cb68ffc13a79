"""Headers that are sent back byte for byte, waits that servers ask for, and bodies that swell."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.errors import EncodingRefused, FetchError, TooLarge
from veille.fetch.body import collect, encoding_of
from veille.fetch.headers import content_length, http_date, read_headers, retry_after

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
LIMIT = 1_000_000


def inflate(data: bytes, encoding: str, *, limit: int = LIMIT, step: int = 65536) -> bytes:
    chunks = (data[at : at + step] for at in range(0, len(data), step))
    return collect(chunks, encoding=encoding, limit=limit, check=lambda: None)


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


WAITS = [
    ("seconds", "120", timedelta(seconds=120)),
    ("none at all", "0", timedelta(0)),
    ("a very long wait, left as it is", "1000000000", timedelta(seconds=1_000_000_000)),
    ("a date", "Sun, 22 Nov 2026 06:10:00 GMT", timedelta(minutes=10)),
    ("a date in another zone", "Sun, 22 Nov 2026 08:10:00 +0200", timedelta(minutes=10)),
    ("a date that has passed", "Sun, 22 Nov 2026 05:00:00 GMT", timedelta(0)),
    ("negative", "-1", None),
    ("scientific", "1e9", None),
    ("a word", "soon", None),
    ("absent", "", None),
    ("more digits than time", "9" * 40, None),
    ("digits that are not ASCII", "٣٠", None),
    ("a date that does not exist", "Sun, 99 Nov 2026 99:99:99 GMT", None),
    ("ISO date", "2026-11-22T07:00:00Z", None),
]


@pytest.mark.parametrize(("text", "wait"), [row[1:] for row in WAITS], ids=[row[0] for row in WAITS])
def test_retry_after(text: str, wait: timedelta | None) -> None:
    assert retry_after(text, now=NOW) == wait


@given(st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_no_header_text_raises(text: str) -> None:
    wait = retry_after(text, now=NOW)
    assert wait is None or wait >= timedelta(0)
    moment = http_date(text)
    assert moment is None or moment.tzinfo is UTC
    content_length({"content-length": text})


def test_header_values_go_back_as_the_bytes_that_came() -> None:
    raw = bytes(byte for byte in range(0x21, 0x100) if byte != 0x7F)
    assert read_headers([(b"ETag", raw)])["etag"].encode("latin-1") == raw


def test_headers_are_bounded() -> None:
    with pytest.raises(TooLarge):
        read_headers([(b"x", b"y" * 70_000)])
    with pytest.raises(TooLarge):
        read_headers([(b"set-cookie", b"a=b")] * 200)


ENCODINGS = [
    ("", ""),
    ("identity", ""),
    ("gzip", "gzip"),
    ("GZip", "gzip"),
    ("x-gzip", "gzip"),
    ("deflate", "deflate"),
]


@pytest.mark.parametrize(("header", "encoding"), ENCODINGS)
def test_encodings_we_ask_for(header: str, encoding: str) -> None:
    assert encoding_of(header) == encoding


@pytest.mark.parametrize(
    "header", ["br", "zstd", "compress", "gzip, gzip", "gzip,deflate", "br, gzip", "rot13", "gzip;q=1"]
)
def test_encodings_we_refuse(header: str) -> None:
    with pytest.raises(EncodingRefused):
        encoding_of(header)


@given(st.binary(max_size=3000), st.integers(1, 70), st.sampled_from(["gzip", "deflate", "raw", "members"]))
@settings(max_examples=100, deadline=None)
def test_inflating_gives_back_what_was_packed_however_it_is_cut(data: bytes, step: int, how: str) -> None:
    packed = {
        "gzip": gzip.compress(data),
        "deflate": zlib.compress(data),
        "raw": raw_deflate(data),
        "members": gzip.compress(data[:100]) + gzip.compress(data[100:]),
    }[how]
    encoding = "gzip" if how in ("gzip", "members") else "deflate"
    assert inflate(packed, encoding, step=step) == data


LIES = [
    ("plain text called gzip", b"<rss></rss>", "gzip"),
    ("plain text called deflate", b"<rss></rss>", "deflate"),
    ("gzip cut short", gzip.compress(b"x" * 5000)[:-10], "gzip"),
    ("zlib cut short", zlib.compress(b"x" * 5000)[:-1], "deflate"),
    ("one byte", b"\x1f", "gzip"),
    ("a wrong checksum", gzip.compress(b"x" * 50)[:-8] + b"\0" * 8, "gzip"),
    ("zlib called gzip", zlib.compress(b"x"), "gzip"),
]


@pytest.mark.parametrize(("data", "encoding"), [row[1:] for row in LIES], ids=[row[0] for row in LIES])
def test_bodies_that_are_not_what_they_claim(data: bytes, encoding: str) -> None:
    with pytest.raises(EncodingRefused):
        inflate(data, encoding)


def test_an_empty_body_needs_no_encoding_and_padding_is_ignored() -> None:
    assert inflate(b"", "gzip") == b""
    assert inflate(gzip.compress(b"text") + b"\0" * 20, "gzip") == b"text"


@pytest.mark.parametrize("size", [LIMIT - 1, LIMIT, LIMIT + 1])
@pytest.mark.parametrize("encoding", ["", "gzip", "deflate"])
def test_the_limit_is_exact(size: int, encoding: str) -> None:
    data = bytes(size)
    packed = {"": data, "gzip": gzip.compress(data), "deflate": zlib.compress(data)}[encoding]
    if size > LIMIT:
        with pytest.raises(TooLarge, match="body over 1 MB"):
            inflate(packed, encoding)
    else:
        assert len(inflate(packed, encoding)) == size


def test_a_bomb_is_cut_at_the_limit_without_its_memory() -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join([*(packer.compress(bytes(1_000_000)) for _ in range(100)), packer.flush()])
    tracemalloc.start()
    with pytest.raises(TooLarge):
        inflate(bomb, "gzip")
    assert tracemalloc.get_traced_memory()[1] < 5 * LIMIT
    tracemalloc.stop()


def test_a_body_is_cut_at_the_limit_on_the_wire_too() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield bytes(65536)

    with pytest.raises(TooLarge):
        collect(endless(), encoding="", limit=LIMIT, check=lambda: None)


def test_the_check_runs_at_each_chunk() -> None:
    def late() -> None:
        raise FetchError("late")

    with pytest.raises(FetchError, match="late"):
        collect([b"a"], encoding="", limit=10, check=late)
