"""`veille status`: how each client, source and channel is, and what waits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import typer

from veille.bootstrap import open_store, read_settings
from veille.cli import alarms, paged
from veille.cli import allowances as budget_lines
from veille.cli.exits import Exit
from veille.cli.tables import show
from veille.model.digest import Health, SourceHealth
from veille.model.watch import Client
from veille.pipeline.allowances import allowances
from veille.pipeline.deliver import PAUSED
from veille.pipeline.health import of_client as health_of
from veille.pipeline.silence import silent_since
from veille.rendering.catalogue import read_catalogue
from veille.rendering.unwatched import not_watched
from veille.rendering.voice import Voice
from veille.store import deadchannels, flags, outbox
from veille.store.health import without_secrets


def status(config: Path, *, as_json: bool) -> int:
    """Shows it; 1 when nothing leaves by any channel, else 0."""
    installed = read_settings(config).installation
    now = datetime.now(UTC)
    with open_store(installed) as store, store.reading() as conn:
        health = {client.id: _with_new(client, health_of(conn, client, now=now)) for client in installed.clients}
        budgets = allowances(conn, [s for client in installed.clients for s in client.sources], now=now)
        paused = flags.get(conn, PAUSED)
        waiting = len(outbox.waiting(conn))
        dead = deadchannels.dead_channels(conn)
        silent = silent_since(conn, installed.people, now=now)
        pages = paged.pages(conn, installed, now=now)
        told = alarms.alarms(conn, installed, now=now)
    code = Exit.FAILED if silent else Exit.OK
    if as_json:
        since = paused[1].isoformat() if paused else None
        facts = {
            "paused_since": since,
            "silent_since": silent.isoformat() if silent else None,
            "waiting": waiting,
            "dead_channels": dead,
            "paged": paged.plain(pages),
            "spikes": alarms.plain(told),
            "budgets": budget_lines.plain(budgets),
            "not_watched": dict(_not_watched(installed.clients, now)),
        }
        found = {client: [_source(s) for s in every] for client, every in health.items()}
        typer.echo(json.dumps({**facts, "sources": found}, ensure_ascii=False, indent=2))
        return code
    if paused:
        typer.echo(f"PAUSED since {paused[1]:%Y-%m-%d %H:%M} UTC: nothing is sent. `veille resume` sends again.")
    if silent:
        typer.echo(f"NOTHING LEAVES since {silent:%Y-%m-%d %H:%M} UTC: no channel works.")
    typer.echo(f"{waiting} notifications wait")
    for person, channel, detail in dead:
        typer.echo(f"DEAD channel {person}/{channel}: {detail} (`veille test-channel {person} {channel}`)")
    paged.tables(pages)
    alarms.table(told)
    show(("client", "source", "health", "since (UTC)", "entries", "delay", "error"), _rows(health))
    for line in budget_lines.lines(budgets):
        typer.echo(line)
    for client_id, unwatched in _not_watched(installed.clients, now):
        typer.echo(f"{client_id}: not watched at all: {unwatched}")
    return code


def _not_watched(clients: Iterable[Client], now: datetime) -> Iterator[tuple[str, str]]:
    voice = Voice(catalogue=read_catalogue("en"), zone=ZoneInfo("UTC"), now=now)
    return ((client.id, not_watched(voice, client)) for client in clients)


def _with_new(client: Client, known: tuple[SourceHealth, ...]) -> tuple[SourceHealth, ...]:
    """The sources as stored, and those that the settings name and no poll has met yet."""
    met = {source.source_id for source in known}
    new = (
        SourceHealth(
            source_id=source.id, kind=source.kind, url=without_secrets(source.url), health=Health.NEW, since=None
        )
        for source in client.sources
        if source.id not in met
    )
    return tuple(sorted((*known, *new), key=lambda source: source.source_id))


def _source(source: SourceHealth) -> dict[str, object]:
    return {
        "id": source.source_id,
        "kind": source.kind,
        "url": source.url,
        "health": source.health,
        "since": source.since.isoformat() if source.since else None,
        "last_answer": source.last_answer.isoformat() if source.last_answer else None,
        "entries": source.entries,
        "error": source.error,
        "delay_seconds": round(source.delay.total_seconds()) if source.delay is not None else None,
        "seconds_to_answer": round(source.took, 1),
        "key_refused": source.refused,
        "key_ends": source.expires.isoformat() if source.expires else None,
    }


def _rows(health: dict[str, tuple[SourceHealth, ...]]) -> Iterator[tuple[str, ...]]:
    for client_id, found in health.items():
        for source in found:
            since = f"{source.since:%Y-%m-%d %H:%M}" if source.since else "-"
            delay = "-" if source.delay is None else f"{max(round(source.delay.total_seconds() / 60), 1)} min"
            ends = f"its key ends {source.expires:%Y-%m-%d}" if source.expires else ""
            said = "; ".join(filter(None, (source.error, ends)))
            yield client_id, source.source_id, source.health, since, str(source.entries), delay, said
