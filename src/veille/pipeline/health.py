"""How each source of a client is: the stored facts judged by the rule, with the patience of its kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from veille.errors import ReadError
from veille.model.digest import Health, SourceHealth
from veille.model.exchange import Fault, PollState
from veille.model.rhythm import loaded
from veille.model.watch import Client
from veille.sources import answers, base
from veille.sources.kind import Kind
from veille.store import Connection
from veille.store.health import Facts, facts
from veille.timing.condition import condition


def of_client(conn: Connection, client: Client, *, now: datetime) -> tuple[SourceHealth, ...]:
    """The client's sources in the order of their ids."""
    return tuple(source for _, source in everyone(conn, (client,), now=now))


def everyone(conn: Connection, clients: Sequence[Client], *, now: datetime) -> Iterator[tuple[str, SourceHealth]]:
    """The sources of several clients, each with its client's id, in the order of both."""
    keyed = {(client.id, source.id) for client in clients for source in client.sources if source.secrets}
    for one in facts(conn, sorted(client.id for client in clients), now=now):
        yield one.client_id, _judged(one, keyed=(one.client_id, one.source.source_id) in keyed, now=now)


def _judged(one: Facts, *, keyed: bool, now: datetime) -> SourceHealth:
    kind = _kind(one.source.kind)
    found = condition(one.state, now=now, patience=kind.patience)
    rhythm = loaded(one.state.rhythm)
    failing = found.health in (Health.FAILING, Health.STOPPED, Health.CHANGED)
    return replace(
        one.source,
        health=found.health,
        since=found.since or one.source.since,
        error=(one.state.stopped or one.state.last_error) if failing or one.state.failures else "",
        delay=None if rhythm.delay is None else timedelta(seconds=round(rhythm.delay)),
        took=rhythm.took,
        refused=keyed and one.state.fault == Fault.REFUSED and one.state.failures > kind.patience,
        expires=_expires(one.state) if keyed else None,
    )


def _kind(name: str) -> Kind:
    try:
        return base.kind_of(name)
    except ReadError:  # a kind that an older version knew
        return Kind()


def _expires(state: PollState) -> datetime | None:
    """When the key there ends, as its connector noted it."""
    written = answers.own(state, "expires")
    try:
        moment = datetime.fromisoformat(written) if written else None
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment and moment.tzinfo else None
