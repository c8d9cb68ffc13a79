"""Reads a command line as `veille` would, without doing what it says: for what the documents promise."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

import typer

from veille.cli.app import app

COMMAND = typer.main.get_command(app)


def commands() -> frozenset[str]:
    """Every command there is."""
    return frozenset(COMMAND.list_commands(COMMAND.make_context("veille", [], resilient_parsing=True)))


def parsed(line: str | Sequence[str]) -> dict[str, object]:
    """The parameters that a command line, without the word `veille`, comes to. Raises what click raises."""
    words = shlex.split(line, comments=True) if isinstance(line, str) else list(line)
    above = COMMAND.make_context("veille", [], resilient_parsing=True)
    name, command, rest = COMMAND.resolve_command(above, words)
    return {"command": name, **command.make_context(name, rest, parent=above).params}


def options(name: str) -> frozenset[str]:
    """The options of a command and of those below it, as they are typed."""
    above = COMMAND.make_context("veille", [], resilient_parsing=True)
    found = COMMAND.get_command(above, name)
    every = (*found.params, *(param for each in getattr(found, "commands", {}).values() for param in each.params))
    return frozenset(word for option in every for word in (*option.opts, *option.secondary_opts)) | {"--help"}
