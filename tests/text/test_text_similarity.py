"""Likeness of texts: what is not looked for below a threshold is truly below it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from veille.text import similarity

WORDS = st.lists(st.sampled_from(("fleurs", "mariage", "commande", "de", "la", "pas", "reçu", "été")), max_size=60)
SLIPS = st.lists(st.tuples(st.integers(0, 300), st.sampled_from(("", "x", " et "))), max_size=12)


@given(WORDS, WORDS, WORDS, SLIPS, st.sampled_from((0.5, 0.8, 0.92, 0.95)))
@settings(deadline=None, max_examples=60)
def test_a_threshold_changes_nothing_above_it(
    before: list[str], passage: list[str], after: list[str], slips: list[tuple[int, str]], least: float
) -> None:
    needle = " ".join(passage)
    kept = needle
    for place, slip in slips:
        kept = kept[:place] + slip + kept[place + 1 :]
    text = " ".join((*before, kept, *after))
    whole = similarity.held(needle, text)
    assert similarity.held(needle, text, least=least) == (whole if whole >= least else 0.0)
