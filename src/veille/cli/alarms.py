"""The spikes told, for `veille status`: the month's alarms by client, against the budget that it set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from veille.cli.tables import show
from veille.model.installation import Installation
from veille.store import Connection, spikes

MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarms:
    """Spikes told as they started in the last 30 days, and the false ones that the client accepts a month."""

    client: str
    sent: int
    budget: float


def alarms(conn: Connection, installed: Installation, *, now: datetime) -> tuple[Alarms, ...]:
    """The figures of each client. Raises StoreError."""
    return tuple(
        Alarms(
            client=client.id,
            sent=spikes.alarms(conn, client.id, since=now - MONTH),
            budget=sum(watch.spike.alarms_per_month for watch in client.watches),
        )
        for client in installed.clients
    )


def plain(found: Sequence[Alarms]) -> dict[str, object]:
    """The figures as JSON values, by client."""
    return {one.client: {name: value for name, value in asdict(one).items() if name != "client"} for one in found}


def table(found: Sequence[Alarms]) -> None:
    """Prints the figures."""
    show(
        ("client", "spikes told (30 days)", "false ones accepted a month"),
        ((one.client, str(one.sent), f"{one.budget:g}") for one in found),
    )
