"""Which part of a watch's query a search service does, and which part is checked again here.

Everything that comes back is matched against the whole query; here it is said what the service was never asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from veille.errors import ReadError
from veille.model.exchange import PollState, Source
from veille.model.watch import Client, Watch
from veille.query import Query, parse
from veille.query.asking import ask
from veille.query.syntax import And, Exact, Listed, Node, Not, Or, Phrase, Word, walk
from veille.sources.base import asks, connector, kind_of, unasked
from veille.sources.kind import Budget, Shape
from veille.sources.secrets import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class FanOut:
    """One source as it asks for one watch, or is read whole."""

    source: Source
    watch: Watch | None = None
    #: What the service is asked, in its own words; empty when the place is read whole.
    asked: tuple[str, ...] = ()
    #: Parts of the query that the service is not asked.
    here: tuple[str, ...] = ()
    #: Questions that the query would take beyond those asked.
    missing: int = 0


def fan_outs(client: Client) -> Iterator[FanOut]:
    """Every source of a client with what it asks. Raises QueryError."""
    for source in client.sources:
        yield fan_out(client, source)


def fan_out(client: Client, source: Source) -> FanOut:
    """What one source asks, and for which watch. Raises QueryError."""
    watch = watch_of(client, source)
    if source.ask is None or watch is None:
        return FanOut(source=source)
    query = parse(watch.query, lists=dict(client.lists))
    asked = asks(source)
    return FanOut(source=source, watch=watch, asked=asked, here=tuple(_here(query, asked)), missing=unasked(source))


def watch_of(client: Client, source: Source) -> Watch | None:
    """The watch that a search source asks for; None for one that is read whole."""
    if source.ask is None:
        return None
    taking = [watch for watch in client.watches if not watch.sources or source.origin in watch.sources]
    named = [watch for watch in taking if source.id == f"{source.origin}-{watch.id}"]
    return next(iter(named or taking), None)


def _here(query: Query, asked: tuple[str, ...]) -> Iterator[str]:
    """The parts of the query that the questions leave out or loosen; all of it where hashtags stand for it."""
    if not asked or asked[0].startswith("#"):
        yield str(query)
        return
    parts = query.root.parts if isinstance(query.root, And) else (query.root,)
    for part in parts:
        if isinstance(part, Not):
            if not all(_excludes(word, asked) for word in _words(part)) or not _plain(part.part):
                yield str(part)
        elif ask(Query(part)) is None or not _plain(part):
            yield str(part)


def _plain(part: Node) -> bool:
    """Whether any service can do a part as it stands: words, phrases, and choices of them."""
    return all(isinstance(node, Word | Phrase | Exact | Listed | And | Or | Not) for node in walk(part))


def _words(part: Not) -> list[str]:
    return [node.text for node in walk(part.part) if isinstance(node, Word | Phrase)]


def _excludes(word: str, asked: tuple[str, ...]) -> bool:
    """Whether every question leaves a word out."""
    forms = (f"-{word}", f'-"{word}"', f"NOT {word}", f'NOT "{word}"', f'--"{word}"', f"--{word}")
    return bool(asked) and all(any(form in question for form in forms) for question in asked)


def address(source: Source) -> str:
    """The first question of a poll, its secrets hidden ("" when the source is not asked by questions)."""
    if kind_of(source.kind).shape is not Shape.POLL:
        return source.url
    try:
        request = connector(source.kind).request(source, PollState())
    except ReadError:
        return source.url
    return f"{'' if request.method == 'GET' else f'{request.method} '}{shown(request.url)}"


def costs(source: Source) -> Iterator[str]:
    """What the service allows, and what it may cost."""
    for budget in kind_of(source.kind).budgets:
        yield _cost(budget, source)


def _cost(budget: Budget, source: Source) -> str:
    said = source.option(budget.option) if budget.option else ""
    most = int(said) if said.isdigit() else (budget.with_key if source.secrets and budget.with_key else budget.calls)
    hours = budget.window.total_seconds() / 3600
    short = f"{hours * 60:g} min" if hours < 1 else f"{hours:g} h" if hours < 48 else f"{hours / 24:g} days"
    per = {"month": "calendar month", "pacific_day": "day from midnight Pacific"}.get(budget.calendar, short)
    what = "dollars" if budget.unit > 1 else "calls"
    return f"{most} {what} a {per}" if budget.calendar else f"{most} {what} in {per}"
