"""`veille test-channel`, `pause` and `resume`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import typer

from veille.bootstrap import notifiers, open_store, read_settings
from veille.cli.exits import Exit
from veille.model.installation import Installation
from veille.model.message import Outcome, Result
from veille.model.person import Channel, Person
from veille.pipeline.deliver import PAUSED
from veille.rendering.renderer import Renderer
from veille.store import deadchannels, flags, outbox


def test_channel(config: Path, person_id: str, channel_id: str) -> int:
    """Sends a sample to one or all channels of a person; 0 when every server took it."""
    installed = read_settings(config).installation
    person = next((p for p in installed.people if p.id == person_id), None)
    if person is None:
        typer.echo(f"veille: no person {person_id!r}; there are: {_ids(installed.people)}", err=True)
        return Exit.WRONG_INPUT
    channels = [c for c in person.channels if channel_id in ("", c.id)]
    if not channels:
        typer.echo(f"veille: {person_id} has no channel {channel_id!r}, but: {_ids(person.channels)}", err=True)
        return Exit.WRONG_INPUT
    find, renderer = notifiers(installed), Renderer.load()
    outcomes = []
    for channel in channels:
        message = renderer.sample_message(person, channel, language=person.language)
        outcome = find(channel.kind).send(channel, message, key=f"sample.{_stamp()}.{person.id}.{channel.id}")
        typer.echo(f"{channel.id} ({channel.kind}): {outcome.result}: {outcome.detail}")
        outcomes.append(outcome)
        _revive(installed, person, channel, outcome)
    return Exit.OK if all(o.result is Result.SENT for o in outcomes) else Exit.FAILED


def pause(config: Path) -> int:
    """Stops all sending, loudly: `veille status` and the log say so until resumed."""
    with open_store(read_settings(config).installation) as store, store.writing() as tx:
        flags.put(tx, PAUSED, at=datetime.now(UTC))
    typer.echo("PAUSED: nothing is sent, alerts included, until `veille resume`. Polling goes on.")
    return Exit.OK


def resume(config: Path) -> int:
    """Sends again."""
    with open_store(read_settings(config).installation) as store, store.writing() as tx:
        was = flags.get(tx, PAUSED)
        flags.delete(tx, PAUSED)
        waiting = len(outbox.waiting(tx))
    since = f" (paused since {was[1]:%Y-%m-%d %H:%M} UTC)" if was else " (it was not paused)"
    typer.echo(f"resumed{since}: {waiting} notifications wait")
    return Exit.OK


def _revive(installed: Installation, person: Person, channel: Channel, outcome: Outcome) -> None:
    """A channel that takes a sample is alive again."""
    if outcome.result is not Result.SENT:
        return
    with open_store(installed) as store, store.writing() as tx:
        deadchannels.revive(tx, person.id, channel.id)


def _ids(things: tuple[Person, ...] | tuple[Channel, ...]) -> str:
    return ", ".join(thing.id for thing in things) or "none"


def _stamp() -> str:
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
