"""Encodings: the right letters whatever is declared, and no exception out of a hostile name."""

from __future__ import annotations

import codecs
import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.feeds import read
from veille.errors import ReadError
from veille.sources.syndication.decoding import to_utf8


def feed(title: str, encoding: str = "") -> str:
    """A feed with one title, and a prolog where an encoding is named."""
    prolog = f'<?xml version="1.0" encoding="{encoding}"?>' if encoding else ""
    return f'{prolog}<rss version="2.0"><channel><item><title>{title}</title></item></channel></rss>'


FRENCH, RUSSIAN, JAPANESE = "L’été à Nœux : 5 €", "Отзыв о доставке", "配達の評判"
REAL = {
    "UTF-8": (FRENCH, "utf-8", "utf-8"),
    "Windows-1252": (FRENCH, "windows-1252", "windows-1252"),
    "Latin-9": ("L'été à Nœux : 5 €", "iso-8859-15", "iso-8859-15"),
    "Latin-1 that is Windows-1252": (FRENCH, "iso-8859-1", "windows-1252"),
    "UTF-8 declared Latin-1": (FRENCH, "iso-8859-1", "utf-8"),
    "UTF-8 declared ASCII": (FRENCH, "us-ascii", "utf-8"),
    "UTF-8 declared UTF-16": (FRENCH, "utf-16", "utf-8"),
    "Windows-1252 declared UTF-8": (FRENCH, "utf-8", "windows-1252"),
    "KOI8-R": (RUSSIAN, "koi8-r", "koi8-r"),
    "Windows-1251": (RUSSIAN, "windows-1251", "windows-1251"),
    "Shift JIS": (JAPANESE, "shift_jis", "shift_jis"),
    "EUC-JP": (JAPANESE, "euc-jp", "euc-jp"),
    "ISO-2022-JP": (JAPANESE, "iso-2022-jp", "iso-2022-jp"),
    "GB 2312": ("送货评价", "gb2312", "gb2312"),
    "Big5": ("送貨評價", "big5", "big5"),
    "UTF-16 with a mark": (JAPANESE, "utf-16", "utf-16"),
    "UTF-16 without a mark": (JAPANESE, "utf-16", "utf-16-le"),
    "UTF-32": (JAPANESE, "utf-32", "utf-32"),
    "EBCDIC": ("Avis", "cp037", "cp037"),
    "a name nobody knows": (FRENCH, "x-klingon", "utf-8"),
}


@pytest.mark.parametrize(("title", "declared", "real"), REAL.values(), ids=REAL)
def test_the_title_is_right_whatever_the_encoding_says(title: str, declared: str, real: str) -> None:
    """The prolog alone speaks."""
    (entry,) = read(feed(title, declared).encode(real)).entries
    assert entry.title == title


def test_the_header_speaks_before_the_prolog() -> None:
    """A proxy that recodes changes the header only."""
    body = feed(RUSSIAN, "windows-1251").encode("koi8-r")
    assert read(body, content_type="text/xml; charset=KOI8-R").entries[0].title == RUSSIAN


def test_a_mark_at_the_start_is_no_letter() -> None:
    """UTF-8 with a byte order mark."""
    assert read(codecs.BOM_UTF8 + feed(FRENCH).encode()).entries[0].title == FRENCH


def test_one_broken_byte_does_not_spoil_the_other_letters() -> None:
    """A title cut in the middle of a letter."""
    body = feed("été " * 30 + "X").encode().replace(b"X", b"\xc3")
    assert read(body).entries[0].title.startswith("été été")


HOSTILE = ("punycode", "idna", "zlib_codec", "unicode_escape", "raw_unicode_escape", "undefined", "rot13", "base64",
           "utf-7", "hex", "mbcs", "uu", "a" * 40, "..", "utf_8_sig")  # fmt: skip


@pytest.mark.parametrize("encoding", HOSTILE)
@pytest.mark.parametrize("where", ["prolog", "header"])
def test_a_hostile_encoding_raises_nothing_and_is_not_obeyed(encoding: str, where: str) -> None:
    """Codecs of bytes, of names and of escapes."""
    body = feed(FRENCH, encoding if where == "prolog" else "").encode()
    content_type = f"application/rss+xml; charset={encoding}" if where == "header" else ""
    assert read(body, content_type=content_type).entries[0].title == FRENCH
    assert read(body + b"\xff", content_type=content_type).found == 1


def test_controls_are_gone_before_anything_reads_them() -> None:
    """NUL, escapes and noncharacters, raw or as references."""
    body = feed("a\0b\x1b[31mc&#0;d&#x7;e\ufffff").encode()
    assert read(body).entries[0].title == "ab[31mcdef"


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=60), st.sampled_from(("", "text/xml; charset=utf-16", "text/xml;charset=punycode")))
def test_no_bytes_whatever_break_the_decoding(body: bytes, content_type: str) -> None:
    """UTF-8 comes out; and the connector gives a page or an error of its own."""
    to_utf8(body, content_type).decode("utf-8")
    with contextlib.suppress(ReadError):
        read(b"<rss><channel><item><title>" + body, content_type=content_type)
