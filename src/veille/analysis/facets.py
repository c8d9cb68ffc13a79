"""What a text is made of for `veille likeness`: words, stems, kindred words, numbers, places and models."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from veille.analysis import lists
from veille.analysis.counted import number_at, written_plain
from veille.analysis.fingerprint import bare_text, bare_title
from veille.analysis.kinds import kinds
from veille.analysis.stems import concept, root
from veille.text.fold import fold, words

#: Words read: the lead of an article says what it is about.
LEAD = 120
#: Letters up to which the name of a place is also a plain word ("tours", "manche"): it needs its capital.
_PLAIN = 7

#: Concepts that say too little here: "hôpital" is no injury, "prix" no award, "vol" no robbery.
_LOOSE = frozenset(["injury", "award", "profit", "outage", "robbery", "departure", "protest"])
_SPELT = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])")
_STARTS = frozenset('.!?:…|«"“—–-\n')
_OPENERS = " #@'’(«\"“"
#: " - Gazette du Jura" at the end of a line: a dash, then up to six words of which the first has its capital.
_SIGNED = re.compile(r"\s[-–—|•·]\s(?=[A-ZÀ-Ý])[^\W\d]+(?:[\s.'’-][^\W\d]+){0,5}\s*$")
#: Characters that a line must keep for that end to be a signature.
_LEAST_LINE = 20
#: Share of a text's words from which its capitals are a manner and name no one ("Investors Warned About...").
_MANNER = 0.6
#: What stands before the name of a place; so does nothing at all before "Metz : ...".
_BEFORE_PLACES = frozenset(["a", "au", "aux", "en", "vers", "depuis", "pres"])
_BEFORE_THESE = (["pres", "de"], ["a", "la"], ["a", "l"], ["a", "saint"], ["de", "saint"])
_DAYS = frozenset(["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"])
_LEADS = re.compile(r"^\W*([A-ZÀ-Ý][\w'’-]+(?:[ -][A-ZÀ-Ý][\w'’-]+)*) ?: ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """A text as the ensemble sees it; all words are folded."""

    words: tuple[str, ...]
    #: Roots of the words that are not of everyday, and numbers as "#640".
    stems: tuple[str, ...]
    #: What happened (data/deeds.toml, data/concepts.toml), and who and what it happened to (data/things.toml).
    deeds: frozenset[str]
    things: frozenset[str]
    #: Rows of data/places_fr.toml that the places named may be.
    rows: frozenset[str]
    #: (what is counted, how many).
    numbers: tuple[tuple[str, int], ...]
    #: Stems that stand with a capital amid a sentence, without one, and at a start, where a capital says nothing.
    raised: frozenset[str]
    lowered: frozenset[str]
    opening: frozenset[str]
    #: Stems of names where a place stands: after "à", before a colon.
    somewhere: frozenset[str]
    #: Days of the week.
    days: frozenset[str]
    #: "z2".
    codes: frozenset[str]
    #: (the word before it, a name or a code): ("modele", "z2"), ("tempete", "odile").
    titled: frozenset[tuple[str, str]]
    #: Words as the text spells them, by their stem.
    spelt: Mapping[str, str]


@lru_cache(maxsize=4_096)
def take(title: str, text: str) -> Facets:
    """The facets of a publication; a title that its text repeats counts once."""
    headline, body = bare_title(title), bare_text(text) if title else unsigned(bare_text(text))
    whole = body if body.startswith(headline) else f"{headline}. {body}"
    spelt = _spelt(written_plain(whole))[:LEAD]
    cases = _cases(spelt)
    said = tuple(word for word, _ in spelt)
    numbers, counted = _numbers(said)
    kindred = frozenset(_kindred(said))
    return Facets(
        words=said,
        stems=(*_stems(said, counted), *(f"#{value}" for _, value in numbers)),
        deeds=kindred - kinds("things").names,
        things=kindred & kinds("things").names,
        rows=frozenset(_rows(spelt)),
        numbers=numbers,
        raised=cases["Name"],
        lowered=cases["low"],
        opening=cases["Start"],
        somewhere=frozenset([*_after_places(spelt), *_leading(whole)]),
        days=_DAYS.intersection(said),
        codes=frozenset(word for word in said if _is_code(word)),
        titled=frozenset(_titled(spelt)),
        spelt={root(word): word for word in said},
    )


def _spelt(text: str) -> list[tuple[str, str]]:
    """(folded word, "low", "Start" of a sentence or "Name") in order."""
    found = []
    for match in _SPELT.finditer(_CAMEL.sub(" ", text) if "#" in text or "@" in text else text):
        before = text[: match.start()].rstrip(_OPENERS)[-1:] if match[0][0].isupper() else ""
        case = "low" if not match[0][0].isupper() else "Start" if not before or before in _STARTS else "Name"
        found += [(word, case) for word in words(match[0])]
    return found


def unsigned(line: str) -> str:
    """A single line without the outlet's name at its end."""
    shorter = _SIGNED.sub("", line)
    return shorter if len(shorter) >= _LEAST_LINE and "\n" not in line.strip() else line


