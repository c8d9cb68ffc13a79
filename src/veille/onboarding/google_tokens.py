"""Google's search operators, and a search cut into them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from veille.text.fold import words

#: Google's operator -> our field.
FIELDS = {
    "author": "author",
    "inurl": "url",
    "intext": "text",
    "intitle": "title",
    "link": "links",
    "site": "site",
}
#: Operators that take all that follows.
ALL = {"allintitle": "title", "allinurl": "url", "allintext": "text"}
#: What Google knows, or knew, and we do not.
FOREIGN = frozenset(
    {
        *("after", "allinanchor", "before", "cache", "daterange", "define", "ext", "filetype", "imagesize", "inanchor"),
        *("info", "loc", "location", "maps", "movie", "related", "source", "stocks", "weather", "when"),
    }
)

_NAMES = "|".join(sorted({*FIELDS, *ALL, *FOREIGN}))
_TOKEN = re.compile(
    rf"""
    (?P<minus>-?)
    (?:(?P<operator>{_NAMES}):\ ?)?
    (?: AROUND(?:\ ?\((?P<around>\d{{1,3}})\)|\ (?P<bare>\d{{1,3}})\b)
      | "(?P<phrase>[^"]*)"?
      | (?P<sign>[()|])
      | (?P<word>[^\s"()|]+) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_QUOTES = str.maketrans("“”„‟«»＂", '"' * 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A piece of a search. `kind` is word, phrase, (, ), or, around."""

    kind: str
    text: str = ""
    minus: bool = False
    operator: str = ""


def tokens(text: str) -> Iterator[Token]:
    """The pieces in order; AND and signs alone, which say nothing, are left out."""
    for found in _TOKEN.finditer(" ".join(text.translate(_QUOTES).split())):
        minus, operator = bool(found["minus"]), (found["operator"] or "").lower()
        distance = found["around"] or found["bare"]
        if distance and found[0].startswith("AROUND"):
            yield Token(kind="around", text=distance)
        elif found["phrase"] is not None:
            yield Token(kind="phrase", text=found["phrase"].strip(), minus=minus, operator=operator)
        elif found["sign"] == "|" or found[0] == "OR":
            yield Token(kind="or")
        elif found["sign"]:
            yield Token(kind=found["sign"], minus=minus, operator=operator)
        elif operator or (found[0] != "AND" and words(found[0])):
            yield Token(kind="word", text=found["word"] or found[0], minus=minus, operator=operator)
