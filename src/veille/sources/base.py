"""The three shapes of a connector, and how one is found: the module's name is the kind.

A connector is a module of this package, with the functions of one shape at its top: adding a source is adding
one file. All of them are pure: they say what to ask and read what came, and never open anything.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from functools import cache
from typing import Protocol, cast

import veille.sources
from veille.errors import ReadError
from veille.model.entry import Entry, Page
from veille.model.exchange import PollState, Request, Response, Source


class Poll(Protocol):
    """Asked again and again: says what to ask, reads the answer, remembers a little between the two."""

    def request(self, source: Source, state: PollState) -> Request:
        """The next question to this source."""

    def read(self, source: Source, response: Response, state: PollState) -> Page:
        """The answer, read; `ReadError` when it is not what this connector reads."""


class Stream(Protocol):
    """Left open: decodes one frame of a socket that `pipeline` owns."""

    def request(self, source: Source, state: PollState) -> Request:
        """Where to connect, from the cursor on."""

    def decode(self, source: Source, frame: bytes) -> Page:
        """What one frame holds; its cursor is where to start again after it."""


class Inbox(Protocol):
    """A mail box or a folder that `fetch` empties: reads one message."""

    def read(self, source: Source, message: bytes) -> Iterable[Entry]:
        """The entries of one message."""


@cache
def kinds() -> tuple[str, ...]:
    """Every kind there is, in alphabetical order. Nothing is imported."""
    modules = pkgutil.iter_modules(veille.sources.__path__)
    return tuple(sorted(module.name for module in modules if not module.ispkg and module.name != "base"))


@cache
def connector(kind: str) -> Poll:
    """The connector of a kind, imported when first asked; `ReadError` names the known ones."""
    if kind not in kinds():
        raise ReadError(f"unknown kind of source {kind!r}; known: {', '.join(kinds())}")
    return cast(Poll, importlib.import_module(f"veille.sources.{kind}"))


def read_page(source: Source, response: Response, state: PollState) -> Page:
    """Read an answer with the connector of the source's kind: what the killable worker runs."""
    return connector(source.kind).read(source, response, state)
