"""`veille import`: what other tools watch becomes watches and sources of a client."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from veille.bootstrap import read_settings
from veille.cli.exits import Exit
from veille.errors import SettingsError
from veille.model.exchange import Source
from veille.model.watch import Watch
from veille.onboarding.alerts import Adopted, adopt
from veille.onboarding.google_export import read_export
from veille.settings.files import CLIENTS, read_file
from veille.settings.write import add_to_client


def google_alerts(config: Path, file: Path, client_id: str, *, dry_run: bool, news: bool) -> int:
    """Adds the alerts of an export to a client; 1 when one of them cannot be a query. Raises SettingsError."""
    installed = read_settings(config).installation
    client = next((each for each in installed.clients if each.id == client_id), None)
    if client is None:
        known = ", ".join(each.id for each in installed.clients)
        typer.echo(f"veille: no client {client_id!r}; there are: {known}", err=True)
        return Exit.WRONG_INPUT
    adopted = adopt(read_export(file), client, installed, news=news)
    for one in adopted:
        typer.echo("\n".join(_said(one)), err=one.refused)
    watches = [one.watch for one in adopted if one.watch]
    sources = [one.source for one in adopted if one.source]
    written = "" if dry_run else write(config, client_id, watches=watches, sources=sources)
    typer.echo(_summary(adopted, written or "nothing is written"))
    return Exit.FAILED if any(one.refused for one in adopted) else Exit.OK


def write(config: Path, client_id: str, *, watches: Sequence[Watch] = (), sources: Sequence[Source] = ()) -> str:
    """Writes what is new, or nothing when the settings would not load any more; where. Raises SettingsError."""
    if not watches and not sources:
        return ""
    path = config / CLIENTS / f"{client_id}.yaml"
    before = read_file(path)
    add_to_client(config, client_id, watches=watches, sources=sources)
    try:
        read_settings(config)
    except SettingsError:
        path.write_bytes(before)
        raise
    return f"{path} is written; `veille check`, then reload the daemon"


def _said(one: Adopted) -> Iterator[str]:
    yield f"{one.alert.place}: {one.alert.query}"
    if one.refused:
        yield "  not taken over"
    if one.watch:
        yield f"  watch {one.watch.id}: {one.watch.query}"
    if one.source:
        yield f"  source {one.source.id} ({one.source.kind}): {one.source.url}"
    yield from (f"  {note}" for note in one.notes)


def _summary(adopted: Sequence[Adopted], written: str) -> str:
    watches = sum(one.watch is not None for one in adopted)
    sources = sum(one.source is not None for one in adopted)
    refused = sum(one.refused for one in adopted)
    left = f", {refused} not taken over" if refused else ""
    return f"{len(adopted)} alerts: {watches} watches and {sources} sources to add{left}; {written}"
