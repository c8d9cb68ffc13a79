"""The digest of each person whose hour has come: compose, render, enqueue, once per local date.

A client whose part cannot be made, whatever its data hold, is named in the digest and to the operator; the
others' parts leave.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

import structlog

from veille.alerting import digest as contents
from veille.alerting.recipients import digest_channels
from veille.errors import StoreError
from veille.model.digest import Digest, DigestKind, Period
from veille.model.message import Message, Notification
from veille.model.person import Channel, Person
from veille.model.watch import Client
from veille.pipeline import clientday, paged
from veille.pipeline.events import Digested
from veille.pipeline.house import House
from veille.pipeline.trouble import TROUBLE, excused
from veille.store import (
    Connection,
    clients,
    digests,
    flags,
    outbox,
    periods,
)
from veille.timing.hours import DueDigest, digest_due

log = structlog.get_logger()

#: A digest that could not leave for so long is replaced by the next one.
LASTS = timedelta(hours=20)

#: What a first digest looks back on, at least.
FIRST_PERIOD = timedelta(hours=24)

#: The flag that says when a person was first in the settings.
CAME_IN = "person:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """By client, the newest mention of the last digest, and of this one; one not known goes by time."""

    after: Mapping[str, int] = field(default_factory=dict)
    up_to: Mapping[str, int] = field(default_factory=dict)

    def period(self, client_id: str, *, since: datetime, until: datetime) -> Period:
        """What is told of one client."""
        return Period(since=since, until=until, after=self.after.get(client_id), up_to=self.up_to.get(client_id))


_UNKNOWN = Marks()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What a digest that is due covers."""

    due: DueDigest
    since: datetime
    until: datetime
    #: By client, the newest mention of the last digest.
    told: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A digest to send, and how far it goes."""

    message: Message
    newest: Mapping[str, int]
    failed: tuple[Client, ...]
    #: Of all clients, by number.
    stories: tuple[int, ...]

    def marks(self, told: Mapping[str, int]) -> Mapping[str, int]:
        """How far each client was told: where its part failed, as far as before."""
        failed = {client.id for client in self.failed}
        before = {client_id: mark for client_id, mark in told.items() if client_id in failed}
        return {client_id: mark for client_id, mark in self.newest.items() if client_id not in failed} | before


def digest(house: House) -> int:
    """Enqueues every digest that is due; how many. Raises StoreError, and the last fault when one could not be made."""
    faults: list[Exception] = []
    sent = 0
    for person in house.installation.people:
        with excused(faults, "digest not made", person=person.id):
            sent += _if_due(house, person) if person.serves else 0
    if faults:
        raise faults[-1]
    return sent


def hour(house: House, person: Person) -> tuple[time, str]:
    """When this person's digest leaves, and the zone of that hour: staff have their own, others their client's."""
    if person.staff:
        return person.digest_at, person.zone
    served = (client for client in house.installation.clients if client.id in person.serves)
    return next(((client.digest_at, client.zone) for client in served), (person.digest_at, person.zone))


def compose(
    conn: Connection,
    house: House,
    person: Person,
    *,
    day: date,
    since: datetime,
    until: datetime,
    due: datetime | None = None,
    marks: Marks = _UNKNOWN,
    without: Sequence[Client] = (),
) -> Digest:
    """This person's digest of a period; the clients in `without` are only named."""
    served = _served(house, person)
    days = [
        clientday.read(
            conn,
            client,
            person,
            period=marks.period(client.id, since=since, until=until),
            whole=not house.unread,
        )
        for client in served
        if client not in without
    ]
    composed = contents.compose(person, days, local_date=day, since=since, until=until, due=due)
    return replace(
        composed,
        failed=tuple(client for client in served if client in without),
        spent=() if house.unread else paged.used_up(conn, person, now=until),
    )


def _served(house: House, person: Person) -> Sequence[Client]:
    return [house.roster.clients[c] for c in sorted(person.serves) if c in house.roster.clients]


