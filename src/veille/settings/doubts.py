"""What is doubtful in queries that can be read: each said once, with its watch and its place."""

from __future__ import annotations

from collections.abc import Iterator

from veille.model.installation import Installation
from veille.model.watch import Client, Watch
from veille.query import QueryWarning, duplicates, parse, warnings
from veille.query.warnings import Code, duplicate_warning
from veille.settings.files import CLIENTS

#: Of what is excluded or muted, only these are doubtful: a common word may well be what one wants to leave out.
_OF_EXCLUSIONS = frozenset({Code.LOWER_CASE_OPERATOR, Code.ONE_LETTER})


def doubts(installation: Installation) -> Iterator[str]:
    """The warnings about every query of every client, as sentences. Raises QueryError."""
    for client in installation.clients:
        for where, warning in _of_client(client):
            column = f", column {warning.column + 1}" if warning.column >= 0 else ""
            said = f"{warning.message} {warning.suggestion}".strip()
            yield f"{CLIENTS}/{client.id}.yaml: {where}{column}: {said}"


def _of_client(client: Client) -> Iterator[tuple[str, QueryWarning]]:
    lists = dict(client.lists)
    for watch in client.watches:
        for where, text, wanted in _queries(watch):
            found = warnings(text, client.language, lists=lists)
            yield from ((where, warning) for warning in found if warning.code in wanted)
    same = duplicates({watch.id: parse(watch.query, lists=lists) for watch in client.watches})
    yield from ((f"watch {later}", duplicate_warning(later, earlier)) for later, earlier in same.items())


def _queries(watch: Watch) -> Iterator[tuple[str, str, frozenset[Code]]]:
    """(where it stands, the query, what may be doubtful in it)."""
    yield f"watch {watch.id}", watch.query, frozenset(Code)
    yield from ((f"watch {watch.id}, exclude", text, _OF_EXCLUSIONS) for text in watch.exclude)
    yield from ((f"watch {watch.id}, mute", text, _OF_EXCLUSIONS) for text in watch.mute)
