"""`veille replay`: past items through the pipeline on a simulated clock, nothing sent."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import BinaryIO

import typer

from veille.bootstrap import open_archive, read_settings
from veille.cli.exits import Exit
from veille.cli.replay_show import Show, Unwritten
from veille.model.installation import Installation
from veille.model.watch import Client
from veille.replay import counts
from veille.replay.ahead import cores
from veille.replay.items import BadLine, Item, in_order, polled_every, read_items
from veille.replay.page import page
from veille.replay.run import Replayed, run
from veille.replay.scene import Scene, of_client, of_query
from veille.replay.stored import stored_items
from veille.text.json_lines import lines_of
from veille.timing.hours import instant

FORMATS = ("text", "jsonl")

#: A past that is longer may come from one wrong date.
_LONG_PAST = timedelta(days=5 * 366)

#: Minutes: no poll comes oftener.
_LEAST_POLL = 1 / 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The words of the command, as they were typed."""

    config: Path
    items: Path | None = None
    client: str = ""
    query: str = ""
    stored: str = ""
    since: str = ""
    compare: Path | None = None
    format: str = ""
    html: Path | None = None
    #: Minutes (0 = items are seen when they say).
    poll_every: float = 0.0
    counts: Path | None = None
    out: Path | None = None
    #: Processes (0 = one for each core).
    jobs: int = 0


class Refusal(Exception):
    """What is wrong with the command's words or its file."""


def replay(asked: Asked) -> int:
    """Plays and prints. Raises SettingsError, QueryError, StoreError, OSError."""
    try:
        _check(asked)
        if asked.counts and asked.out:
            return _counted(asked.counts, asked.out)
        return _replayed(asked)
    except Refusal as error:
        typer.echo(f"veille: {error}", err=True)
        return Exit.WRONG_INPUT
    except Unwritten as stopped:
        raise stopped.error from None


def _check(asked: Asked) -> None:
    """Raises Refusal, for words that do not go together."""
    if asked.counts or asked.out:
        others = ("items", "client", "query", "stored", "since", "compare", "format", "html", "poll_every")
        if not (asked.counts and asked.out) or any(getattr(asked, name) for name in others):
            raise Refusal("--counts FILE.csv and --out FILE.csv go together, without anything else")
        return
    whose = [name for name in ("client", "query", "stored") if getattr(asked, name)]
    if len(whose) != 1:
        raise Refusal("write one of --client NAME, --query QUERY or --stored CLIENT")
    if asked.stored and (asked.items or not asked.since or asked.poll_every):
        raise Refusal("--stored CLIENT takes --since DATE, and neither items nor --poll-every")
    if not asked.stored and (asked.since or not asked.items):
        raise Refusal("--since goes with --stored" if asked.since else "write a file of items, or - for standard input")
    if asked.compare and asked.query:
        raise Refusal("--compare sets two folders of settings side by side: it needs --client or --stored")
    if asked.poll_every and asked.poll_every < _LEAST_POLL:
        raise Refusal(f"--poll-every {asked.poll_every:g}: write minutes, a second ({_LEAST_POLL:.3f}) or more")
    if asked.format and asked.format not in FORMATS:
        raise Refusal(f"--format {asked.format!r}: write {' or '.join(FORMATS)}")


def _counted(source: Path, out: Path) -> int:
    try:
        counted = counts.run(source, out)
    except BadLine as error:
        raise Refusal(f"{source}: {error}") from None
    except OSError as error:
        if error.filename == str(out) != str(source):  # not written: exit code 1, as for a page
            raise
        raise Refusal(f"{source}: {error.strerror or error}") from None
    said = (
        f"{number} {what}{'s' * (number != 1)}" for number, what in ((counted.rows, "row"), (counted.alarms, "alarm"))
    )
    typer.echo(f"{out}: {', '.join(said)}", err=True)
    return Exit.OK


def _replayed(asked: Asked) -> int:
    if asked.html:
        _check_writable(asked.html)
    items, since, scenes = _past(asked)
    zone, names = scenes[0][1].client.zone, [name for name, _ in scenes] if asked.compare else []
    jobs = asked.jobs or cores()
    show = Show(_format(asked), zone, names)
    runs = [
        (name, run(scene, items, tell=show.teller(n), since=since, drawn=asked.html is not None, jobs=jobs))
        for n, (name, scene) in enumerate(scenes)
    ]
    show.end()
    if asked.html:
        named = [(name if asked.compare else "", replayed) for name, replayed in runs]
        asked.html.write_text(page(scenes[0][1].client, named), encoding="utf-8", errors="replace")
    return _verdict([replayed for _, replayed in runs])


