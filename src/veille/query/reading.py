"""One entry made ready for matching: folded once, its words at hand, their places worked out only when asked for."""

from __future__ import annotations

import re

from veille.model.entry import Entry
from veille.query.once import once
from veille.text.entities import decode
from veille.text.fold import Folded, fold, way_back

#: A word: letters and digits, and underscores between them (@jul_nantes).
WORD = re.compile(r"[^\W_]+(?:_+[^\W_]+)*")
#: Stands between the passages of an entry: no separator of phrases, so that none crosses it.
_BORDER = "\x1f"
#: Words from which an index is worth building: below, looking through the list is quicker.
_INDEXED = 300
#: Everything but ASCII letters and digits becomes a blank.
_BLANKS = bytes(code if chr(code).isalnum() and code < 128 else 32 for code in range(256))


def fold_passage(text: str) -> str:
    """`text` folded as the matcher compares it: entities decoded first."""
    return fold(decode(text) if "&" in text else text)


def blanked(folded: str) -> str:
    """The words of a folded text between single or several blanks."""
    if folded.isascii() and "_" not in folded:
        return folded.encode("ascii").translate(_BLANKS).decode("ascii")
    return " ".join(WORD.findall(folded))


class Passage:
    """A stretch of text in which phrases and NEAR hold: the title, the text, one tag, the author."""

    def __init__(self, name: str, raw: str, folded: str) -> None:
        self.name = name
        self.raw = raw
        self.folded = folded

    @once
    def _blanked(self) -> str:
        return blanked(self.folded)

    @once
    def words(self) -> list[str]:
        """The folded words in order."""
        return self._blanked.split()

    @once
    def places(self) -> list[tuple[int, int]]:
        """Where each word starts and ends in `folded`."""
        folded, end = self.folded, 0
        places = []
        for word in self.words:
            start = folded.index(word, end)
            end = start + len(word)
            places.append((start, end))
        return places

    def spots(self, word: str) -> list[tuple[int, int]]:
        """Where one folded word starts and ends in `folded`, each time, without cutting the passage up."""
        if len(self._blanked) != len(self.folded):
            return [self.places[number] for number in self.numbers(word)]
        padded, wanted, length = f" {self._blanked} ", f" {word} ", len(word)
        found = []
        start = padded.find(wanted)
        while start >= 0:
            found.append((start, start + length))
            start = padded.find(wanted, start + 1)
        return found

    def numbers(self, word: str) -> list[int]:
        """The numbers of one folded word in `words`, rising."""
        words = self.words
        if len(words) > _INDEXED:
            return self.index.get(word, [])
        found = words.count(word)
        if found < 2:
            return [words.index(word)] if found else []
        return [number for number, other in enumerate(words) if other == word]

    @once
    def index(self) -> dict[str, list[int]]:
        """For each word, its numbers."""
        index: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            index.setdefault(word, []).append(number)
        return index

    @once
    def ordinals(self) -> list[int]:
        """For each word its rank as a reader counts: the s of "LDLC's" is no word of its own."""
        ranks: list[int] = []
        rank = -1
        for word, (start, _) in zip(self.words, self.places, strict=True):
            rank += not (word == "s" and _possessive(self.folded, start))
            ranks.append(rank)
        return ranks

    @once
    def map(self) -> Folded:
        """The way back to `raw`."""
        return way_back(self.raw, self.folded)

    def written(self, number: int) -> str:
        """Word `number` as it stands in `raw`."""
        return self.raw[slice(*self.map.span(*self.places[number]))]


def _possessive(folded: str, start: int) -> bool:
    return start > 1 and folded[start - 1] == "'" and folded[start - 2].isalnum()


class Reading:
    """An entry as queries see it, with the source it came from."""

    def __init__(self, entry: Entry, *, source: str, kind: str) -> None:
        self.entry = entry
        self.source = source
        self.kind = kind
        #: Filled by facts.py: the keys of each field of facts that was asked for.
        self.facts: dict[str, set[str]] = {}
        self._raws = (entry.title, entry.text, *entry.tags)
        self.folded = fold_passage(self._joined())

    def _joined(self) -> str:
        joined = _BORDER.join(self._raws)
        if joined.count(_BORDER) == len(self._raws) - 1:
            return joined
        self._raws = tuple(raw.replace(_BORDER, " ") for raw in self._raws)
        return _BORDER.join(self._raws)

    @once
    def passages(self) -> list[Passage]:
        """Title, text and tags: where a bare word is looked for."""
        tags = [f"tags[{number}]" for number in range(len(self.entry.tags))]
        return list(map(Passage, ("title", "text", *tags), self._raws, self.folded.split(_BORDER)))

    def field(self, name: str) -> list[Passage]:
        """The passages of one text field."""
        match name:
            case "title":
                return self.passages[:1]
            case "text":
                return self.passages[1:2]
            case "tag":
                return self.passages[2:]
            case "author":
                return [self.author]
            case _:
                return [self.url]

    @once
    def author(self) -> Passage:
        """The author's name."""
        return Passage("author", self.entry.author, fold_passage(self.entry.author))

    @once
    def url(self) -> Passage:
        """The entry's own address."""
        return Passage("link", self.entry.link, fold_passage(self.entry.link))
