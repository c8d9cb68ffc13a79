"""`veille sources`: what each source asks its service, what is checked again here, and what it may cost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import typer

from veille.bootstrap import read_settings
from veille.cli.exits import Exit
from veille.model.watch import Client
from veille.pipeline.fan_out import FanOut, address, costs, fan_outs
from veille.settings.wording import span
from veille.sources.base import kind_of
from veille.text.clean import neutral


def sources(config: Path, client_id: str, *, as_json: bool) -> int:
    """Prints every source, or those of one client. Raises SettingsError, QueryError."""
    clients = read_settings(config).installation.clients
    chosen = [client for client in clients if client_id in ("", client.id)]
    if not chosen:
        known = ", ".join(client.id for client in clients)
        typer.echo(f"veille: no client {client_id!r}; there are: {known}", err=True)
        return Exit.WRONG_INPUT
    if as_json:
        found = [_plain(client, one) for client in chosen for one in fan_outs(client)]
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return Exit.OK
    for client in chosen:
        for one in fan_outs(client):
            typer.echo(neutral("\n".join(_lines(client, one))))
    return Exit.OK


def _lines(client: Client, one: FanOut) -> Iterator[str]:
    source, kind = one.source, kind_of(one.source.kind)
    mark = ", experimental: built on facts that nobody checked" if kind.experimental else ""
    yield f"{client.id}/{source.id} ({source.kind}, every {span(source.interval)}{mark})"
    if source.tags:
        yield f"  tags     {', '.join(source.tags)}"
    if one.watch is None:
        yield f"  asks     {address(source)}"
        yield "  reads    all that is there; every watch is checked here"
        if source.take_all:
            yield "  takes    everything, whatever the watches say"
    else:
        yield from (f"  asks     {question}" for question in one.asked)
        yield f"  first    {address(source)}"
        yield f"  for      watch {one.watch.id}: {one.watch.query}"
        yield "  checks   the whole query again, here" + (f"; alone here: {', '.join(one.here)}" if one.here else "")
    if one.missing:
        yield f"  misses   {one.missing} more searches that the query would take: shorten it, or split the watch"
    yield from (f"  allowed  {cost}" for cost in costs(source))


def _plain(client: Client, one: FanOut) -> dict[str, object]:
    source = one.source
    return {
        "client": client.id,
        "id": source.id,
        "origin": source.origin or source.id,
        "kind": source.kind,
        "place": source.place,
        "every": span(source.interval),
        "tags": list(source.tags),
        "url": source.url,
        "watch": one.watch.id if one.watch else None,
        "asks": list(one.asked),
        "first": address(source),
        "checked_here": list(one.here),
        "missing": one.missing,
        "allowed": list(costs(source)),
        "experimental": kind_of(source.kind).experimental,
    }
