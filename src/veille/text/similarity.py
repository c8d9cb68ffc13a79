"""How alike two texts are, 0 to 1: the only door to rapidfuzz, with every length capped.

Uncapped, one `partial_ratio` of a long keyword over a long page takes seconds (rapidfuzz is quadratic there).
"""

from __future__ import annotations

from math import ceil

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

#: Characters compared: beyond, two texts that agree so far are the same for our purpose.
LONGEST = 3_000
#: The needle of `held`.
LONGEST_NEEDLE = 400


def ratio(left: str, right: str, *, least: float = 0.0) -> float:
    """Share of characters in common, in order; 0 below `least`, and much sooner known."""
    return fuzz.ratio(left[:LONGEST], right[:LONGEST], score_cutoff=least * 100) / 100


def same_words(left: str, right: str, *, least: float = 0.0) -> float:
    """Share of words in common, in any order; words that only one has count against it. 0 below `least`."""
    return fuzz.token_sort_ratio(left[:LONGEST], right[:LONGEST], score_cutoff=least * 100) / 100


def shared_words(left: str, right: str) -> float:
    """As `same_words`, but a text that holds all the words of the other is fully like it."""
    return fuzz.token_set_ratio(left[:LONGEST], right[:LONGEST]) / 100


def held(needle: str, text: str, *, least: float = 0.0) -> float:
    """How much of a passage stands, nearly word for word, somewhere in a text. 0 below `least`."""
    needle, text = needle[:LONGEST_NEEDLE], text[:LONGEST]
    if least and len(needle) < len(text) and not _may_be_held(needle, text, ceil((1 - least) * 2 * len(needle))):
        return 0.0
    return fuzz.partial_ratio(needle, text, score_cutoff=least * 100) / 100


def _may_be_held(needle: str, text: str, slips: int) -> bool:
    """Whether the needle can be there at all: each slip spoils at most one of its pieces, the others stand as they are.

    Cut in a third more pieces than slips: a fourth of them must be found, of seven letters where one in twenty may be
    wrong. That tells most unlike texts apart.
    """
    pieces = slips + slips // 3 + 1
    size = len(needle) // pieces
    if not size:
        return True
    found = sum(needle[place : place + size] in text for place in range(0, size * pieces, size))
    return found >= pieces - slips


def within_slips(left: str, right: str, most: int) -> bool:
    """Whether at most so many slips part two words; swapped neighbours count as one. Cap the lengths before."""
    return OSA.distance(left, right, score_cutoff=most) <= most
