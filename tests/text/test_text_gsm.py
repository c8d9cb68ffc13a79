"""Text messages: what is kept, what is brought near, where it is cut."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.text.gsm import fits, septets, to_gsm


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        pytest.param("é è à ù É Ç ß £ @", "é è à ù É Ç ß £ @", id="what the alphabet holds stays"),
        pytest.param("fête, ça, À, Ê, î, ô, û, ï", "fete, ca, A, E, i, o, u, i", id="accents it lacks are dropped"),
        pytest.param("cœur Œuvre", "coeur OEuvre", id="ligatures are spelt out"),
        pytest.param("« l’été »…", '" l\'été "...', id="French quotes, apostrophe, ellipsis"),
        pytest.param("15\u202fh\u00a052 — 14\u201315", "15 h 52 - 14-15", id="no-break spaces and dashes are plain"),
        pytest.param("un\r\nBcc: x\u2028y\u0085z", "un Bcc: x y z", id="line ends of every kind become one space"),
        pytest.param("feu \U0001f525\U0001f525 !", "feu !", id="emoji leave nothing"),
        pytest.param("Москва", "??????", id="another script leaves a trace"),
        pytest.param("a\u202eb\u200bc\x00d", "abcd", id="bidi, zero-width and NUL leave nothing"),
        pytest.param("e\u0301te\u0302", "éte", id="decomposed accents"),
        pytest.param("\ud800x", "x", id="a lone surrogate leaves nothing"),
        pytest.param("{a|b}", "{a|b}", id="the extension table stays"),
        pytest.param("½ ﬁn ①", "1/2 fin 1", id="compatibility forms are spelt out"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_to_gsm(written: str, sent: str) -> None:
    """Each row is brought into the alphabet as a reader would type it."""
    assert to_gsm(written) == sent
    assert fits(sent)


@pytest.mark.parametrize(
    ("written", "limit", "sent"),
    [
        pytest.param("un deux trois", 13, "un deux trois", id="exactly the limit"),
        pytest.param("un deux trois", 12, "un deux...", id="cut at a word"),
        pytest.param("anticonstitutionnellement", 10, "anticon...", id="a word too long is cut inside"),
        pytest.param("{{{{{{", 8, "{{...", id="the extension table counts two"),
        pytest.param("abc def", 2, "ab", id="no room for an ellipsis"),
    ],
)
def test_cut(written: str, limit: int, sent: str) -> None:
    """Each row is cut where it should be."""
    assert to_gsm(written, limit) == sent
    assert septets(sent) <= limit


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        pytest.param("a" * 160, True, id="one segment"),
        pytest.param("a" * 161, False, id="one too many"),
        pytest.param("a" * 158 + "€", True, id="the euro sign counts two"),
        pytest.param("a" * 159 + "€", False, id="the euro sign counts two, one too many"),
        pytest.param("ê", False, id="outside the alphabet"),
    ],
)
def test_fits(text: str, answer: bool) -> None:
    """Whether it travels as it is."""
    assert fits(text) is answer


def test_a_cut_after_a_space_leaves_no_space() -> None:
    assert to_gsm("0\r0", 2) == "0"


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=300), st.integers(min_value=0, max_value=200))
def test_always_fits(text: str, limit: int) -> None:
    """Whatever comes in, what goes out fits, and a second pass changes nothing."""
    sent = to_gsm(text, limit)
    assert fits(sent, limit)
    assert to_gsm(sent, limit) == sent
