"""`veille import csv`: past mentions from another tool become the usual volume and stories of a client."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from veille.bootstrap import open_house, read_settings
from veille.cli.exits import Exit
from veille.errors import AnswerError
from veille.model.entry import Entry
from veille.model.watch import Client
from veille.onboarding.csv_history import Bad, History, read_history
from veille.pipeline.history import TakenIn, scene, take_in
from veille.text.clean import neutral, one_line

#: Rows shown of a dry run, and bad rows listed.
_SHOWN, _LISTED = 5, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The words of the command, as they were typed."""

    config: Path
    file: Path
    client: str
    preset: str = ""
    columns: str = ""
    dates: str = ""
    zone: str = ""
    dry_run: bool = False


def import_csv(asked: Asked) -> int:
    """Takes the mentions in, or shows how they would be read; 1 when no row could be read. Raises SettingsError."""
    installed = read_settings(asked.config).installation
    client = next((each for each in installed.clients if each.id == asked.client), None)
    if client is None:
        known = ", ".join(each.id for each in installed.clients)
        typer.echo(f"veille: no client {asked.client!r}; there are: {known}", err=True)
        return Exit.WRONG_INPUT
    now = datetime.now(UTC)
    history = read_history(
        asked.file, preset=asked.preset, columns=asked.columns, dates=asked.dates, zone=_zone(asked, client), now=now
    )
    _say(_read(history, asked.file))
    _say(_faults(history.bad), err=True)
    if asked.dry_run:
        _say(_first_rows(history))
        typer.echo("nothing is written")
    elif history.entries:
        begun = monotonic()
        with open_house(scene(installed, client)) as house:
            found = [entry for _, entry in history.entries]
            with _bar(len(found)) as bar:
                task = bar.add_task("taken in", total=len(found))
                taken = take_in(house, client, found, progress=lambda done: bar.update(task, completed=done))
        _say(_taken(taken, client, seconds=monotonic() - begun))
    return Exit.OK if history.entries else Exit.FAILED


def _zone(asked: Asked, client: Client) -> ZoneInfo:
    try:
        return ZoneInfo(asked.zone or client.zone)
    except (ValueError, OSError, KeyError):
        raise AnswerError(f"--zone {asked.zone}: no such time zone: write one such as Europe/Paris") from None


def _bar(total: int) -> Progress:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal or total < _SHOWN)


def _say(lines: Iterator[str], *, err: bool = False) -> None:
    for line in lines:
        typer.echo(neutral(line), err=err)


def _read(history: History, file: Path) -> Iterator[str]:
    table = history.table
    sign = {"\t": "tabs", ";": "semicolons", ",": "commas", "|": "bars"}[table.delimiter]
    preset = history.preset
    yield f"{file}: {len(history.entries)} mentions, {len(history.bad)} rows left out"
    yield f"  read as    {preset.name} ({preset.says}), {table.encoding}, {sign}"
    yield f"  columns    {', '.join(f'{name} = {heading}' for name, heading in history.read_from.items())}"
    yield from (f"  note       {note}" for note in history.notes)
    if history.entries:
        dates = [entry.published for _, entry in history.entries if entry.published]
        yield f"  published  {min(dates):%Y-%m-%d %H:%M} to {max(dates):%Y-%m-%d %H:%M} UTC"


def _faults(bad: Sequence[Bad]) -> Iterator[str]:
    yield from (f"line {each.line}: {each.why}" for each in bad[:_LISTED])
    if len(bad) > _LISTED:
        lines = ", ".join(str(each.line) for each in bad[_LISTED : 10 * _LISTED])
        more = "..." if len(bad) > 10 * _LISTED else ""
        yield f"and {len(bad) - _LISTED} more rows, on the lines {lines}{more}"


def _first_rows(history: History) -> Iterator[str]:
    for line, entry in history.entries[:_SHOWN]:
        yield f"line {line}"
        yield from (f"  {name:10} {value}" for name, value in _shown(entry) if value)


def _shown(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "date", f"{entry.published:%Y-%m-%d %H:%M:%S} UTC" if entry.published else ""
    yield "title", one_line(entry.title, 100)
    yield "text", one_line(entry.text, 100)
    yield "url", entry.link
    yield "author", entry.author
    yield "site", entry.site
    yield "language", entry.language
    yield "rating", f"{entry.rating:g}" if entry.rating is not None else ""
    yield "followers", str(entry.followers) if entry.followers is not None else ""
    yield "tags", ", ".join(entry.tags)


def _taken(taken: TakenIn, client: Client, *, seconds: float) -> Iterator[str]:
    rest = taken.new - taken.mentions
    yield f"{taken.new} new: {taken.mentions} mentions of {client.name} ({taken.copies} copies), never alerted"
    left = Counter(
        {
            "concern no watch: kept for a while, to try queries on": rest,
            "were taken in before": taken.known,
            "stand in the file more than once": taken.repeated,
            "are mentions of the client's own sources already": taken.told,
        }
    )
    yield from (f"  {number} {what}" for what, number in left.items() if number > 0)
    limited = [watch.id for watch in client.watches if watch.sources]
    if limited:
        yield f"  watches that take from some sources alone get none of it: {', '.join(limited)}"
    yield f"  in {seconds:.0f} s; `veille replay --stored {client.id} --since DATE` plays it"
