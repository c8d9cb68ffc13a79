"""The exam that every connector sits: hostile and broken answers, whatever its kind."""

from __future__ import annotations

import contextlib
import time
import tracemalloc
from pathlib import Path

import pytest

from sources.feeds import item, read, rss
from veille.errors import NotAFeed, ReadError
from veille.model.exchange import PollState, Source
from veille.sources.base import connector

#: Kinds that read any feed.
FEEDS = ("feed", "google_alerts")
OPML = b'<?xml version="1.0"?><opml version="2.0"><body><outline xmlUrl="https://a.example/f"/></body></opml>'
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256))
LOGIN = b"<!DOCTYPE html><html><head><title>Connexion</title></head><body><form>Mot de passe</form></body></html>"
NO_FEEDS = {
    "an empty answer": (b"", "empty"),
    "spaces alone": (b" \n\t ", "empty"),
    "an HTML login page": (LOGIN, "HTML page, not a feed.*Connexion"),
    "an error in JSON": (b'{"error": "rate limited"}', "rate limited"),
    "a list in JSON": (b"[1, 2]", "JSON answer that is no feed"),
    "broken JSON": (b'{"version": ', "broken JSON"),
    "an OPML list": (OPML, "OPML list of feeds, import it instead"),
    "a picture": (PNG, "not a feed"),
    "plain words": (b"Service Unavailable", "not a feed"),
    "a path": (b"/etc/passwd", "not a feed"),
    "an address": (b"file:///etc/passwd", "not a feed"),
    "random bytes": (bytes(range(256)) * 40, "not a feed"),
}


@pytest.mark.parametrize("kind", FEEDS)
@pytest.mark.parametrize(("body", "reason"), NO_FEEDS.values(), ids=NO_FEEDS)
def test_what_is_no_feed_is_an_error_never_zero_mentions(kind: str, body: bytes, reason: str) -> None:
    """And the error says what came."""
    with pytest.raises(NotAFeed, match=reason):
        read(body, kind=kind)


@pytest.mark.parametrize("kind", FEEDS)
def test_a_feed_without_items_is_an_empty_page(kind: str) -> None:
    """A quiet source is not a broken one."""
    page = read(rss(), kind=kind)
    assert (page.entries, page.found, page.title) == ((), 0, "Fil")


@pytest.mark.parametrize("kind", FEEDS)
def test_a_body_over_five_megabytes_is_refused(kind: str) -> None:
    """Before it is parsed."""
    with pytest.raises(ReadError, match="over 5 MB"):
        read(b"<rss>" + b" " * 5_000_001, kind=kind)


@pytest.mark.parametrize("kind", FEEDS)
def test_the_request_is_conditional_and_for_feeds(kind: str) -> None:
    """The entity tag goes back byte for byte."""
    source = Source(id="s", kind=kind, url="https://a.example/f", key="s")
    asked = connector(kind).request(source, PollState(etag='W/"x"', modified="Fri, 20 Nov 2026 12:00:00 GMT"))
    assert (asked.url, asked.etag, asked.modified) == (source.url, 'W/"x"', "Fri, 20 Nov 2026 12:00:00 GMT")
    assert "application/rss+xml" in dict(asked.headers)["Accept"]


ILLEGAL = {
    "a lone surrogate": "&#xD800;",
    "beyond Unicode": "&#x110000;",
    "twenty thousand digits": "&#" + "9" * 20_000 + ";",
    "twenty thousand hexadecimal digits": "&#x" + "F" * 20_000 + ";",
    "NUL": "&#0;",
    "a control": "&#x1b;",
    "no semicolon": "&#xD800",
    "an unclosed tag": "<b>",
    "a bare ampersand": "R & D",
    "an unknown entity": "&inconnue;",
    "a raw NUL": "\0",
}


