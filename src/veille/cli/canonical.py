"""`veille canonical`: the one form of addresses, one a line."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import typer

from veille.cli.exits import Exit
from veille.text.json_lines import lines_of
from veille.text.url import LONGEST, canonical, host

#: Endings of files of addresses that no site's name has: a word that ends so is a file, there or missing.
_FILES = (".txt", ".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".log", ".lst", ".gz")


def run(said: str) -> int:
    """One line out per address: `said` is an address, a file of them, or - for standard input."""
    if said == "-":
        return _print("standard input", _lines(sys.stdin.buffer))
    if not said:
        typer.echo("veille: write an address, a file or -", err=True)
        return Exit.WRONG_INPUT
    if host(said) and not _is_file(said):
        typer.echo(canonical(said))
        return Exit.OK
    try:
        with Path(said).open("rb") as stream:
            return _print(said, _lines(stream))
    except FileNotFoundError:
        typer.echo(f"veille: {said!r} is neither an address nor a file", err=True)
    except (OSError, ValueError) as error:
        if isinstance(error, BrokenPipeError):
            raise
        typer.echo(f"veille: {said}: {getattr(error, 'strerror', None) or error}", err=True)
    return Exit.WRONG_INPUT


def _is_file(said: str) -> bool:
    bare = "/" not in said and said.lower().endswith(_FILES)
    try:
        return bare or Path(said).is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _lines(stream: BinaryIO) -> Iterator[str | None]:
    """The lines, None for one that is too long: it is read over, never kept."""
    for line in lines_of(stream, LONGEST):
        yield None if line is None else line.decode("utf-8", "replace").removeprefix("\ufeff").strip()


def _print(where: str, lines: Iterable[str | None]) -> int:
    """A line for a line, so that both files can be laid side by side: empty for an empty one and for one too long."""
    bad = False
    for number, line in enumerate(lines, 1):
        if line is None:
            bad = True
            typer.echo(f"veille: {where}, line {number}: longer than {LONGEST} bytes: no address is", err=True)
        elif line and not host(line):
            bad = True
            typer.echo(f"veille: {where}, line {number}: {line[:80]!r} is no address", err=True)
        typer.echo(canonical(line or ""))
    return Exit.WRONG_INPUT if bad else Exit.OK
