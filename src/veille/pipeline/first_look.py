"""The one message after a client's first polls: what is watched, what the past holds, what is rising."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from veille.alerting.digest import first_look as compose
from veille.analysis.words import cooccurring
from veille.model.digest import FirstLook, Health
from veille.model.watch import Client
from veille.pipeline import health
from veille.pipeline.clientday import DAYS
from veille.pipeline.digest import enqueue
from veille.pipeline.house import House
from veille.pipeline.rematch import rematch
from veille.pipeline.trouble import excused
from veille.store import Connection, clients, outbox, sources, stories, volumes
from veille.timing.hours import local_day

#: How far the first look looks back.
BACK = timedelta(days=30)

#: What was seen just now belongs to the look.
_THIS_MOMENT = timedelta(seconds=1)

#: Stories read to choose five from.
_STORIES = 500


def first_look(house: House) -> int:
    """Enqueues the first look of each client whose sources were all asked; how many.

    Raises StoreError, and the last fault when one could not be made.
    """
    faults: list[Exception] = []
    made = 0
    for client in house.roster.clients.values():
        with excused(faults, "first look not made", client=client.id):
            made += _if_ready(house, client) if client.sources else 0
    if faults:
        raise faults[-1]
    return made


def look(conn: Connection, house: House, client: Client) -> FirstLook:
    """What a first look would say now."""
    now = house.clock.now()
    found = stories.stories(conn, stories.newest(conn, client.id, since=now - BACK, limit=_STORIES))
    texts = [f"{m.title} {m.text}" for story in found for m in story.mentions if not m.own]
    composed = compose(
        client,
        at=now,
        sources=health.of_client(conn, client, now=now),
        stories=found,
        words=cooccurring(texts, [watch.query for watch in client.watches]),
        days=volumes.daily(conn, client.id, zone=client.zone, until=local_day(now, client.zone), days=DAYS),
    )
    return replace(composed, mentions=volumes.seen(conn, client.id, since=now - BACK, until=now + _THIS_MOMENT))


def _if_ready(house: House, client: Client) -> int:
    now = house.clock.now()
    with house.store.reading() as conn:
        if clients.state(conn, client.id).first_look is not None or not _all_asked(conn, house, client):
            return 0
        shared = sources.asked_before(conn, client.id)
    if shared:
        # What a source gave before this client asked for it was never matched for it.
        rematch(house.store, client, public_url=house.installation.public_url, now=now)
    with house.store.reading() as conn:
        facts = look(conn, house, client)
    return _tell(house, client, facts)


def _tell(house: House, client: Client, facts: FirstLook) -> int:
    notifications = [
        notification
        for person in house.installation.serving(client.id)
        for notification in enqueue(
            house,
            person,
            house.renderer.first_look_message(facts, person=person),
            key=f"first-look.{client.id}",
        )
    ]
    with house.store.writing() as tx:
        first = clients.first_look_told(tx, client.id, at=facts.at)
        if first:
            outbox.enqueue(tx, notifications)
    return int(first)


def _all_asked(conn: Connection, house: House, client: Client) -> bool:
    found = health.of_client(conn, client, now=house.clock.now())
    return bool(found) and all(source.health is not Health.NEW for source in found)
