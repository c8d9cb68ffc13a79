"""What an entry says of itself: site, language, source, links, numbers; each test made once from its value."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator

from veille.model.entry import Entry
from veille.query.reading import Reading
from veille.query.syntax import Number, Word
from veille.text.fold import fold
from veille.text.language import detect
from veille.text.url import canonical, host

Test = Callable[[Reading], bool]

_SIGNS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    ">=": operator.ge,
    ">": operator.gt,
}
#: An address in running text: with a scheme, or a bare domain with a path or not.
_ADDRESS = re.compile(r"https?://[^\s<>\"«»]+|\b(?:[\w-]+\.)+[a-z]{2,24}\b(?:/[^\s<>\"«»]*)?", re.IGNORECASE)
#: Punctuation of the sentence around an address.
_TRAILING = ".,;:!?)]}'’…"


def number_test(field: str, number: Number) -> Test:
    """`rating:` or `followers:`; an absent value never passes."""
    compare = _SIGNS[number.sign]

    def test(reading: Reading) -> bool:
        value = getattr(reading.entry, field)
        return value is not None and compare(value, number.value)

    return test


def word_test(field: str, word: Word) -> Test:
    """`site:`, `lang:`, `source:` or `links:`."""
    key = fact_key(field, word)
    if field == "links":
        return _links_test(word.text)
    return lambda reading: key in fact_keys(reading, field)


def fact_key(field: str, word: Word) -> str:
    """What `fact_keys` of an entry must hold for the value to be its own ("" for `links:`, which has no key)."""
    match field:
        case "site":
            return "site:" + (host(word.text) or fold(word.text))
        case "lang":
            return "lang:" + fold(word.text)[:3]
        case "source":
            return "source:" + _slug(word.text)
        case _:
            return ""


def fact_keys(reading: Reading, field: str) -> set[str]:
    """The keys of one entry for `site`, `lang` or `source`, worked out once: its host, the domains above it..."""
    known = reading.facts.get(field)
    if known is None:
        known = reading.facts[field] = _fact_keys(reading, field)
    return known


def _fact_keys(reading: Reading, field: str) -> set[str]:
    match field:
        case "site":
            return {"site:" + domain for domain in _domains(_site(reading.entry))}
        case "lang":
            return {"lang:" + language_of(reading.entry)}
        case _:
            return {"source:" + _slug(reading.source), "source:" + _slug(reading.kind)} - {"source:"}


def language_of(entry: Entry) -> str:
    """Primary tag of what the source says, else of what the text looks like; "" when neither is sure."""
    said = fold(entry.language).replace("_", "-").partition("-")[0]
    return said or detect(f"{entry.title}\n{entry.text}")


def _site(entry: Entry) -> str:
    return (host(entry.site) if entry.site else "") or host(entry.link)


def _domains(name: str) -> Iterator[str]:
    while name:
        yield name
        name = name.partition(".")[2]


def _slug(name: str) -> str:
    return fold(name).replace("_", "-")


def _links_test(value: str) -> Test:
    wanted, path = host(value) or fold(value), _path(value)

    def test(reading: Reading) -> bool:
        own = canonical(reading.entry.link)
        return any(_points(link, wanted, path) and canonical(link) != own for link in _links(reading.entry))

    return test


def _points(link: str, wanted: str, path: str) -> bool:
    name = host(link)
    if name != wanted and not name.endswith("." + wanted):
        return False
    return _path(link).startswith(path)


def _path(address: str) -> str:
    """Path and query, lower case, without the fragment."""
    bare = re.sub(r"^(?:https?:)?//", "", address.strip(), flags=re.IGNORECASE)
    return bare.partition("/")[2].partition("#")[0].casefold()


def _links(entry: Entry) -> Iterator[str]:
    yield from entry.links
    for text in (entry.title, entry.text):
        if "." in text:
            yield from (found.group().rstrip(_TRAILING) for found in _ADDRESS.finditer(text))
