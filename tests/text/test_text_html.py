"""Markup into text: words stay apart, hidden things stay hidden, hostile markup costs nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.text.html import html_to_text, links_of, unescape

READINGS = {
    "two paragraphs are two lines": ("<p>a</p><p>b</p>", "a\nb"),
    "a line break parts words": ("a<br>b<br/>c", "a\nb\nc"),
    "cells are parted by a space, rows by a line": (
        "<tr><td>a</td><td>b</td></tr><tr><td>c</td></tr>",
        "a b\nc",
    ),
    "list items are lines": ("<ul><li>un</li><li>deux</li></ul>", "un\ndeux"),
    "bold inside a word leaves one word": ("<b>x</b>y <i>z</i>", "xy z"),
    "a picture parts words": ("a<img src='x'>b", "a b"),
    "line ends of the source are spaces": ("<p>un\n  deux</p>", "un deux"),
    "script and style are not read": ("a<script>var x = '<p>no</p>';</script><STYLE>p{}</STYLE>b", "ab"),
    "a title that speaks of <script> keeps its words": ("Le tag <script> en 2026", "Le tag en 2026"),
    "a comment is not read": ("a<!-- <p>no</p> -->b", "ab"),
    "an unclosed comment hides the rest": ("a<!-- no", "a"),
    "the text of a CDATA section is": ("<![CDATA[a <b>b</b>]]> c", "a b c"),
    "a greater-than sign in an attribute is no end": ('<a title="1 > 0">a</a>', "a"),
    "an apostrophe in a bare attribute opens nothing": ("<a title=l'un>a l'autre</a>", "a l'autre"),
    "less-than signs and hearts are text": ("5 < 6 <3", "5 < 6 <3"),
    "references are decoded once": ("l&#8217;&eacute;t&eacute; &amp;amp; R&D", "l’été &amp; R&D"),
    "escaped tags stay words": ("&lt;b&gt;", "<b>"),
    "a reference of 20,000 digits is one replacement": ("a&#" + "9" * 20_000 + ";b", "a\ufffdb"),
    "an unfinished tag is left out": ("a <b", "a"),
    "no-break spaces are spaces": ("a&nbsp;b", "a b"),
    "nothing is nothing": ("", ""),
}


@pytest.mark.parametrize(("markup", "text"), READINGS.values(), ids=READINGS)
def test_markup_becomes_the_text_a_reader_sees(markup: str, text: str) -> None:
    """One row a situation."""
    assert html_to_text(markup) == text


HOSTILE = {
    "100,000 open blocks": "<div>" * 100_000,
    "100,000 open inline tags": "<b>" * 100_000,
    "200 KB of unclosed comments": "<!--" * 50_000,
    "a style of 50 KB of spaces": '<p style="' + " " * 50_000 + 'x">a</p>',
    "unclosed quotes": '<a ="' * 40_000,
    "alternate quotes": "<a ='\"=" * 30_000,
    "equals signs": "<a " + "=" * 200_000,
    "unclosed scripts": "<script>" * 20_000,
    "scripts closed by another name": "<script></style>" * 15_000,
    "unfinished references": "&#" * 100_000,
    "href after href": "<a " + "href " * 40_000,
    "spaces after href": "<a href" + " " * 200_000,
    "unclosed CDATA": "<![CDATA[" * 20_000,
}


@pytest.mark.parametrize("markup", HOSTILE.values(), ids=HOSTILE)
def test_hostile_markup_is_read_in_linear_time(markup: str) -> None:
    """Well under a fifth of a second of CPU each, for text and links together."""
    began = time.process_time()
    html_to_text(markup)
    links_of(markup)
    assert time.process_time() - began < 0.2


LINKS = {
    "each once, in order": ('<a href="http://a.example">x</a><a href="http://b.example"><a href="http://a.example">',
                            "", ("http://a.example", "http://b.example")),
    "references are decoded": ("<a class=z href='https://a.example/?x=1&amp;y=2'>", "", ("https://a.example/?x=1&y=2",)),
    "bare attributes": ("<A HREF=https://a.example/x>", "", ("https://a.example/x",)),
    "relative ones are joined": ('<a href="/b">', "https://a.example/c", ("https://a.example/b",)),
    "relative ones are left out without a base": ('<a href="/b">', "", ()),
    "other schemes are left out": ('<a href="javascript:x()"><a href="mailto:a@b"><a href="data:,">', "", ()),
    "addresses in plain text": ("Voir https://a.example/x. (http://b.example)", "",
                                ("https://a.example/x", "http://b.example")),
    "a broken address is left out": ('<a href="http://[::1">', "https://a.example", ()),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "base", "links"), LINKS.values(), ids=LINKS)
def test_links_are_absolute_web_addresses(markup: str, base: str, links: tuple[str, ...]) -> None:
    """One row a situation."""
    assert links_of(markup, base) == links


def test_no_more_than_fifty_links_are_kept() -> None:
    """A page of links is no text."""
    assert len(links_of("".join(f'<a href="http://a.example/{n}">' for n in range(90)))) == 50


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="<>&;!-/ab\"'= \n#x[]CDAT", max_size=80))
def test_no_markup_whatever_breaks_the_reader(markup: str) -> None:
    """Neither an exception, nor an empty line, nor a space at an end."""
    lines = html_to_text(markup).split("\n")
    assert lines == [""] or all(line and line == " ".join(line.split()) for line in lines)
    links_of(markup, "https://a.example")
    unescape(markup)
