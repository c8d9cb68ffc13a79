"""The outbox: claimed once, settled with a receipt, nothing lost, at most one repeat."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from kit_store import HOUR, MINUTE, NOW, a_notification, a_receipt
from sqlalchemy import Connection

from veille.model.message import Notification, NotificationState, Result
from veille.store import outbox
from veille.store.engine import Store


def claim(tx: Connection, now: datetime = NOW, owner: str = "me", limit: int = 10) -> tuple[Notification, ...]:
    """What may leave now, for five minutes."""
    return outbox.claim(tx, now=now, owner=owner, lease=5 * MINUTE, limit=limit)


def test_a_notification_leaves_as_it_was_put_in(store: Store) -> None:
    """Message, pictures and all; the same key twice is one."""
    note = a_notification(alert_id=7)
    with store.writing() as tx:
        assert outbox.enqueue(tx, [note, note]) == 1
        assert outbox.enqueue(tx, [note]) == 0
        assert outbox.enqueue(tx, []) == 0
        (claimed,) = claim(tx)
        assert claimed == replace(note, id=claimed.id, state=NotificationState.CLAIMED)
        assert claim(tx) == ()
        assert outbox.find(tx, note.key).id == claimed.id
        with pytest.raises(KeyError):
            outbox.find(tx, "none")


def test_sent_is_settled_for_good(store: Store) -> None:
    """With the receipt of the attempt."""
    with store.writing() as tx:
        outbox.enqueue(tx, [a_notification()])
        (claimed,) = claim(tx)
        receipt = a_receipt(claimed.id)
        outbox.settle(tx, claimed.id, receipt, next_due=None, state=NotificationState.SENT)
        assert outbox.receipts(tx, claimed.id) == (receipt,)
        assert outbox.waiting(tx) == ()
        assert claim(tx, NOW + HOUR) == ()
        assert outbox.find(tx, claimed.key).attempts == 1


@pytest.mark.parametrize(
    ("result", "repeat"),
    [
        pytest.param(Result.TEMPORARY, False, id="refused for now: it did not arrive"),
        pytest.param(Result.UNKNOWN, True, id="cut after the text: it may have arrived"),
    ],
)
def test_what_failed_for_now_is_tried_again_when_due(store: Store, result: Result, repeat: bool) -> None:
    """A retry a minute later, with the same key."""
    with store.writing() as tx:
        outbox.enqueue(tx, [a_notification()])
        (first,) = claim(tx)
        outbox.settle(tx, first.id, a_receipt(first.id, result), next_due=NOW + MINUTE, state=NotificationState.WAITING)
        assert claim(tx) == ()
        (second,) = claim(tx, NOW + MINUTE)
        assert (second.key, second.attempts, second.possible_repeat) == (first.key, 1, repeat)


def test_what_a_dead_process_had_claimed_comes_back_as_a_possible_repeat(store: Store) -> None:
    """Killed between the claim and the receipt."""
    with store.writing() as tx:
        outbox.enqueue(tx, [a_notification()])
        assert claim(tx, owner="dead")[0].possible_repeat is False
        assert claim(tx, NOW + 4 * MINUTE) == ()
        (again,) = claim(tx, NOW + 5 * MINUTE)
        assert (again.possible_repeat, again.attempts) == (True, 1)


def test_what_a_stopping_process_gives_back_is_no_repeat(store: Store) -> None:
    """SIGTERM before the send began."""
    with store.writing() as tx:
        outbox.enqueue(tx, [a_notification()])
        claim(tx, owner="stops")
        outbox.release(tx, "stops")
        assert claim(tx)[0].possible_repeat is False


def test_a_channel_has_one_in_flight_and_keeps_the_order(store: Store) -> None:
    """Three for one channel, one for another of the same person."""
    notes = [a_notification(f"m{n}", due=NOW - n * MINUTE) for n in range(3)]
    with store.writing() as tx:
        outbox.enqueue(tx, [*notes, a_notification("s0", channel="sms")])
        assert [each.key for each in claim(tx)] == ["m2", "s0"]
        assert claim(tx) == ()
        (sent,) = (each for each in outbox.waiting(tx) if each.key == "m2")
        outbox.settle(tx, sent.id, a_receipt(sent.id), next_due=None, state=NotificationState.SENT)
        assert [each.key for each in claim(tx)] == ["m1"]


def test_a_dead_channel_holds_what_it_has_until_it_is_revived(store: Store) -> None:
    """The other channels go on."""
    with store.writing() as tx:
        outbox.enqueue(tx, [a_notification("m"), a_notification("s", channel="sms")])
        outbox.mark_dead(tx, "lea", "mail", "550 no such user", NOW)
        outbox.mark_dead(tx, "lea", "mail", "550 still", NOW)
        assert outbox.dead_channels(tx) == (("lea", "mail", "550 still"),)
        assert [each.key for each in claim(tx)] == ["s"]
        assert outbox.revive(tx, "lea", "mail") is True
        assert outbox.revive(tx, "lea", "mail") is False
        assert [each.key for each in claim(tx)] == ["m"]


def test_what_is_too_late_is_dropped_and_said(store: Store) -> None:
    """Expired while waiting; expired in flight is left to its owner until the lease ends."""
    with store.writing() as tx:
        outbox.enqueue(tx, [a_notification("w"), a_notification("f", channel="sms")])
        outbox.claim(tx, now=NOW + 58 * MINUTE, owner="me", lease=5 * MINUTE, limit=1)
        assert claim(tx, NOW + HOUR) == ()
        assert len(outbox.expire(tx, NOW + HOUR)) == 1
        (late,) = outbox.expire(tx, NOW + 63 * MINUTE)
        assert late.state is NotificationState.DROPPED


def test_what_waits_for_a_client_or_a_channel_that_is_gone_is_dropped(store: Store) -> None:
    """What is in flight is not."""
    notes = [a_notification("a"), a_notification("b", client_id="lys"), a_notification("c", channel="sms")]
    with store.writing() as tx:
        outbox.enqueue(tx, notes)
        assert [n.key for n in outbox.drop(tx, reason="archived", client_id="lys")] == ["b"]
        assert [n.key for n in outbox.drop(tx, reason="no_one_to_tell", channel=("lea", "sms"))] == ["c"]
        claim(tx)
        assert outbox.drop(tx, reason="archived", client_id="floreal") == ()


def test_not_before_its_time(store: Store) -> None:
    """Quiet hours hold it."""
    with store.writing() as tx:
        outbox.enqueue(tx, [a_notification(due=NOW + MINUTE)])
        assert claim(tx) == ()
        assert len(claim(tx, NOW + MINUTE)) == 1