def _verdict(runs: Sequence[Replayed]) -> Exit:
    if any(replayed.faulty for replayed in runs):
        typer.echo("veille: something could not be judged, by a fault of veille: the log above names it", err=True)
        return Exit.FAILED
    return Exit.OK


#: Items in order, the moment from which to tell, and each settings' name and scene.
_Past = tuple[Sequence[Item], datetime | None, list[tuple[str, Scene]]]


def _past(asked: Asked) -> _Past:
    """Raises Refusal, SettingsError, QueryError, StoreError."""
    if asked.query:
        items = _items(asked)
        return items, None, [("", of_query(asked.query, items))]
    client_id = asked.stored or asked.client
    folders = [asked.config, *((asked.compare,) if asked.compare else ())]
    settings = [(str(folder), read_settings(folder).installation) for folder in folders]
    clients = [_client(installed, client_id, name) for name, installed in settings]
    since = _since(asked.since, clients[0].zone) if asked.since else None
    items = _stored(settings[0][1], clients[0], since) if since else _items(asked)
    return items, since, [(name, of_client(installed, client_id, items)) for name, installed in settings]


def _client(installed: Installation, client_id: str, where: str) -> Client:
    for client in installed.clients:
        if client.id == client_id:
            return client
    known = ", ".join(client.id for client in installed.clients)
    raise Refusal(f"{where}: no client {client_id!r}; there are: {known}")


def _since(said: str, zone: str) -> datetime:
    """A local date, or a moment with its offset; aware UTC. Raises Refusal."""
    try:
        return instant(date.fromisoformat(said), time(), zone)
    except OverflowError:
        raise Refusal(f"--since {said!r}: there was no web then") from None
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        raise Refusal(f"--since {said!r}: write a date such as 2026-11-21") from None
    if moment.tzinfo is None:
        raise Refusal(f"--since {said!r} says no time zone: write a date, or add its offset such as +01:00")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise Refusal(f"--since {said!r}: there was no web then") from None


def _stored(installed: Installation, client: Client, since: datetime) -> Sequence[Item]:
    with open_archive(installed) as store, store.reading() as conn:
        items = stored_items(conn, client, since=since)
    if not items or items[-1].seen < since:
        raise Refusal(
            f"the database holds nothing that the sources of {client.id} gave since {since:%Y-%m-%d %H:%M} UTC"
        )
    return items


def _items(asked: Asked) -> Sequence[Item]:
    assert asked.items is not None
    name = "standard input" if str(asked.items) == "-" else str(asked.items)
    try:
        found = _opened(asked.items, lambda stream: read_items(lines_of(stream)))
    except BadLine as error:
        raise Refusal(f"{name}: {error}") from None
    except OSError as error:
        raise Refusal(f"{name}: {error.strerror or error}") from None
    if not found:
        raise Refusal(f"{name}: there is no item in it")
    if asked.poll_every:
        found = tuple(polled_every(found, timedelta(minutes=asked.poll_every)))
    ordered, late = in_order(found)
    first, last = ordered[0].seen, ordered[-1].seen
    if last - first > _LONG_PAST:
        said = f"from {first:%Y-%m-%d} to {last:%Y-%m-%d}, every day is played: is one of these dates wrong?"
        typer.echo(f"warning: {name}: {said}", err=True)
    if late:
        typer.echo(f"warning: {name}: out of order in {late} places: sorted by when items were seen", err=True)
    return ordered


def _opened(file: Path, read: Callable[[BinaryIO], tuple[Item, ...]]) -> tuple[Item, ...]:
    if str(file) == "-":
        return read(sys.stdin.buffer)
    with file.open("rb") as stream:
        return read(stream)


def _format(asked: Asked) -> str:
    return asked.format or ("text" if sys.stdout.isatty() else "jsonl")


def _check_writable(file: Path) -> None:
    """Raises OSError before anything is played, not after."""
    there = file.exists()
    if there and file.is_dir():
        raise IsADirectoryError(21, "is a folder; write the name of a file", str(file))
    if not os.access(file if there else file.absolute().parent, os.W_OK):
        raise PermissionError(13, "cannot be written", str(file))