@pytest.mark.parametrize("kind", FEEDS)
@pytest.mark.parametrize("poison", ILLEGAL.values(), ids=ILLEGAL)
def test_one_malformed_item_of_twenty_one_leaves_the_others(kind: str, poison: str) -> None:
    """Eight characters in one forum post must not blind the watch."""
    items = [item(n) for n in range(21)]
    items[10] = item(10, title=f"Avant {poison} après")
    page = read(rss(*items), kind=kind)
    assert page.found == 21
    assert [entry.title for entry in page.entries[:10]] == [f"Titre {n}" for n in range(10)]
    assert "Avant" in page.entries[10].title
    assert page.entries[20].title == "Titre 20"


ABSURD_DATES = ("", "n/a", "1900-01-01", "0001-01-01", "-1-01-01", "9999-12-31T23:59:59-05:00", "99999-01-01",
                "0", "1793613600", "30 févr. 2026", "Sat, 21 Nov 2026 10:00:00 +9999", "\u202e",
                "9" * 5000)  # fmt: skip


@pytest.mark.parametrize("kind", FEEDS)
@pytest.mark.parametrize("date", ABSURD_DATES, ids=lambda date: repr(date[:20]))
def test_an_absurd_date_never_costs_the_entry(kind: str, date: str) -> None:
    """The raw words are kept, shortened."""
    (entry,) = read(rss(item(1, more=f"<pubDate>{date}</pubDate>")), kind=kind).entries
    assert len(entry.published_raw) <= 100
    assert entry.published is None or entry.published.tzinfo is not None


@pytest.mark.parametrize("kind", FEEDS)
def test_an_item_that_holds_nothing_is_counted_and_left_out(kind: str) -> None:
    """Neither a title, nor a text, nor a link."""
    page = read(rss(item(1), "<item></item>", "<item><pubDate>x</pubDate></item>"), kind=kind)
    assert (page.found, page.empty) == (1, 2)


BOMBS = {
    "billion laughs": "<!DOCTYPE x [<!ENTITY a0 'lol'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]><rss version='2.0'><channel><title>&a9;</title><item><title>t</title></item></channel></rss>",
    "quadratic blow-up": f"<!DOCTYPE x [<!ENTITY a '{'x' * 50_000}'>]><rss version='2.0'><channel>"
    f"<title>{'&a;' * 5_000}</title><item><title>t</title></item></channel></rss>",
    "an external entity": "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss version='2.0'><channel>"
    "<item><title>t &a;</title></item></channel></rss>",
    "a parameter entity": "<!DOCTYPE x [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/x.dtd'> %p;]><rss version='2.0'>"
    "<channel><item><title>t</title></item></channel></rss>",
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_an_entity_neither_grows_nor_opens_anything(bomb: str) -> None:
    """Under 2 seconds and 50 MB, and no line of a password file."""
    tracemalloc.start()
    began = time.process_time()
    try:
        page = read(bomb.encode())
        assert time.process_time() - began < 2
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()
    assert "root:" not in repr(page)
    assert page.found == 1


DEEP = {
    "XML": b"<rss version='2.0'><channel><item><title>t</title>" + b"<a>" * 100_000,
    "HTML": b"<html>" + b"<div>" * 100_000,
    "JSON": b'{"a":' * 100_000,
    "HTML in an item": rss(item(1, more=f"<description><![CDATA[{'<div>' * 100_000}]]></description>")),
}


@pytest.mark.parametrize("body", DEEP.values(), ids=DEEP)
def test_a_hundred_thousand_levels_neither_hang_nor_crash(body: bytes) -> None:
    """An error or a page, in 5 seconds."""
    began = time.process_time()
    with contextlib.suppress(ReadError):
        read(body)
    assert time.process_time() - began < 5


def test_a_body_that_is_a_path_opens_nothing(tmp_path: Path) -> None:
    """feedparser given a bare string would read the file."""
    secret = tmp_path / "feed.xml"
    secret.write_bytes(rss(item(1)))
    with pytest.raises(NotAFeed):
        read(str(secret).encode())


def test_an_unknown_kind_names_the_known_ones() -> None:
    """Refuse early and point."""
    with pytest.raises(ReadError, match=r"'fead'; known: .*, feed, google_alerts,"):
        connector("fead")
