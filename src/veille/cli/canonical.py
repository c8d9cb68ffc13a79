"""`veille canonical`: the one form of addresses, one a line."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import typer

from veille.cli.exits import Exit
from veille.text.url import canonical, host


def run(said: str) -> int:
    """One line out per address: `said` is an address, a file of them, or - for standard input."""
    if said == "-":
        return _print("standard input", _lines(sys.stdin.buffer))
    if not said:
        typer.echo("veille: write an address, a file or -", err=True)
        return Exit.WRONG_INPUT
    if host(said) and not Path(said).is_file():
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


def _lines(stream: Iterable[bytes]) -> Iterator[str]:
    return (line.decode("utf-8", "replace").removeprefix("\ufeff").strip() for line in stream)


def _print(where: str, lines: Iterable[str]) -> int:
    """An empty line for an empty line, so that both files can be laid side by side; what is no address is named."""
    bad = False
    for number, line in enumerate(lines, 1):
        if line and not host(line):
            bad = True
            typer.echo(f"veille: {where}, line {number}: {line[:80]!r} is no address", err=True)
        typer.echo(canonical(line))
    return Exit.WRONG_INPUT if bad else Exit.OK
