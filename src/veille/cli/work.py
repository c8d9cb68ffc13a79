"""`veille run` and `veille poll`: the daemon, and one round by hand."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from veille.bootstrap import open_house, read_settings
from veille.cli.exits import Exit, leave
from veille.cli.logs import configure
from veille.cli.tables import show
from veille.daemon.run import Daemon
from veille.model.entry import Entry
from veille.pipeline.adopt import adopt
from veille.pipeline.assess import assess
from veille.pipeline.events import LeftOut, Mentioned, Polled
from veille.pipeline.house import House
from veille.pipeline.poll import poll as poll_round
from veille.store import sources


def run(config: Path) -> int:
    """The daemon. Raises SettingsError, StoreError."""
    configure("INFO")
    loaded = read_settings(config)
    for warning in loaded.warnings:
        typer.echo(f"warning: {warning}", err=True)
    with open_house(loaded.installation) as house:
        daemon = Daemon(house, load=lambda: read_settings(config).installation)
        daemon.listen()
        daemon.run()
    leave(Exit.OK)
    return Exit.OK


@dataclass(slots=True)
class _Report:
    """What a round showed, gathered from the events."""

    polled: list[Polled] = field(default_factory=list)
    mentioned: list[Mentioned] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    progress: Progress | None = None

    def see(self, event: object) -> None:
        """Keeps an event, and moves the progress bar."""
        match event:
            case Polled():
                self.polled.append(event)
                if self.progress:
                    self.progress.advance(self.progress.task_ids[0])
            case Mentioned():
                self.mentioned.append(event)
            case LeftOut():
                self.left_out.append(event)


def poll(config: Path, *, as_json: bool, every: bool) -> int:
    """One round over what is due, or over everything. Nothing is sent; the daemon will."""
    report = _Report()
    installed = read_settings(config).installation
    with open_house(installed, watcher=report.see) as house:
        adopt(house)
        if every:
            with house.store.writing() as tx:
                sources.hurry(tx, now=house.clock.now())
        _rounds(house, report, quiet=as_json)
        while assess(house).judged:
            pass
    if as_json:
        typer.echo(_as_json(report))
    elif report.polled:
        _show(report)
    else:
        typer.echo("nothing is due; `veille poll --all` asks every source")
    failed = any(event.error for event in report.polled)
    return Exit.FAILED if failed and all(event.error for event in report.polled) else Exit.OK


def _rounds(house: House, report: _Report, *, quiet: bool) -> None:
    with house.store.reading() as conn:
        due = sources.count_due(conn, now=house.clock.now())
    console = Console(stderr=True)
    columns = (TextColumn("polling"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=quiet or not console.is_terminal) as progress:
        progress.add_task("polling", total=due)
        report.progress = progress
        while poll_round(house).polled:
            pass


def _as_json(report: _Report) -> str:
    return json.dumps(
        {
            "sources": {event.source_id: _source(event) for event in report.polled},
            "mentions": [_mention(event) for event in report.mentioned],
        },
        ensure_ascii=False,
        indent=2,
    )


def _source(event: Polled) -> dict[str, object]:
    return {
        "found": event.found,
        "unchanged": event.unchanged,
        "error": event.error,
        "entries": [_entry(entry) for entry in event.entries],
    }


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "title": entry.title,
        "text": entry.text,
        "link": entry.link,
        "author": entry.author,
        "published": entry.published.isoformat() if entry.published else None,
    }


def _mention(event: Mentioned) -> dict[str, object]:
    return {
        "client": event.client_id,
        "source": event.source_id,
        "title": event.entry.title,
        "link": event.entry.link,
        "published": event.published.isoformat(),
        "kinship": event.verdict.kinship,
        "points": event.urgency.points,
        "level": event.urgency.level.name.lower(),
    }


def _show(report: _Report) -> None:
    mentions = Counter(event.source_id for event in report.mentioned)
    polled = sorted(report.polled, key=lambda event: (not event.error, event.source_id))
    rows = [(p.source_id, str(p.found), str(mentions[p.source_id]), _result(p)) for p in polled]
    show(("source", "found", "mentions", "result"), rows)


def _result(polled: Polled) -> str:
    return polled.error or ("unchanged" if polled.unchanged else "read")
