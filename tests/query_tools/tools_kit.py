"""Runs the commands of the query tools as a shell would, and keeps what they print."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import Result
from typer.testing import CliRunner

from kit_house import Town
from veille.bootstrap import read_settings
from veille.cli.app import app
from veille.model.mention import Mention
from veille.model.watch import Client
from veille.pipeline.rematch import Rematched, rematch
from veille.store import mentions


def veille(*words: str, given: str | bytes = "") -> Result:
    """The command with this on standard input."""
    result = CliRunner().invoke(app, list(words), input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def answers(query: str, *entries: Any) -> list[dict[str, Any]]:
    """What `veille match` answers to these entries; a text stands for a line as it is."""
    lines = [each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in entries]
    result = veille("match", query, "-", given="".join(f"{line}\n" for line in lines))
    return [json.loads(line) for line in result.stdout.splitlines()]


def written(name: str, *feeds: str, query: str) -> str:
    """The file of a client with one watch, `main` or its mark, on these feeds."""
    start = name.lower()[:3]
    asked = "".join(f"  - id: {start}-{feed}\n    url: '{{web}}/{feed}'\n    every: 10m\n" for feed in feeds)
    watch = "main" if name == "Floréal" else name.lower()
    return f"name: {name}\nmark: {name[:2].upper()}\nwatches:\n  - id: {watch}\n    {query}\nsources:\n{asked}"


def edit(town: Town, old: str, new: str, *, name: str = "floreal") -> Client:
    """The client once its file says `new` instead of `old`."""
    path = town.folder / "config" / "clients" / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return client(town, name)


def client(town: Town, name: str = "floreal") -> Client:
    """The client as its file now says."""
    clients = read_settings(town.folder / "config").installation.clients
    return next(each for each in clients if each.id == name)


def rematched(town: Town, edited: Client) -> Rematched:
    """The rematch of a client now."""
    return rematch(town.house.store, edited, now=town.clock.now())


def stored(town: Town, name: str = "floreal") -> dict[str, Mention]:
    """The client's mentions by title."""
    with town.house.store.reading() as conn:
        return {m.title: m for m in mentions.recent(conn, name, since=town.clock.now().replace(year=2000), limit=1000)}


def config_of(town: Town) -> Path:
    """The settings folder."""
    return town.folder / "config"
