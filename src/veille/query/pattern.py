"""A term compiled: the folded words it wants in a row, what may stand between them, and where they are in a passage."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from veille.query.reading import WORD, Passage
from veille.query.syntax import Exact, Phrase, Term, Typo, Wildcard
from veille.query.typos import Slips
from veille.query.wildcards import Glob
from veille.text.entities import decode
from veille.text.fold import fold, fold_character, fold_with_map

#: Between the words of a phrase or a compound name all these are one separator.
SEPARATORS = " \t\n\r\f\v'-"
#: Punctuation that a phrase written with it wants no more than allows ("M. Leclerc").
_WEAK = SEPARATORS + '.,;:!?"()[]'
#: Joints: separators only; separators and weak punctuation; anything else is the signs themselves.
BETWEEN, LOOSE = "", " "
#: Signs that hold words together without blanks: domains, decimals, dates, addresses.
_TIGHT = frozenset(".,:/@_")
_BEFORE = re.compile(r"(?:[#@$€£&+%]+|(?<![.\w])\.)$")
_AFTER = re.compile(r"[+%€$£&#*=°]+")
_WORD_OR_WILD = re.compile(r"[\w*?]+")
#: What makes another address of the domain before it: ldlc.com.br, ldlc.com-promo.ru.
_LONGER_DOMAIN = re.compile(r"\.[a-z]{2,3}\b|-[\w-]*\.\w")

Element = str | Glob | Slips


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What a term looks for. Word numbers are those of `Passage.words`."""

    #: As written, for the spans.
    term: str
    elements: tuple[Element, ...]
    #: One between each two elements.
    joints: tuple[str, ...] = ()
    #: Signs that must touch the first and the last word.
    before: str = ""
    after: str = ""
    #: The words joined, as a hashtag or handle writes them.
    joined: tuple[str, ...] = ()
    #: The words in the case and with the accents that are wanted.
    exact: tuple[str, ...] = ()
    domain: bool = False
    #: What the folded passage holds wherever the term is; hashtags that join the words hold them too.
    literals: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        """The one word that is all the pattern wants, or "": most terms are no more."""
        bare = len(self.elements) == 1 and not (self.before or self.after or self.joined or self.exact)
        element = self.elements[0]
        return element if bare and isinstance(element, str) else ""

    def find(self, passage: Passage) -> list[tuple[int, int]]:
        """First and last word number of each place where the term stands, in order."""
        folded = passage.folded
        if any(literal not in folded for literal in self.literals):
            return []
        found = [place for place in self._rows(passage) if self._fits(passage, *place)]
        for joined in self.joined:
            numbers = passage.numbers(joined)
            found += [(number, number) for number in numbers if self._tagged(passage, number)]
        return sorted(found) if self.joined else found

    def stretch(self, passage: Passage, first: int, last: int) -> tuple[int, int]:
        """Where a place that was found starts and ends in the folded passage, with the term's own signs."""
        start, end = passage.places[first][0] - len(self.before), passage.places[last][1]
        return start, passage.folded.index(self.after, end) + len(self.after) if self.after else end

    def _rows(self, passage: Passage) -> Iterable[tuple[int, int]]:
        """Places where the elements follow each other, whatever stands between them."""
        last = len(self.elements) - 1
        if not last:
            return [(number, number) for number in _numbers(self.elements[0], passage)]
        anchor, numbers = self._rarest(passage)
        words = passage.words
        starts = [number - anchor for number in numbers if anchor <= number < len(words) - last + anchor]
        return [(start, start + last) for start in starts if self._agree(words, start)]

    def _rarest(self, passage: Passage) -> tuple[int, list[int]]:
        """The element with the fewest places, and these."""
        options = [(number, _numbers(element, passage)) for number, element in enumerate(self.elements)]
        return min(options, key=lambda option: len(option[1]))

    def _agree(self, words: list[str], start: int) -> bool:
        return all(
            words[start + offset] == element if isinstance(element, str) else element.fits(words[start + offset])
            for offset, element in enumerate(self.elements)
        )

    def _fits(self, passage: Passage, first: int, last: int) -> bool:
        """Whether signs, case and accents are right too."""
        return (
            (not self.joints or self._joined_right(passage, first))
            and (not self.before or _preceded(passage, first, self.before))
            and (not self.after or _followed(passage, last, self.after))
            and (not self.domain or _whole_domain(passage, first, last))
            and (not self.exact or _written(passage, first, last) == list(self.exact))
        )

    def _joined_right(self, passage: Passage, first: int) -> bool:
        folded, places = passage.folded, passage.places
        return all(
            _joins(folded[places[first + offset][1] : places[first + offset + 1][0]], joint)
            for offset, joint in enumerate(self.joints)
        )

    def _tagged(self, passage: Passage, number: int) -> bool:
        start = passage.places[number][0]
        if not start or passage.folded[start - 1] not in "#@":
            return False
        # contact@bestwestern.com is an address, not a handle
        if start > 1 and passage.folded[start - 2].isalnum():
            return False
        return not self.exact or _written(passage, number, number)[0].replace("_", "") == "".join(self.exact)


