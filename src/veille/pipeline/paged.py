"""What was paged, person by person, and what was said of it: budgets of wrong alerts, and figures for the status."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from veille.alerting import budget
from veille.model.alert import Action, Decision, Facts
from veille.model.feedback import MONTH, RIGHT, WRONG, Mark, Rung, Spent
from veille.model.person import Person, QuietHours
from veille.store import Connection, feedback
from veille.timing.hours import release

#: The night of those who wrote no hours of rest.
NIGHT = QuietHours(time(22), time(7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """The urgent alerts of a client in a month, each counted once, and what was said of them."""

    client_id: str
    sent: int = 0
    #: Marked useful, urgent or too late.
    right: int = 0
    too_late: int = 0
    not_us: int = 0
    calm: int = 0

    @property
    def wrong(self) -> int:
        """Those that should not have rung."""
        return self.not_us + self.calm

    @property
    def precision(self) -> float | None:
        """The share of those marked that were right; None when none was marked."""
        marked = self.right + self.wrong
        return self.right / marked if marked else None


def is_night(person: Person, at: datetime) -> bool:
    """Whether a moment is in the person's hours of rest."""
    return release(at, quiet=person.quiet or NIGHT, zone=person.zone) > at


def used_up(conn: Connection, person: Person, *, now: datetime) -> tuple[Spent, ...]:
    """The parts of a person's budget of wrong alerts that are used up."""
    return budget.spent(person.budget, _rung(conn, person, now), now)


def silent(conn: Connection, people: Iterable[Person], decision: Decision, facts: Facts) -> frozenset[str]:
    """The people for whom an alert does not ring, because too many wrong ones did lately."""
    if decision.action is not Action.TELL:
        return frozenset()
    serving = (person for person in people if facts.client_id in person.serves)
    return frozenset(person.id for person in serving if not _rings_for(conn, person, decision, facts))


def precision(conn: Connection, client_ids: Sequence[str], *, now: datetime) -> tuple[Precision, ...]:
    """The figures of the last 30 days, by client."""
    marks: defaultdict[str, dict[int, Mark | None]] = defaultdict(dict)
    for one in feedback.paged(conn, since=now - MONTH):
        marks[one.client_id][one.alert_id] = one.mark
    return tuple(_precision(client_id, marks[client_id]) for client_id in client_ids)


def _precision(client_id: str, marks: Mapping[int, Mark | None]) -> Precision:
    said = list(marks.values())
    return Precision(
        client_id=client_id,
        sent=len(said),
        right=sum(mark in RIGHT for mark in said),
        too_late=said.count(Mark.TOO_LATE),
        not_us=said.count(Mark.NOT_US),
        calm=said.count(Mark.CALM),
    )


def received(conn: Connection, person: Person, *, now: datetime) -> tuple[int, int]:
    """How many urgent alerts reached a person in the last 30 days, and how many were wrong."""
    rung = _rung(conn, person, now)
    return len(rung), sum(one.mark in WRONG for one in rung)


def _rings_for(conn: Connection, person: Person, decision: Decision, facts: Facts) -> bool:
    parts = used_up(conn, person, now=facts.now)
    return budget.rings(decision, facts, parts, night=is_night(person, facts.now))


def _rung(conn: Connection, person: Person, now: datetime) -> tuple[Rung, ...]:
    return tuple(
        Rung(
            alert_id=one.alert_id,
            client_id=one.client_id,
            at=one.at,
            night=is_night(person, one.at),
            mark=one.mark,
        )
        for one in feedback.paged(conn, since=now - MONTH, person_id=person.id)
    )
