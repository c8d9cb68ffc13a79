"""Sends what is due: claim, then send and settle each in a thread, one at a time for each kind of channel.

The receipt is written after the send: killed between the two, the same notification is sent again with
the same key, marked as a possible repeat, rather than lost. What one kind sends next waits for that receipt,
so that at most the one in flight can go twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future, wait
from datetime import datetime, timedelta
from threading import Lock
from time import monotonic
from traceback import extract_tb

import structlog

from veille.errors import ChannelError
from veille.model.message import Notification, NotificationState, Outcome, Receipt, Result
from veille.model.person import Channel, Person
from veille.pipeline import missed
from veille.pipeline.events import Sent
from veille.pipeline.house import LEASE, House
from veille.store import Connection, deadchannels, flags, outages, outbox
from veille.timing.cadence import next_attempt

log = structlog.get_logger()

BATCH = 20

#: The flag that `veille pause` sets.
PAUSED = "paused"

#: How long sends under way may still end once the process is asked to end: 20 x 0.2 s.
_GRACES = 20
_GRACE_STEP = 0.2

#: What a send that outlives its process comes to: it may arrive, or not.
_INTERRUPTED = Outcome(result=Result.UNKNOWN, detail="interrupted: veille was stopped")

_Attempts = Mapping[Future[None], Notification]


def deliver(house: House) -> int:
    """Sends one batch of due notifications; how many were attempted. Raises StoreError."""
    now = house.clock.now()
    with house.store.writing() as tx:
        if flags.get(tx, PAUSED) is not None:
            return 0
        expired = outbox.expire(tx, now)
        claimed = outbox.claim(tx, now=now, owner=house.owner, lease=LEASE, limit=BATCH)
    for lost in expired:
        log.error("notification expired", key=lost.key, person=lost.person_id, channel=lost.channel_id)
    _wait(house, {house.senders.submit(_send_and_settle, house, one): one for one in claimed})
    return len(claimed)


def send(house: House, notification: Notification) -> Outcome:
    """One attempt, whatever happens: a channel that breaks is an outcome, not an exception."""
    person, channel = _addressee(house, notification)
    if person is None or channel is None:
        return Outcome(result=Result.PERMANENT, detail="this channel is no longer configured")
    if notification.client_id and notification.client_id not in person.serves:
        return Outcome(result=Result.PERMANENT, detail="this person serves the client no more")
    try:
        return house.notifier(channel.kind).send(
            channel,
            notification.message,
            key=notification.key,
            possible_repeat=notification.possible_repeat,
        )
    except ChannelError as error:
        return Outcome(result=Result.PERMANENT, detail=str(error), channel_dead=True)
    except Exception as error:  # noqa: BLE001 - one channel's fault must not leave the others unsettled
        # Its words may hold the address, which is a secret: only its name and its place are told.
        place = extract_tb(error.__traceback__)[-1]
        log.error("channel broke", kind=channel.kind, error=type(error).__name__, at=f"{place.filename}:{place.lineno}")
        return Outcome(result=Result.UNKNOWN, detail=f"a fault of ours: {type(error).__name__}")


def _addressee(house: House, notification: Notification) -> tuple[Person | None, Channel | None]:
    """The person and the channel as configured now; None for what is gone."""
    person = next((p for p in house.installation.people if p.id == notification.person_id), None)
    channels = person.channels if person else ()
    return person, next((c for c in channels if c.id == notification.channel_id), None)


def _send_and_settle(house: House, notification: Notification) -> None:
    _, channel = _addressee(house, notification)
    with house.lanes.setdefault(channel.kind if channel else "", Lock()):
        if house.stopping.is_set():
            return
        began = monotonic()
        outcome = send(house, notification)
        _settle(house, notification, outcome, monotonic() - began)


def _wait(house: House, attempts: _Attempts) -> None:
    """Until all are settled; a receipt that cannot be written keeps none of the others from being written.

    Once stopping, what was not begun is left, and what does not end within the grace may have arrived.
    """
    pending, graces = set(attempts), _GRACES
    while pending and graces:
        _, pending = wait(pending, timeout=_GRACE_STEP)
        if house.stopping.is_set():
            pending = {future for future in pending if not future.cancel()}
            graces -= 1
    for future in pending:
        _settle(house, attempts[future], _INTERRUPTED, _GRACES * _GRACE_STEP)
    failures = [future.exception() for future in attempts if future not in pending and not future.cancelled()]
    for failure in filter(None, failures):
        raise failure


def _settle(house: House, notification: Notification, outcome: Outcome, took: float) -> None:
    now = house.clock.now()
    state, due = _next(house, notification, outcome, now)
    receipt = Receipt(
        notification_id=notification.id,
        at=now,
        attempt=notification.attempts + 1,
        outcome=outcome,
        took=timedelta(seconds=took),
    )
    with house.store.writing() as tx:
        _account(tx, house, notification, outcome, due, now)
        outbox.settle(tx, notification.id, receipt, next_due=due, state=state)
    house.watcher(Sent(notification=notification, at=now, outcome=outcome))
    _say(notification, outcome)


def _account(
    tx: Connection,
    house: House,
    notification: Notification,
    outcome: Outcome,
    due: datetime | None,
    now: datetime,
) -> None:
    """What an outcome means for the channel, beyond this one message. Before the receipt is written."""
    channel = (notification.person_id, notification.channel_id)
    if outcome.channel_dead:
        deadchannels.mark_dead(tx, *channel, outcome.detail, now)
    if due is not None and outcome is not _INTERRUPTED:
        outages.hold_back(tx, channel, until=due)
    if outcome.result is not Result.SENT:
        return
    outage, (person, _) = outages.outage(tx, channel), _addressee(house, notification)
    if outage and person:
        missed.catch_up(tx, house, person, notification, since=outage.first)


def _say(notification: Notification, outcome: Outcome) -> None:
    if outcome.result is Result.SENT:
        return
    say = log.error if outcome.channel_dead else log.warning
    say(
        "not sent",
        key=notification.key,
        channel=notification.channel_id,
        result=outcome.result,
        detail=outcome.detail,
        channel_dead=outcome.channel_dead,
    )


def _next(
    house: House, notification: Notification, outcome: Outcome, now: datetime
) -> tuple[NotificationState, datetime | None]:
    """What becomes of it; one that would be tried after its time waits to expire, which is told."""
    if outcome.result is Result.SENT:
        return NotificationState.SENT, None
    if outcome.result is Result.PERMANENT or _must_not_repeat(house, notification, outcome):
        return NotificationState.FAILED, None
    if outcome is _INTERRUPTED:
        return NotificationState.WAITING, now
    due = next_attempt(notification.attempts + 1, now=now, retry_after=outcome.retry_after, jitter=house.dice.jitter())
    return NotificationState.WAITING, due


def _must_not_repeat(house: House, notification: Notification, outcome: Outcome) -> bool:
    """A text message that may have arrived is not paid for and sent twice."""
    _, channel = _addressee(house, notification)
    return outcome.result is Result.UNKNOWN and channel is not None and not house.notifier(channel.kind).repeats
