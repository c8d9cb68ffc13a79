"""Text from outside becomes storable and printable."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.text.clean import clean, neutral, one_line, shorten

CLEANED = {
    "NUL and controls go": ("a\x00b\x07c\x7f", "abc"),
    "tab and newline stay": ("a\tb\nc", "a\tb\nc"),
    "carriage returns are newlines": ("a\r\nb\rc", "a\nb\nc"),
    "NEL and U+2028 are newlines": ("a\x85b\u2028c\u2029d", "a\nb\nc\nd"),
    "lone surrogates go": ("a\ud800b\udfff", "ab"),
    "colours of a terminal go": ("\x1b[31mrouge\x1b[0m", "rouge"),
    "the title of a terminal goes": ("\x1b]0;pwned\x07ok", "ok"),
    "an unclosed terminal title hides nothing": ("\x1b]0;mot", "]0;mot"),
    "accents are composed": ("e\u0301te\u0301", "été"),
    "piled marks are cut to thirty": ("a" + "\u0315" * 500, "a" + "\u0315" * 30),
}


@pytest.mark.parametrize(("raw", "text"), CLEANED.values(), ids=CLEANED)
def test_clean_leaves_what_can_be_stored_and_printed(raw: str, text: str) -> None:
    """One row a situation."""
    assert clean(raw) == text


LINES = {
    "a header cannot be injected": ("Titre\r\nBcc: a@b", "Titre Bcc: a@b"),
    "every space is one space": ("a\u00a0\u2003\u2028 b\x85c", "a b c"),
    "ends are trimmed": ("\n a \t", "a"),
}


@pytest.mark.parametrize(("raw", "text"), LINES.values(), ids=LINES)
def test_one_line_is_one_line(raw: str, text: str) -> None:
    """One row a situation."""
    assert one_line(raw) == text


SHORT = {
    "short enough": ("un deux", 7, "un deux"),
    "cut between words": ("un deux trois", 9, "un deux…"),
    "cut in a word when it is the only one": ("a" * 20, 6, "aaaaa…"),
    "nothing fits": ("abc", 1, "…"),
}


@pytest.mark.parametrize(("text", "limit", "short"), SHORT.values(), ids=SHORT)
def test_shorten_cuts_between_words(text: str, limit: int, short: str) -> None:
    """One row a situation."""
    assert shorten(text, limit) == short


def test_neutral_shows_what_was_hidden_or_turned_round() -> None:
    """Bidirectional overrides, zero-width characters and soft hyphens go; a family of emoji stays one."""
    assert neutral("\u202eevil\u200b\u00ad\ufeff") == "evil"
    assert neutral("👩\u200d🚒 a\u200db") == "👩\u200d🚒 ab"


def test_a_hundred_thousand_combining_marks_cost_nothing() -> None:
    """Normalising them as they are is quadratic."""
    began = time.process_time()
    clean("a" + "\u0315\u0327" * 50_000)
    assert time.process_time() - began < 0.2


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60), st.integers(min_value=1, max_value=20))
def test_clean_is_idempotent_encodable_and_bounded(raw: str, limit: int) -> None:
    """Whatever comes."""
    text = clean(raw)
    assert clean(text) == text
    text.encode("utf-8")
    assert len(one_line(raw, limit)) <= limit
