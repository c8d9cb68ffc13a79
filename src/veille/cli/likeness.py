"""`veille likeness`: how much the two texts of each pair tell of one fact."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import typer

from veille.analysis import dedup, facets, fingerprint, pairs
from veille.analysis.facets import Facets
from veille.analysis.fingerprint import Print
from veille.analysis.pairs import Pairs
from veille.cli.exits import Exit
from veille.model.entry import Entry
from veille.text.json_lines import entry_from, lines_of, object_of
from veille.text.url import canonical

#: Made once: json.dumps would make one for every line.
_ENCODER = json.JSONEncoder(ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class _Side:
    """One text of a pair."""

    print: Print
    facets: Facets
    canonical: str
    text: str


def run(file: str) -> int:
    """One line of JSON out per pair, in order; `file` may be - for standard input."""
    if not file:
        typer.echo("veille: write a file of pairs, or - for standard input", err=True)
        return Exit.WRONG_INPUT
    try:
        if file == "-":
            return _run("standard input", sys.stdin.buffer)
        with Path(file).open("rb") as stream:
            return _run(file, stream)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        typer.echo(f"veille: {file}: {error.strerror or error}", err=True)
        return Exit.WRONG_INPUT


def _run(where: str, stream: BinaryIO) -> int:
    """All pairs are read first: what is frequent in the file likens little."""
    read: list[tuple[_Side, _Side]] = []
    wrong = 0
    for number, line in enumerate(lines_of(stream), 1):
        if line is not None and not line.strip():
            continue
        try:
            read.append(_pair(object_of(line)))
        except ValueError as error:
            wrong += 1
            typer.echo(f"veille: {where}, line {number}: {error}", err=True)
    if wrong:
        return Exit.WRONG_INPUT
    for answer in _answers(read):
        sys.stdout.write(_ENCODER.encode(answer) + "\n")
    sys.stdout.flush()
    return Exit.OK


def _answers(read: Sequence[tuple[_Side, _Side]]) -> Iterator[dict[str, object]]:
    """Of the distinct texts: one that stands in many pairs counts once, whatever the order of the lines."""
    sides = sorted((side for pair in read for side in pair), key=lambda side: side.text)
    told = {side.print.whole: side.facets for side in sides}
    places = {whole: place for place, whole in enumerate(sorted(told))}
    likened = Pairs([told[whole] for whole in places])
    for left, right in read:
        yield _answer(left, right, likened, places)


def _pair(said: dict[str, Any]) -> tuple[_Side, _Side]:
    for name in ("a", "b"):
        if name not in said:
            raise ValueError(f'{name} is missing: write {{"a": ..., "b": ...}}, each a text or an entry')
    return _side("a", said["a"]), _side("b", said["b"])


def _side(name: str, said: object) -> _Side:
    if isinstance(said, str):
        return _taken("", said, "")
    if not isinstance(said, dict):
        raise ValueError(f'{name}: write a text, or an entry such as {{"title": "...", "text": "..."}}')
    try:
        entry: Entry = entry_from(said)[0]
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None
    return _taken(entry.title, entry.text, canonical(entry.link) if entry.link else "")


def _taken(title: str, text: str, address: str) -> _Side:
    return _Side(fingerprint.take(title, text), facets.take(title, text), address, f"{title}\n{text}")


def _answer(left: _Side, right: _Side, likened: Pairs, places: Mapping[str, int]) -> dict[str, object]:
    if left.canonical and left.canonical == right.canonical:
        return {"score": 1.0, "verdict": "copy", "evidence": "same address"}
    pair = places[left.print.whole], places[right.print.whole]
    score = likened.score(*pair)
    if copied := dedup.copied(left.print, right.print):
        if not likened.parted(*pair):
            return {"score": round(max(copied[0], score), 4), "verdict": "copy", "evidence": copied[1]}
        score = min(score, pairs.FILLED_IN)
    verdict = "same_story" if score >= pairs.SAME_FACT else "different"
    return {"score": round(score, 4), "verdict": verdict, "evidence": likened.evidence(*pair)}
