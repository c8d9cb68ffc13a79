"""`veille init`: the terminal, the language, and the exit code of the onboarding."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typer
from rich.console import Console

from veille.cli.exits import Exit
from veille.errors import AnswerError
from veille.onboarding.desk import Desk
from veille.onboarding.journey import init as journey
from veille.onboarding.options import Options
from veille.rendering.catalogue import read_catalogue, shipped


def init(config: Path, options: Options, *, yes: bool) -> int:
    """Asks on a terminal; without one, or with `yes`, takes the options and what is proposed."""
    words = read_catalogue(_language(options), package="veille.onboarding")
    asks = not yes and sys.stdin.isatty() and sys.stdout.isatty()
    desk = Desk(words=words, console=Console(highlight=False), asks=asks)
    try:
        done = journey(options, desk, config)
    except AnswerError as error:
        typer.echo(f"veille: {error}", err=True)
        return Exit.WRONG_INPUT
    except KeyboardInterrupt:
        typer.echo(f"\n{words.say('Stopped: nothing was written.')}", err=True)
        return Exit.INTERRUPTED
    return Exit.FAILED if done.mailed is False else Exit.OK


def _language(options: Options) -> str:
    """That of --language, else of the terminal."""
    terminal = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return shipped(options.language or next(filter(None, terminal), ""))
