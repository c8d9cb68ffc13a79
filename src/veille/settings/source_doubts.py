"""What is doubtful in sources that can be asked: kinds nobody checked, watches that a search cannot serve."""

from __future__ import annotations

from collections.abc import Iterator

from veille.query import parse
from veille.query.asking import ask
from veille.settings.shape_client import ClientShape, WatchShape
from veille.settings.shape_source import SourceShape, source_ids
from veille.sources.base import kind_of, unasked

_CLIENTS = "clients"


def source_doubts(client_id: str, shape: ClientShape) -> Iterator[str]:
    """The warnings about a client's sources, as sentences that name the file. Raises QueryError."""
    for source, source_id in zip(shape.sources, source_ids(shape.sources, client_id), strict=True):
        for said in _of(source, source_id, shape):
            yield f"{_CLIENTS}/{client_id}.yaml: source {source_id}: {said}"


def _of(source: SourceShape, source_id: str, client: ClientShape) -> Iterator[str]:
    kind = kind_of(source.kind)
    if kind.experimental:
        yield f"kind {source.kind} is experimental: it is built on facts that nobody checked against the service"
    if not kind.is_searched(source.options):
        return
    taking = [watch for watch in client.watches if not watch.sources or source_id in watch.sources]
    if not taking:
        yield "no watch takes from it: it is never asked"
    for watch in taking:
        yield from _searching(source, source_id, watch, client)


def _searching(source: SourceShape, source_id: str, watch: WatchShape, client: ClientShape) -> Iterator[str]:
    asked = ask(parse(watch.query, lists=client.lists))
    if asked is None:
        yield f"watch {watch.id} has no word that must be there: {source.kind} cannot be asked for it, and is not"
        return
    for made in source.values(source_id, [(watch.id, asked)]):
        if more := unasked(made):
            kind = kind_of(source.kind)
            yield (
                f"watch {watch.id} takes {kind.questions + more} searches, and {source.kind} is asked {kind.questions}"
                ": shorten its query, or split the watch"
            )
