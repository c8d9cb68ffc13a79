"""A desk whose answers are written beforehand, and what it showed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from rich.console import Console

from kit_http import Server
from veille.onboarding.desk import Desk
from veille.onboarding.options import Options
from veille.rendering.catalogue import read_catalogue

#: In the order of the questions.
PLAIN_ANSWERS = (
    "Floréal",  # name
    "{site}",
    "",  # language
    "camille@agence.example",
    "",  # query
    "",  # noise
    "",  # Google Alerts
    "",  # mail server
    "",  # is it right?
)


class Answers(io.StringIO):
    """Gives the answers one by one, then Ctrl-C."""

    def readline(self, size: int | None = -1, /) -> str:
        line = super().readline(-1 if size is None else size)
        if not line:
            raise KeyboardInterrupt
        return line


def desk(answers: Sequence[str] | None = None, language: str = "en") -> Desk:
    """`answers` None: nobody is there."""
    return Desk(
        words=read_catalogue(language, package="veille.onboarding"),
        console=Console(file=io.StringIO(), width=200),
        asks=answers is not None,
        answers=Answers("".join(f"{line}\n" for line in answers or ())),
    )


def shown(at: Desk) -> str:
    """Everything the desk said."""
    file = at.console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


def options(server: Server, **given: Any) -> Options:
    """Everything that has to be given, on a loopback internet."""
    values: dict[str, Any] = {
        "client": "Floréal",
        "site": server.url("/"),
        "email": "camille@agence.example",
        "allow_private": (server.place,),
        "news": server.url("/news"),
    }
    return Options(**{**values, **given})


def only_news(server: Server, **given: Any) -> Options:
    """Nothing given but where this internet is."""
    return options(server, client=None, site=None, email=None, **given)