def _numbers(element: Element, passage: Passage) -> list[int]:
    if isinstance(element, str):
        return passage.numbers(element)
    fitting = [numbers for word, numbers in passage.index.items() if element.fits(word)]
    return fitting[0] if len(fitting) == 1 else sorted(number for numbers in fitting for number in numbers)


def _joins(between: str, joint: str) -> bool:
    if joint == BETWEEN:
        return bool(between) and not between.strip(SEPARATORS)
    if joint == LOOSE:
        return not between.strip(_WEAK)
    return between == joint if joint in _TIGHT else "".join(between.split()) == joint


def _preceded(passage: Passage, first: int, signs: str) -> bool:
    return passage.folded.endswith(signs, 0, passage.places[first][0])


def _followed(passage: Passage, last: int, signs: str) -> bool:
    end = passage.places[last][1]
    return passage.folded.startswith(signs, end) or passage.folded.startswith(" " + signs, end)


def _whole_domain(passage: Passage, first: int, last: int) -> bool:
    start, end = passage.places[first][0], passage.places[last][1]
    return not passage.folded.endswith("-", 0, start) and not _LONGER_DOMAIN.match(passage.folded, end)


def _written(passage: Passage, first: int, last: int) -> list[str]:
    return [_as_written(passage.written(number)) for number in range(first, last + 1)]


def _as_written(raw: str) -> str:
    """`raw` with its case and accents, in one Unicode form and without invisible characters."""
    seen = (sign for sign in decode(raw) if fold_character(sign) or unicodedata.combining(sign))
    return unicodedata.normalize("NFKC", "".join(seen))


#: A sign that people put before the value of these fields and that the field itself does not hold.
_FIELD_SIGNS = {"author": "@", "tag": "#"}


class Patterns:
    """Compiles terms, each once, for queries that are compiled together."""

    def __init__(self) -> None:
        self._known: dict[tuple[Term, str], Pattern] = {}

    def of(self, term: Term, field: str) -> Pattern:
        """The pattern of a term as it reads in `field` ("" = title, text and tags)."""
        known = self._known.get((term, field))
        if known is None:
            known = self._known[term, field] = _compile(term, _FIELD_SIGNS.get(field, ""))
        return known


def _compile(term: Term, ignored: str) -> Pattern:
    """The pattern of `term`; signs in `ignored` that it begins with are dropped (the @ of an author)."""
    if isinstance(term, Typo):
        return Pattern(term=str(term), elements=(Slips(fold(term.text), term.distance),))
    folded = fold(decode(term.text)).lstrip(ignored) if ignored else fold(decode(term.text))
    found = list(_pieces(term, folded))
    elements = tuple(_element(piece[0]) for piece in found)
    pairs = zip(found, found[1:], strict=False)
    joints = tuple(_joint(folded[left.end() : right.start()]) for left, right in pairs)
    before, after = _signs(folded, found[0].start(), found[-1].end())
    return Pattern(
        term=term.text,
        elements=elements,
        joints=joints,
        before=before,
        after=after,
        joined=_joined_forms(elements, joints, before + after),
        exact=_exact_words(term) if isinstance(term, Exact) else (),
        domain=not before + after and _is_domain(elements, joints),
        literals=tuple(_literal(element) for element in elements),
    )


def _literal(element: Element) -> str:
    """Letters that stand in the text wherever the element does."""
    match element:
        case Glob():
            return element.probe.strip()
        case Slips():
            return ""
        case str():
            return element


def _pieces(term: Term, folded: str) -> Iterable[re.Match[str]]:
    """The words of a folded term; in a wildcard, or a phrase that holds some, with their * and ?."""
    wild = isinstance(term, Wildcard) or (isinstance(term, Phrase) and re.search(r"\w\*|\*\w|\?\w", folded))
    if not wild:
        return WORD.finditer(folded)
    pieces = _WORD_OR_WILD.finditer(folded)
    return [piece for piece in pieces if re.search(r"[^\W_]", piece[0])]


def _element(word: str) -> Element:
    return Glob(word) if "*" in word or "?" in word else word


def _joint(between: str) -> str:
    if between and not between.strip(SEPARATORS):
        return BETWEEN
    signs = "".join(between.split())
    if signs == between:
        return signs
    return signs if signs.strip(_WEAK) else LOOSE


def _signs(folded: str, start: int, end: int) -> tuple[str, str]:
    before, after = _BEFORE.search(folded[:start]), _AFTER.match(folded, end)
    return before[0] if before else "", after[0] if after else ""


def _joined_forms(elements: tuple[Element, ...], joints: tuple[str, ...], signs: str) -> tuple[str, ...]:
    words = [element for element in elements if isinstance(element, str)]
    if signs or any(joints) or len(words) < 2 or len(words) < len(elements):
        return ()
    return "".join(words), "_".join(words)


def _exact_words(term: Exact) -> tuple[str, ...]:
    folded = fold_with_map(term.text)
    places = (folded.span(*found.span()) for found in WORD.finditer(folded.text))
    return tuple(_as_written(term.text[start:end]) for start, end in places)


def _is_domain(elements: tuple[Element, ...], joints: tuple[str, ...]) -> bool:
    last = elements[-1]
    return (
        joints[-1:] == (".",)
        and set(joints) <= {".", BETWEEN}
        and isinstance(last, str)
        and last.isalpha()
        and len(last) > 1
    )