def enqueue(
    house: House, person: Person, message: Message, *, key: str, channels: Sequence[Channel] | None = None
) -> Sequence[Notification]:
    """The notifications that carry a calm message to each of a person's digest channels, or to those given."""
    now = house.clock.now()
    return [
        Notification(
            key=f"{key}.{person.id}.{channel.id}",
            person_id=person.id,
            channel_id=channel.id,
            client_id=message.client_id,
            message=message,
            created=now,
            due=now,
            expires=now + LASTS,
        )
        for channel in (digest_channels(person) if channels is None else channels)
    ]


def _if_due(house: House, person: Person) -> int:
    now = house.clock.now()
    at, zone = hour(house, person)
    with house.store.reading() as conn:
        last = digests.last(conn, person.id, DigestKind.MORNING)
        told = digests.marks(conn, person.id, DigestKind.MORNING)
        welcomed = flags.get(conn, CAME_IN + person.id)
        came_in = _came_in(conn, person, welcomed[1] if welcomed else None)
    due = digest_due(now, at=at, zone=zone, last=last[0] if last else None, since=came_in)
    if due is None:
        return 0
    first = min(now - FIRST_PERIOD, welcomed[1] if welcomed else now)
    part = _Part(due=due, since=last[1] if last else first, until=now, told=told)
    made = _made(house, person, part)
    with house.store.writing() as tx:
        claimed = digests.claim(
            tx, who=person.id, kind=DigestKind.MORNING, day=due.local_date, at=now, marks=made.marks(told)
        )
        if not claimed:
            return 0
        if not house.unread:
            outbox.enqueue(tx, enqueue(house, person, made.message, key=f"digest.{due.local_date}"))
        _note_failed(tx, person, made.failed, now=now)
    house.watcher(Digested(person_id=person.id, at=now, day=due.local_date, stories=made.stories))
    return 1


def _note_failed(tx: Connection, person: Person, failed: Sequence[Client], *, now: datetime) -> None:
    for client in failed:
        flags.put(tx, f"{TROUBLE}{client.id}", "digest", at=now)
    for name in (f"{TROUBLE}{client_id}" for client_id in person.serves - {client.id for client in failed}):
        if flags.get(tx, name):
            flags.delete(tx, name)


def _came_in(conn: Connection, person: Person, welcomed: datetime | None) -> datetime | None:
    """When the person, and the first of their clients, were both in the settings."""
    states = (clients.state(conn, client_id) for client_id in person.serves)
    first = min((state.first_seen for state in states if state.first_seen), default=None)
    return max((each for each in (first, welcomed) if each), default=None)


def _made(house: House, person: Person, part: _Part) -> _Made:
    """The digest; clients whose part cannot be made are left out of it, and named."""
    try:
        return _make(house, person, part)
    except StoreError:
        raise
    except Exception:  # noqa: BLE001 - whose data are at fault is found by trying each client alone
        failed = [client for client in _served(house, person) if not _stands_alone(house, person, client, part)]
        return _make(house, person, part, without=failed)


def _stands_alone(house: House, person: Person, client: Client, part: _Part) -> bool:
    faults: list[Exception] = []
    with excused(faults, "client left out of the digest", client=client.id):
        _make(house, replace(person, serves=frozenset((client.id,))), part)
    return not faults


def _make(house: House, person: Person, part: _Part, *, without: Sequence[Client] = ()) -> _Made:
    """One snapshot: what the marks say is in the digest is what was read for it."""
    with house.store.reading() as conn:
        newest = {client.id: periods.mark(conn, client.id) for client in _served(house, person)}
        composed = compose(
            conn,
            house,
            person,
            day=part.due.local_date,
            since=part.since,
            until=part.until,
            due=part.due.due if part.due.late else None,
            marks=Marks(after=part.told, up_to=newest),
            without=without,
        )
    public_url = house.installation.public_url
    message = house.renderer.digest_message(composed, person=person, public_url=public_url, now=part.until)
    told = tuple(line.story.id for section in composed.sections for line in section.stories)
    return _Made(message=message, newest=newest, failed=tuple(without), stories=told)
