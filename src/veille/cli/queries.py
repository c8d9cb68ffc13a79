"""`veille preview` and `veille rematch`: a query tried on what is stored, and applied to it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import typer

from veille.bootstrap import open_store, read_settings
from veille.cli.exits import Exit
from veille.model.installation import Installation
from veille.model.watch import Client, Watch
from veille.pipeline.rematch import Rematched
from veille.pipeline.rematch import rematch as apply
from veille.pipeline.trial import Sample, Trial, attempt

#: Width of the longest bar.
_BAR = 40


def preview(config: Path, client_id: str, watch_id: str, *, days: float, query: str, as_json: bool) -> int:
    """What a watch would take of what is stored, under its query or another. Raises QueryError, StoreError."""
    installed = read_settings(config).installation
    client = _client(installed, client_id)
    watch = tried(client, watch_id, query) if client else None
    if client is None or watch is None:
        return Exit.WRONG_INPUT
    since = datetime.now(UTC) - timedelta(days=days)
    with open_store(installed) as store, store.reading() as conn:
        found = attempt(conn, client, watch, since=since, public_url=installed.public_url)
    typer.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2) if as_json else as_text(found, days=days))
    return Exit.OK


def rematch(config: Path, client_id: str, *, as_json: bool) -> int:
    """Applies the queries of one client, or of all, to what is stored. Raises QueryError, StoreError."""
    installed = read_settings(config).installation
    chosen = _client(installed, client_id) if client_id else None
    if client_id and chosen is None:
        return Exit.WRONG_INPUT
    counts: dict[str, Rematched] = {}
    with open_store(installed) as store:
        for client in (chosen,) if chosen else installed.clients:
            counts[client.id] = apply(store, client, public_url=installed.public_url, now=datetime.now(UTC))
            if not as_json:
                typer.echo(as_counts(client.id, counts[client.id]))
    if as_json:
        typer.echo(json.dumps({name: _numbers(count) for name, count in counts.items()}, indent=2))
    return Exit.OK


def _client(installed: Installation, client_id: str) -> Client | None:
    found = next((client for client in installed.clients if client.id == client_id), None)
    if found is None:
        known = ", ".join(client.id for client in installed.clients)
        typer.echo(f"veille: no client {client_id!r}; there are: {known}", err=True)
    return found


def tried(client: Client, watch_id: str, query: str) -> Watch | None:
    """The watch of that id under `query`, if any is given; a new watch when there is none of that id yet."""
    found = next((watch for watch in client.watches if watch.id == watch_id), None)
    if found is not None:
        return replace(found, query=query or found.query)
    if query:
        return Watch(id=watch_id, name=watch_id, query=query)
    known = ", ".join(watch.id for watch in client.watches)
    typer.echo(
        f"veille: {client.id} has no watch {watch_id!r}, but: {known}; for a new one, give its --query", err=True
    )
    return None


def as_counts(client_id: str, count: Rematched) -> str:
    """What a rematch came to, for a terminal."""
    return (
        f"{client_id}: {count.looked} entries looked at: {count.added} mentions added as past, never alerted; "
        f"{count.updated} updated; {count.detached} detached: kept with their stories, counted no more"
    )


def _numbers(count: Rematched) -> dict[str, int]:
    return {"looked": count.looked, "added": count.added, "updated": count.updated, "detached": count.detached}


def as_text(found: Trial, *, days: float) -> str:
    """What a trial found, for a terminal."""
    left = f", {found.excluded} left out by `exclude`" if found.excluded else ""
    lines = [
        f"{found.watch.id}: {found.watch.query}",
        f"last {days:g} days: {found.read} entries read, {found.taken} taken{left}",
        f"  {found.known} are its mentions already, {found.taken - found.known} would be new, {found.lost} would go",
    ]
    if found.taken:
        lines += ["", "by day", *_bars([(f"{day:%Y-%m-%d}", number) for day, number in found.by_day])]
        lines += ["", "by source", *_bars(found.by_source)]
        lines += ["", "for instance", *map(_line, found.samples)]
    if found.words:
        lines += ["", "words that come with it (candidates for NOT)"]
        lines += [f"  {', '.join(f'{word} ({number})' for word, number in found.words)}"]
    return "\n".join(lines)


def _bars(counts: list[tuple[str, int]] | tuple[tuple[str, int], ...]) -> list[str]:
    width = max(len(name) for name, _ in counts)
    most = max(number for _, number in counts)
    return [f"  {name:<{width}}  {number:>6}  {'#' * max(1, round(_BAR * number / most))}" for name, number in counts]


def _line(sample: Sample) -> str:
    return f"  {sample.published:%d.%m %H:%M}  {sample.site or sample.source_id}  {sample.title}"


def _plain(found: Trial) -> dict[str, object]:
    return {
        "watch": found.watch.id,
        "query": found.watch.query,
        "since": found.since.isoformat(),
        "read": found.read,
        "taken": found.taken,
        "known": found.known,
        "new": found.taken - found.known,
        "lost": found.lost,
        "excluded": found.excluded,
        "by_day": {day.isoformat(): number for day, number in found.by_day},
        "by_source": dict(found.by_source),
        "samples": [_sample(sample) for sample in found.samples],
        "words": dict(found.words),
    }


def _sample(sample: Sample) -> dict[str, object]:
    return {
        "published": sample.published.isoformat(),
        "source": sample.source_id,
        "site": sample.site,
        "title": sample.title,
        "link": sample.link,
    }
