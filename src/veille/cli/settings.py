"""`veille check` and `veille schema`."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import typer

from veille.bootstrap import read_settings
from veille.cli.exits import Exit, printable
from veille.pipeline.roster import Roster
from veille.settings.doubts import doubts
from veille.settings.schema import SHAPES
from veille.settings.schema import schema as describe

#: The events of a replay, not a file of settings.
REPLAY = "replay"


def check(config: Path) -> int:
    """Loads everything as the daemon would. Raises SettingsError, QueryError."""
    loaded = read_settings(config)
    installed = loaded.installation
    Roster(installed.clients)
    for warning in (*loaded.warnings, *doubts(installed)):
        typer.echo(printable(f"warning: {warning}"), err=True)
    sources = {source.key for client in installed.clients for source in client.sources}
    watches = sum(len(client.watches) for client in installed.clients)
    clients, people = len(installed.clients), len(installed.people)
    counts = (
        f"{clients} client{'s' * (clients != 1)}",
        f"{watches} watch{'es' * (watches != 1)}",
        f"{len(sources)} source{'s' * (len(sources) != 1)}",
        f"{people} {'person' if people == 1 else 'people'}",
    )
    typer.echo(f"{printable(str(config))}: {', '.join(counts)}: all right")
    return Exit.OK


def schema(kind: str) -> int:
    """Prints one schema, or all those of the settings by kind."""
    if kind == REPLAY:
        typer.echo(files("veille.replay").joinpath("events.schema.json").read_text(encoding="utf-8"), nl=False)
        return Exit.OK
    if kind and kind not in SHAPES:
        typer.echo(f"veille: no schema {kind!r}; there are: {', '.join((*SHAPES, REPLAY))}", err=True)
        return Exit.WRONG_INPUT
    found = describe(kind) if kind else {each: describe(each) for each in SHAPES}
    typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
    return Exit.OK
