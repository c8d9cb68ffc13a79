"""`veille import opml` and `veille export opml`: feeds from and to feed readers."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import typer

from veille.bootstrap import open_door, open_reader, read_settings
from veille.cli.exits import Exit
from veille.cli.imports import write
from veille.errors import ReadError
from veille.model.exchange import Source
from veille.model.installation import Installation
from veille.model.watch import Client
from veille.onboarding.discover import Asking
from veille.onboarding.feeds import Listed, feed_address, taken_over
from veille.onboarding.opml import LARGEST, Outline, read_opml, write_opml
from veille.settings.fields import Context
from veille.settings.secrets import Vault
from veille.text.clean import neutral


def import_opml(config: Path, file: Path, client_id: str, *, check: bool, dry_run: bool) -> int:
    """Adds the feeds of a list to a client; 1 when none of it could be taken. Raises SettingsError."""
    installed = read_settings(config).installation
    client = _client(installed, client_id)
    outlines = _read(file) if client else None
    if client is None or outlines is None:
        return Exit.WRONG_INPUT
    context = Context(vault=Vault({}, None, config), allow_private=installed.fetch.allow_private, folder=config)
    with open_door(installed.fetch) if check else nullcontext() as door:
        asking = Asking(*door, installed.fetch) if door else None
        found = taken_over(outlines, client, installed, context=context, asking=asking)
    for one in found:
        typer.echo(neutral("\n".join(_said(one))), err=one.dead)
    sources = [one.source for one in found if one.source]
    written = "" if dry_run else write(config, client_id, sources=sources)
    typer.echo(_summary(found, written or "nothing is written"))
    return Exit.FAILED if found and all(one.dead for one in found) else Exit.OK


def _client(installed: Installation, client_id: str) -> Client | None:
    found = next((each for each in installed.clients if each.id == client_id), None)
    if found is None:
        known = ", ".join(each.id for each in installed.clients)
        typer.echo(f"veille: no client {client_id!r}; there are: {known}", err=True)
    return found


def _read(file: Path) -> Sequence[Outline] | None:
    try:
        with file.open("rb") as stream:
            body = stream.read(LARGEST + 1)
        with open_reader() as reader:
            found = reader.call(read_opml, body)
    except (OSError, ReadError) as error:
        said = (error.strerror or error) if isinstance(error, OSError) else error
        typer.echo(f"veille: {file}: {said}", err=True)
        return None
    if not found:
        typer.echo(f"veille: {file}: lists no feed", err=True)
        return None
    return found


def _said(one: Listed) -> Iterator[str]:
    outline = one.outline
    state = "added" if one.source else "dead" if one.dead else "passed over"
    yield f"{outline.title}: {outline.feed or outline.site}"
    if one.source:
        tags = f" [{', '.join(one.source.tags)}]" if one.source.tags else ""
        found = f" {one.source.url}" if one.source.url != outline.feed else ""
        yield f"  source {one.source.id} ({one.source.kind}){tags}{found}"
    if one.note:
        yield f"  {one.note}" if one.source else f"  {state}: {one.note}"


def _summary(found: Sequence[Listed], written: str) -> str:
    added = sum(one.source is not None for one in found)
    dead = sum(one.dead for one in found)
    rest = len(found) - added - dead
    return f"{len(found)} feeds: {added} to add, {rest} watched or listed already, {dead} dead; {written}"


def export_opml(config: Path, client_id: str, out: Path | None) -> int:
    """Writes the list; what no feed reader can ask is named on standard error. Raises SettingsError, OSError."""
    installed = read_settings(config).installation
    chosen = _client(installed, client_id) if client_id else None
    if client_id and chosen is None:
        return Exit.WRONG_INPUT
    clients = (chosen,) if chosen else installed.clients
    folders = [("" if chosen else client.name, list(_feeds(client))) for client in clients]
    title = f"veille: {chosen.name}" if chosen else "veille"
    text = write_opml(title, folders, at=datetime.now(UTC))
    if out:
        out.write_bytes(text)
        typer.echo(f"{out}: {sum(len(feeds) for _, feeds in folders)} feeds")
    else:
        sys.stdout.buffer.write(text)
        sys.stdout.buffer.flush()
    left = dict.fromkeys(f"{s.origin or s.id} ({s.kind})" for client in clients for s in client.sources if not _is(s))
    if left:
        typer.echo(neutral(f"no feed for a feed reader: {', '.join(left)}"), err=True)
    return Exit.OK


def _is(source: Source) -> bool:
    return bool(feed_address(source))


def _feeds(client: Client) -> Iterator[Outline]:
    for source in client.sources:
        if address := feed_address(source):
            yield Outline(title=source.id, feed=address, tags=source.tags)
