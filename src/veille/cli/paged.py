"""What was paged, for `veille status`: alerts of the month by client and by person, and what was said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from veille.cli.tables import show
from veille.model.feedback import Spent
from veille.model.installation import Installation
from veille.model.person import Person
from veille.model.watch import Client
from veille.pipeline import paged
from veille.pipeline.paged import Precision
from veille.store import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """The alerts that reached a person in the last 30 days, and the budgets of wrong ones that are used up."""

    person: Person
    sent: int
    wrong: int
    spent: tuple[Spent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The figures of an installation."""

    clients: tuple[tuple[Client, Precision], ...]
    people: tuple[Received, ...]


def pages(conn: Connection, installed: Installation, *, now: datetime) -> Pages:
    """The figures of the last 30 days. Raises StoreError."""
    figures = paged.precision(conn, [client.id for client in installed.clients], now=now)
    return Pages(
        clients=tuple(zip(installed.clients, figures, strict=True)),
        people=tuple(_received(conn, person, now=now) for person in installed.people),
    )


def plain(found: Pages) -> dict[str, object]:
    """The figures as JSON values."""
    return {
        "clients": {
            client.id: {
                **asdict(figures),
                "wrong": figures.wrong,
                "precision": figures.precision,
                "thresholds": list(_thresholds(client)),
            }
            for client, figures in found.clients
        },
        "people": {
            one.person.id: {
                "sent": one.sent,
                "wrong": one.wrong,
                "budget": asdict(one.person.budget),
                "used_up": [{"night": part.night, "until": part.until.isoformat()} for part in one.spent],
            }
            for one in found.people
        },
    }


def tables(found: Pages) -> None:
    """Prints the figures: what rang in the last 30 days, what was said of it, who hears less for now."""
    columns = ("client", "told at", "alerts (30 days)", "right", "too late", "not us", "calm", "unmarked", "precision")
    show(columns, (_client_row(client, figures) for client, figures in found.clients))
    people = ("person", "alerts (30 days)", "wrong", "accepted wrong", "used up")
    show(people, map(_person_row, found.people))


def _received(conn: Connection, person: Person, *, now: datetime) -> Received:
    sent, wrong = paged.received(conn, person, now=now)
    return Received(person=person, sent=sent, wrong=wrong, spent=paged.used_up(conn, person, now=now))


def _thresholds(client: Client) -> Sequence[str]:
    """The least levels that ring, the lowest first."""
    levels = sorted({route.least for watch in client.watches for route in watch.routes})
    return [level.name.lower() for level in levels]


def _client_row(client: Client, figures: Precision) -> tuple[str, ...]:
    unmarked = figures.sent - figures.right - figures.wrong
    numbers = (figures.sent, figures.right, figures.too_late, figures.not_us, figures.calm, unmarked)
    share = "-" if figures.precision is None else f"{figures.precision:.0%}"
    return (client.id, ", ".join(_thresholds(client)), *map(str, numbers), share)


def _person_row(one: Received) -> tuple[str, ...]:
    budget = one.person.budget
    accepted = f"{budget.wrong_per_week} a week, {budget.wrong_per_month_at_night} a month by night"
    return (one.person.id, str(one.sent), str(one.wrong), accepted, ", ".join(_used_up(one.spent)) or "-")


def _used_up(spent: Sequence[Spent]) -> Iterator[str]:
    for part in spent:
        when = "by night" if part.night else "by day"
        yield f"{when} until {part.until:%Y-%m-%d %H:%M} UTC: only grave alerts ring"
