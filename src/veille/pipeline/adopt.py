"""Puts a set of settings in force: its text kept, its sources known, what it dropped archived."""

from __future__ import annotations

from collections import defaultdict

import structlog

from veille.model.message import Notification
from veille.pipeline import authors, feedback
from veille.pipeline.digest import CAME_IN
from veille.pipeline.house import House
from veille.store import Connection, clients, flags, outbox, settings_sets, sources

log = structlog.get_logger()

#: The flag that says whom a person serves: client ids.
_SERVES = "serves:"

#: Messages that hold parts of several clients: written with the rights of their moment, and never sent with fewer.
_OF_SEVERAL = frozenset({"digest", "missed"})


def adopt(house: House) -> bool:
    """Whether these settings differ from those in force before. Raises StoreError."""
    now, installed = house.clock.now(), house.installation
    with house.store.writing() as tx:
        changed = settings_sets.remember(tx, installed.fingerprint, installed.text, now=now)
        clients.welcome(tx, house.roster.clients, now=now)
        _welcome(tx, house)
        feedback.welcome(tx, house.installation.clients, now=now)
        authors.settle(tx, house.installation.clients, now=now)
        sources.sync(tx, house.roster.sources(), now=now)
        _drop_unwanted(tx, house, shrunk=_note_rights(tx, house))
    return changed


def _welcome(tx: Connection, house: House) -> None:
    """Note when each person came in: their first digest looks back to it, however late it leaves."""
    known = flags.names(tx, prefix=CAME_IN)
    for person in house.installation.people:
        if CAME_IN + person.id not in known:
            flags.put(tx, CAME_IN + person.id, at=house.clock.now())


def _note_rights(tx: Connection, house: House) -> frozenset[str]:
    """Keep whom each person serves; the persons who served someone whom they serve no more."""
    shrunk: set[str] = set()
    for person in house.installation.people:
        before = flags.get(tx, _SERVES + person.id)
        rights = ",".join(sorted(person.serves))
        if before and set(before[0].split(",")) - {"", *person.serves}:
            shrunk.add(person.id)
        if before is None or before[0] != rights:
            flags.put(tx, _SERVES + person.id, rights, at=house.clock.now())
    return frozenset(shrunk)


def _drop_unwanted(tx: Connection, house: House, *, shrunk: frozenset[str]) -> None:
    """What waits for someone, or about a client, that the settings no longer name."""
    unwanted: defaultdict[str, list[int]] = defaultdict(list)
    for notification in outbox.waiting(tx):
        if reason := _unwanted(house, notification, shrunk):
            unwanted[reason].append(notification.id)
    for reason, ids in unwanted.items():
        dropped = outbox.drop_ids(tx, ids, reason=reason)
        log.warning("messages dropped", reason=reason, number=len(dropped))


def _unwanted(house: House, notification: Notification, shrunk: frozenset[str]) -> str:
    person = next((p for p in house.installation.people if p.id == notification.person_id), None)
    client_id = notification.client_id
    if person is None:
        return "person removed"
    if all(channel.id != notification.channel_id for channel in person.channels):
        return "channel removed"
    if client_id and client_id not in house.roster.clients:
        return "client removed"
    if person.id in shrunk and not client_id and notification.message.kind in _OF_SEVERAL:
        return "person serves fewer clients"
    return "person serves the client no more" if client_id and client_id not in person.serves else ""
