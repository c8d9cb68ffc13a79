"""The three shapes of a connector, and how one is found: the module's name is the kind.

A connector is a module of this package, with the functions of one shape at its top and a `KIND` that says what the
settings may hold: adding a source is adding one file. All of them are pure: they say what to ask and read what came,
and never open anything.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Protocol, cast

import veille.sources
from veille.errors import ReadError
from veille.model.entry import Entry, Page
from veille.model.exchange import PollState, Request, Response, Source
from veille.model.secret import Secret
from veille.sources import searching
from veille.sources.kind import Kind

#: Modules of this package that are no connectors.
_SHARED = frozenset(("answers", "base", "boards", "graph", "kind", "markup", "searching", "secrets", "signing_in"))


class Poll(Protocol):
    """Asked again and again: says what to ask, reads the answer, remembers a little between the two.

    A page may name the next question of the same dialogue (`Page.then`): at most `KIND.steps` questions in all.
    """

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
    return tuple(sorted(module.name for module in modules if not module.ispkg and module.name not in _SHARED))


@cache
def connector(kind: str) -> Poll:
    """The connector of a kind, imported when first asked; `ReadError` names the known ones."""
    if kind not in kinds():
        raise ReadError(f"unknown kind of source {kind!r}; known: {', '.join(kinds())}")
    return cast(Poll, importlib.import_module(f"veille.sources.{kind}"))


@cache
def stream(kind: str) -> Stream:
    """The connector of a kind that flows, as `connector`."""
    return cast(Stream, connector(kind))


@cache
def kind_of(kind: str) -> Kind:
    """What the settings of a kind may hold; `ReadError` when it is unknown."""
    return cast(Kind, getattr(connector(kind), "KIND", Kind()))


def refuse(kind: str, options: Mapping[str, str]) -> str:
    """Why these options cannot go together ("" = they can): what a connector's own `refuse` says."""
    judge = getattr(connector(kind), "refuse", None)
    return str(judge(options)) if judge else ""


def read_page(source: Source, response: Response, state: PollState) -> Page:
    """Read an answer with the connector of the source's kind: what the killable worker runs."""
    return connector(source.kind).read(source, response, state)


def read_message(source: Source, message: bytes) -> tuple[Entry, ...]:
    """The entries of one message, as `read_page`."""
    inbox = cast(Inbox, importlib.import_module(f"veille.sources.{source.kind}"))
    return tuple(inbox.read(source, message))


def unsecret(source: Source) -> Source:
    """The source as the reader may see it: it knows which secrets there are, and none of them."""
    return replace(source, secrets=tuple((name, Secret("")) for name, _ in source.secrets))


def asks(source: Source) -> tuple[str, ...]:
    """What a source searches for, in the words of its service, in order; empty when it is read whole."""
    return _questions(source)[: kind_of(source.kind).questions]


def unasked(source: Source) -> int:
    """How many questions more the watch's query would take than the service is asked at a poll."""
    return max(0, len(_questions(source)) - kind_of(source.kind).questions)


def _questions(source: Source) -> tuple[str, ...]:
    module = connector(source.kind)
    own, dialect = getattr(module, "asks", None), getattr(module, "DIALECT", None)
    if source.ask is None:
        return ()
    if own is not None:
        return tuple(own(source))
    return searching.questions(source.ask, dialect) if dialect is not None else ()
