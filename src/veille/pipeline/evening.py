"""The evening look: what nobody answered today, once more before the night; nothing leaves when nothing waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from veille.alerting.recipients import digest_channels
from veille.analysis import following
from veille.model.alert import Reason
from veille.model.digest import DigestKind, EveningLook, Waiting
from veille.model.mention import Mention
from veille.model.person import Person
from veille.model.watch import Client
from veille.pipeline.digest import enqueue
from veille.pipeline.house import House
from veille.pipeline.trouble import TROUBLE, excused
from veille.store import Connection, decisions, digests, flags, mentions, outbox
from veille.timing.hours import DueDigest, digest_due, local_midnight

#: After so long it is no look before the night any more.
LASTS = timedelta(hours=1)

#: Mentions of one day that are read for one client.
_MOST = 500

#: A crisis that was told is in hand: its questions are the crisis.
_IN_HAND = frozenset(
    {
        Reason.SPIKE_STARTED,
        Reason.SPIKE_OVER,
        Reason.PART_OF_SPIKE,
        Reason.NATIONAL_PRESS,
        Reason.PRESS_ENQUIRY,
        Reason.STATEMENT_DENIED,
    }
)


def evening(house: House) -> int:
    """Enqueues every evening look that is due and has something to say; how many. Raises StoreError."""
    sent = 0
    faults: list[Exception] = []
    for person in house.installation.people:
        for (at, zone), clients in _hours(house, person):
            with excused(faults, "evening look not made", person=person.id):
                sent += _if_due(house, person, clients, at=at, zone=zone)
    if faults:
        raise faults[-1]
    return sent


def _hours(house: House, person: Person) -> Iterator[tuple[tuple[time, str], list[Client]]]:
    """The clients a person serves, by the hour and the zone of their evening look."""
    found: dict[tuple[time, str], list[Client]] = {}
    for client in house.installation.clients:
        if client.id in person.serves and client.evening_at is not None and digest_channels(person):
            found.setdefault((client.evening_at, client.zone), []).append(client)
    yield from found.items()


def _if_due(house: House, person: Person, clients: Sequence[Client], *, at: time, zone: str) -> int:
    now = house.clock.now()
    who = f"{person.id} {at:%H:%M} {zone}"
    with house.store.reading() as conn:
        last = digests.last(conn, who, DigestKind.EVENING)
    due = digest_due(now, at=at, zone=zone, last=last[0] if last else None)
    if due is None:
        return 0
    late = now - due.due > LASTS
    looks, failed = ([], []) if late else _looks(house, clients, now=now)
    with house.store.writing() as tx:
        for client in failed:
            flags.put(tx, f"{TROUBLE}{client.id}", "evening", at=now)
    return _tell(house, person, looks, who=who, due=due, zone=zone)


def _tell(house: House, person: Person, looks: Sequence[EveningLook], *, who: str, due: DueDigest, zone: str) -> int:
    """Claims the evening, told or not: it is looked at once."""
    now = house.clock.now()
    with house.store.writing() as tx:
        if not digests.claim(tx, who=who, kind=DigestKind.EVENING, day=due.local_date, at=now) or not looks:
            return 0
        message = house.renderer.evening_message(looks, person=person, day=due.local_date, zone=zone, now=now)
        outbox.enqueue(tx, enqueue(house, person, message, key=f"evening.{due.local_date}.{at_of(who)}"))
    return 1


def at_of(who: str) -> str:
    """What tells two evenings of one person apart in a key."""
    return who.partition(" ")[2].replace(" ", ".")


def _looks(house: House, clients: Sequence[Client], *, now: datetime) -> tuple[list[EveningLook], list[Client]]:
    """What waits for each client that has something, and the clients whose data cannot be read."""
    found, failed = [], []
    for client in clients:
        faults: list[Exception] = []
        with excused(faults, "client left out of the evening look", client=client.id), house.store.reading() as conn:
            found.append(EveningLook(client=client, waiting=waiting(conn, client, now=now)))
        failed += [client] if faults else []
    return [look for look in found if look.waiting], failed


def waiting(conn: Connection, client: Client, *, now: datetime) -> tuple[Waiting, ...]:
    """The client's questions of today that nobody answered, a crisis in hand apart; the most urgent first."""
    since = local_midnight(now, client.zone)
    today = mentions.recent(conn, client.id, since=since, limit=_MOST)
    last = decisions.latest_of_stories(conn, sorted({m.story_id for m in today}))
    in_hand = {number for number, (decision, _) in last.items() if decision.reason in _IN_HAND}
    asked = [m for m in today if m.story_id not in in_hand]
    open_ = following.unanswered(asked, mentions.own(conn, client.id, since=since), today)
    return tuple(_waiting(mention) for mention in open_)


def _waiting(mention: Mention) -> Waiting:
    return Waiting(mention=mention, due=following.due(f"{mention.title} {mention.text}"))
