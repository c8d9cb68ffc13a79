"""What a channel could not carry while it was down: one message that names it, in place of all of it late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from veille.model.message import Notification
from veille.model.person import Person
from veille.pipeline.house import House
from veille.store import Connection, outages, outbox

log = structlog.get_logger()

#: An alert that waited longer is no news; the digest has the whole story.
STALE = timedelta(hours=1)

#: So few late alerts are sent as they are.
FEW = 3

#: How long the summary itself may wait.
LASTS = timedelta(days=2)

_KIND = "missed"
_ALERTS = frozenset({"alert", "spike_over"})


def catch_up(tx: Connection, house: House, person: Person, sent: Notification, *, since: datetime) -> None:
    """After the first message to pass since an outage began: drops what is late, and tells it in one message."""
    now, channel = house.clock.now(), (sent.person_id, sent.channel_id)
    lost = [*outages.expired_for(tx, channel, since=since), *_drop_late(tx, channel, now)]
    named = [(one.created, one.message.subject) for one in lost if _may_see(person, one)]
    if not named:
        return
    log.warning("messages missed", person=person.id, channel=sent.channel_id, number=len(named))
    message = house.renderer.missed_message(named, person=person, since=since, now=now)
    summary = Notification(
        key=f"{_KIND}.{house.dice.code()}.{person.id}.{sent.channel_id}",
        person_id=person.id,
        channel_id=sent.channel_id,
        client_id=message.client_id,
        message=message,
        created=now,
        due=now,
        expires=now + LASTS,
    )
    outbox.enqueue(tx, [summary])


def _drop_late(tx: Connection, channel: tuple[str, str], now: datetime) -> Sequence[Notification]:
    late = outages.waiting_for(tx, channel, before=now - STALE)
    alerts = [one.id for one in late if one.message.kind in _ALERTS]
    return outbox.drop_ids(tx, alerts, reason="too_late") if len(alerts) > FEW else ()


def _may_see(person: Person, one: Notification) -> bool:
    return one.message.kind != _KIND and (not one.client_id or one.client_id in person.serves)
