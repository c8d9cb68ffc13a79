"""`veille backup` and `veille restore`."""

from __future__ import annotations

from pathlib import Path

import typer

import veille.store.backup as copies
from veille.bootstrap import read_settings
from veille.cli.exits import Exit, printable


def backup(config: Path, file: Path) -> int:
    """Writes an online copy. Raises StoreError."""
    copies.backup(_database(config), file)
    typer.echo(_described(file))
    return Exit.OK


def restore(config: Path, file: Path, *, check_only: bool) -> int:
    """Checks a backup, and unless `check_only` puts it in place, the old database beside it. Raises StoreError."""
    typer.echo(_described(file))
    if check_only:
        return Exit.OK
    copies.restore(file, _database(config))
    typer.echo("restored; the next start of the daemon goes on from there")
    return Exit.OK


def _described(file: Path) -> str:
    checked = copies.check_backup(file)
    rows = ", ".join(f"{number} {table}" for table, number in checked.counts if number)
    return printable(f"{file}: good, schema {checked.revision}; {rows or 'empty'}")


def _database(config: Path) -> str:
    return read_settings(config).installation.database.reveal()
