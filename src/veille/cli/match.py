"""`veille match`: one query tried on entries given as JSON Lines, or explained in words."""

from __future__ import annotations

import sys
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import typer

from veille.cli.exits import Exit
from veille.cli.lines import entry_of, lines_of, opened, write
from veille.model.mention import Span
from veille.query import Matcher, Query, parse
from veille.query import explain as in_words
from veille.query.syntax import And, Node, Not, Term, walk

#: What the matcher calls an entry's own address is `url` in these lines.
_NAMES = {"link": "url"}

_LANGUAGES = ("fr", "en")


def run(text: str, file: str, *, explained: bool, language: str, client: str, config: Path) -> int:
    """What the words of the command come to. Raises QueryError, SettingsError."""
    if bool(file) == explained:
        said = "--explain takes no file" if file else "write a file of entries, - for standard input, or --explain"
        typer.echo(f"veille: {said}", err=True)
        return Exit.WRONG_INPUT
    if language not in _LANGUAGES:
        typer.echo(f"veille: --lang {language!r}: write {' or '.join(_LANGUAGES)}", err=True)
        return Exit.WRONG_INPUT
    lists = lists_of(client, config)
    if lists is None:
        return Exit.WRONG_INPUT
    return explain(text, language=language, lists=lists) if explained else match(text, file, lists=lists)


def match(text: str, file: str, *, lists: Mapping[str, str]) -> int:
    """One line out per line in; 1 when a line could not be read. Raises QueryError."""
    trial = Trial(parse(text, lists=lists))
    bad = False
    try:
        with opened(file) as stream:
            for answer in trial.answers(stream):
                bad = bad or "error" in answer
                write(answer, flush=file == "-")
        sys.stdout.flush()
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        typer.echo(f"veille: {file}: {error.strerror or error}", err=True)
        return Exit.WRONG_INPUT
    return Exit.FAILED if bad else Exit.OK


def explain(text: str, *, language: str, lists: Mapping[str, str]) -> int:
    """Prints the query as it was understood. Raises QueryError."""
    typer.echo(in_words(parse(text, lists=lists), language))
    return Exit.OK


def lists_of(client_id: str, config: Path) -> Mapping[str, str] | None:
    """The client's own lists; none without a client, None when there is no such client. Raises SettingsError."""
    if not client_id:
        return {}
    # Here, because it loads the whole house: a query alone is tried at once.
    from veille.bootstrap import read_settings

    clients = read_settings(config).installation.clients
    found = next((client for client in clients if client.id == client_id), None)
    if found is None:
        known = ", ".join(client.id for client in clients)
        typer.echo(f"veille: no client {client_id!r}; there are: {known}", err=True)
        return None
    return dict(found.lists)


class Trial:
    """A query to try on lines, that says which of its parts hold."""

    def __init__(self, query: Query) -> None:
        self._whole = Matcher({0: query})
        parts = query.root.parts if isinstance(query.root, And) else (query.root,)
        self._wanted = [part for part in parts if not isinstance(part, Not)]
        self._unwanted = [part.part for part in parts if isinstance(part, Not)]
        #: What a part is proved by, as spans name it.
        self._terms = [frozenset(node.text for node in walk(part) if isinstance(node, Term)) for part in self._wanted]
        # Of a query with one part, nothing is to be found out when it does not hold.
        self._parts = Matcher({part: Query(part) for part in (*self._wanted, *self._unwanted) if len(parts) > 1})

    def answers(self, stream: BinaryIO) -> Iterator[dict[str, Any]]:
        """What each line comes to, in order, from line 1 on."""
        for number, line in enumerate(lines_of(stream), start=1):
            try:
                yield {"line": number, **self._answer(line)}
            except ValueError as error:
                yield {"line": number, "error": str(error)}

    def _answer(self, line: bytes | None) -> dict[str, Any]:
        entry, source = entry_of(line)
        spans = self._whole.match(entry, source=source, kind=source).get(0)
        if spans is None:
            held = self._parts.match(entry, source=source, kind=source)
            return {"matched": False, "spans": [], "why": self._missing(held)}
        return {"matched": True, "spans": [_plain(span) for span in spans], "why": self._found(spans)}

    def _found(self, spans: tuple[Span, ...]) -> list[str]:
        terms = {span.term for span in spans}
        words = dict.fromkeys([f"{span.term} in {_NAMES.get(span.field, span.field)}" for span in spans])
        facts = (str(part) for part, own in zip(self._wanted, self._terms, strict=True) if own.isdisjoint(terms))
        return [*words, *facts, *(f"no {part}" for part in self._unwanted)]

    def _missing(self, held: Container[Node]) -> list[str]:
        missing = [f"{part} is missing" for part in self._wanted if part not in held]
        return [*missing, *(f"{part} is there" for part in self._unwanted if part in held)]


def _plain(span: Span) -> dict[str, Any]:
    field = _NAMES.get(span.field, span.field)
    return {"field": field, "start": span.start, "end": span.end, "term": span.term}