def _cases(spelt: Sequence[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """The stems that may name someone, by "low", "Start" and "Name"; capitals everywhere count as those of a start."""
    raised = sum(case != "low" for _, case in spelt) > _MANNER * len(spelt)
    found: dict[str, set[str]] = {"low": set(), "Start": set(), "Name": set()}
    for word, case in spelt:
        if may_name(word):
            found["Start" if raised and case == "Name" else case].add(root(word))
    return {case: frozenset(stems) for case, stems in found.items()}


@lru_cache(maxsize=50_000)
def may_name(word: str) -> bool:
    """Whether a folded word is no word of everyday and no number."""
    return len(word) > 2 and not word.isdecimal() and word not in common()


def _after_places(spelt: Sequence[tuple[str, str]]) -> list[str]:
    named = [(at, word) for at, (word, case) in enumerate(spelt) if at and case != "low" and may_name(word)]
    befores = [(word, [said for said, _ in spelt[max(0, at - 2) : at]]) for at, word in named]
    return [root(word) for word, said in befores if said[-1] in _BEFORE_PLACES or said in _BEFORE_THESE]


def _leading(whole: str) -> list[str]:
    led = _LEADS.match(whole)
    return [root(word) for word in words(led[1]) if may_name(word)] if led else []


def _stems(said: Sequence[str], counted: frozenset[int]) -> list[str]:
    everyday = common()
    return [root(w) for at, w in enumerate(said) if at not in counted and len(w) > 1 and w not in everyday]


@cache
def common() -> frozenset[str]:
    """Words of everyday, French and English, folded."""
    return frozenset(fold(word) for language in ("fr", "en") for word in lists.common(language))


def _kindred(said: Sequence[str]) -> list[str]:
    found = []
    for at, word in enumerate(said):
        found += [*_kindred_of(word), *kinds("deeds").of_phrase(said, at), *kinds("things").of_phrase(said, at)]
    return found


@lru_cache(maxsize=50_000)
def _kindred_of(word: str) -> tuple[str, ...]:
    named = concept(word)
    told = [named] if named and named not in _LOOSE else []
    return (*kinds("deeds").of_word(word), *kinds("things").of_word(word), *told)


def _titled(spelt: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Names and codes by the plain word right before them."""
    found = []
    for (before, case), (word, named) in zip(spelt, spelt[1:], strict=False):
        plain = case != "Name" and len(before) > 3 and before not in common()
        if plain and (named == "Name" or _is_code(word)):
            found.append((root(before), word))
    return found


def _rows(spelt: Sequence[tuple[str, str]]) -> list[str]:
    table = kinds("places_fr")
    said = [word for word, _ in spelt]
    found: list[str] = []
    for at, (word, case) in enumerate(spelt):
        rows = table.of_phrase(said, at) if case != "low" else ()
        if not rows and (case != "low" or len(word) > _PLAIN):
            rows = table.of_word(word)
        found += rows
    return found


def _numbers(said: Sequence[str]) -> tuple[tuple[tuple[str, int], ...], frozenset[int]]:
    """What is counted and how many, and the places of the words that say it."""
    found: list[tuple[str, int]] = []
    counted: set[int] = set()
    at = 0
    while at < len(said):
        value, taken = number_at(said, at)
        if taken:
            found.append((_counted(said, at + taken), value))
            counted.update(range(at, at + taken))
        at += taken or 1
    return tuple(dict.fromkeys(found)), frozenset(counted)


def _counted(said: Sequence[str], at: int) -> str:
    following = [word for word in said[at : at + 3] if word not in ("de", "d", "des")]
    return root(following[0]) if following else ""


def _is_code(word: str) -> bool:
    return len(word) < 9 and not word.isdecimal() and not word.isalpha() and word[0].isalpha()
