"""The search for phrases: several lists under one index find what each part, tried everywhere, would find."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from veille.analysis import spelling
from veille.analysis.lexicon import GAP, LONGEST_GAP, NUMBER, Phrase, lexicon, phrase
from veille.text.similarity import within_slips

WORDS = ("jamais", "recu", "recus", "recevoir", "plus", "de", "nouvelles", "nouvel", "12", "douze", "colis", "j")
LISTED = {
    "one": ("jamais ~ recu*", "plus de nouvelle*", "# colis", "recu*", "j recu", "jamais recu"),
    "two": ("recu", "# #", "colis ~ colis", "de nouvelles", "jamais", "rec*"),
}
PHRASES = {name: tuple(phrase(text, name) for text in texts) for name, texts in LISTED.items()}


def fits(part: str, word: str) -> bool:
    if part == NUMBER:
        return spelling.is_number(word)
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


def end(parts: Sequence[str], words: Sequence[str], at: int) -> int | None:
    """The last word of a phrase that begins at a place, each part at the first place where it can stand."""
    if not fits(parts[0], words[at]):
        return None
    gap = 0
    for part in parts[1:]:
        if part == GAP:
            gap = LONGEST_GAP
            continue
        at = next((n for n in range(at + 1, min(at + 2 + gap, len(words))) if fits(part, words[n])), -1)
        if at < 0:
            return None
        gap = 0
    return at


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=9))
def test_every_phrase_is_found_wherever_it_stands(words: list[str]) -> None:
    found = lexicon(PHRASES).search(words)
    for name, phrases in PHRASES.items():
        ends = [(each, at, end(each.parts, words, at)) for at in range(len(words)) for each in phrases]
        assert set(found[name]) == {(each, at, last) for each, at, last in ends if last is not None}
        assert [each.first for each in found[name]] == sorted(each.first for each in found[name])


def test_lists_under_one_index_find_what_each_finds_alone() -> None:
    words = ["je", "n", "ai", "jamais", "recu", "mon", "colis", "et", "plus", "de", "nouvelles"]
    together = lexicon(PHRASES).search(words)
    for name, phrases in PHRASES.items():
        assert together[name] == lexicon({name: phrases}).search(words)[name]


def test_a_slip_is_forgiven_in_one_list_and_not_in_another() -> None:
    listed = {"exact": [Phrase(("rembourse",), "solved")], "loose": [Phrase(("rembourse",), "tone")]}
    found = lexicon(listed, exact=("exact",)).search(["remborse"])
    assert (found["exact"], len(found["loose"])) == ([], 1)


#: As many as stand under one first letter of the lists.
HEADS = (
    "remboursement",
    "rembours*",
    "injoignable",
    "hospitalis*",
    "escroquer*",
    "inadmissible",
    "intoxication",
    "resilie",
)


def plainly(head: str, word: str) -> bool:
    """Every head is compared with every word: what the tables spare."""
    if len(head.rstrip("*")) < 7 or not 7 <= len(word) <= 30 or head[0] != word[0]:
        return False
    if not head.endswith("*"):
        return within_slips(head, word, 1)
    stem = head[:-1]
    cuts = (word[:length] for length in (len(stem) - 1, len(stem), len(stem) + 1))
    return any(cut[-2:] == stem[-2:] and within_slips(stem, cut, 1) for cut in cuts)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(HEADS),
    st.integers(0, 13),
    st.integers(0, 2),
    st.sampled_from("aeinrst"),
    st.sampled_from(("", "s", "ment")),
)
def test_the_words_a_slip_may_stand_for_are_those_that_comparing_with_all_gives(
    head: str, place: int, taken: int, letter: str, ending: str
) -> None:
    plain = head.rstrip("*")
    word = plain[:place] + letter + plain[place + taken :] + ending
    assert set(spelling.corrector(HEADS)(word)) == {other for other in HEADS if plainly(other, word)}
