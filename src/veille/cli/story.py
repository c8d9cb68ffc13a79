"""`veille story merge`, `split` and `undo`: which mentions belong together, as a person knows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import typer

from veille.bootstrap import open_store, read_settings
from veille.cli.exits import Exit
from veille.cli.whoami import whoami
from veille.pipeline import stories
from veille.store import Connection
from veille.store.corrections import Correction, Kind


def merge(config: Path, codes: Sequence[str], *, who: str) -> int:
    """Unites stories into the first. Raises AnswerError."""
    with _writing(config) as tx:
        done = stories.merge(tx, codes, who=who or whoami(), at=datetime.now(UTC))
        said = [_said(tx, each) for each in done]
    typer.echo("\n".join(said))
    return Exit.OK


def split(config: Path, code: str, mentions: Sequence[int], *, who: str) -> int:
    """Parts mentions from a story. Raises AnswerError."""
    with _writing(config) as tx:
        said = _said(tx, stories.split(tx, code, mentions, who=who or whoami(), at=datetime.now(UTC)))
    typer.echo(said)
    return Exit.OK


def undo(config: Path, number: int) -> int:
    """Takes a correction back. Raises AnswerError."""
    with _writing(config) as tx:
        done = stories.undo(tx, number, at=datetime.now(UTC))
        code = stories.code_of(tx, done.from_id)
    typer.echo(f"correction {number} is undone: {code} is as it was")
    return Exit.OK


@contextmanager
def _writing(config: Path) -> Iterator[Connection]:
    with open_store(read_settings(config).installation) as store, store.writing() as tx:
        yield tx


def _said(conn: Connection, done: Correction) -> str:
    old, new = (stories.code_of(conn, number) for number in (done.from_id, done.story_id))
    number = len(done.mentions)
    what = f"{old} is united with {new}" if done.kind is Kind.MERGE else f"{new} is parted from {old}"
    return f"{what}: {number} mention{'s' * (number > 1)} moved; `veille story undo {done.id}` takes it back"
