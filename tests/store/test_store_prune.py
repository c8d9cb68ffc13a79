"""Retention: what goes, when, and what stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from kit_store import DAY, HOUR, NOW, a_notification, a_receipt, mentioned, new_entry, synced
from sqlalchemy import Connection, func, select

from veille.model.alert import Action, Decision, Reason
from veille.model.installation import Retention
from veille.model.message import NotificationState
from veille.store import alerts, decisions, entries, outbox, schema
from veille.store.engine import Store
from veille.store.prune import KEYS_KEPT, Pruned, prune

KEEP = Retention(unmatched=7 * DAY, mentions=90 * DAY, receipts=90 * DAY)


def rows(conn: Connection, *tables: str) -> list[int]:
    """How many rows each table has."""
    return [
        conn.execute(select(func.count()).select_from(schema.metadata.tables[name])).scalar_one() for name in tables
    ]


def all_gone(store: Store, now: datetime, **own: timedelta) -> Pruned:
    """The first pass; the following ones leave nothing to do."""
    with store.writing() as tx:
        first = prune(tx, now=now, retention=KEEP, clients=own)
    for _ in range(5):
        with store.writing() as tx:
            prune(tx, now=now, retention=KEEP, clients=own)
    with store.writing() as tx:
        assert prune(tx, now=now, retention=KEEP, clients=own).total == 0
    return first


def test_what_concerned_nobody_is_emptied_and_still_recognised(store: Store) -> None:
    """A source that lists it still does not make it new again; long after, its key goes too."""
    row = synced(store, "press")["press"]
    with store.writing() as tx:
        entries.add(tx, row, [new_entry("old", matched=False)], seen=NOW)
        entries.add(tx, row, [new_entry("young", matched=False)], seen=NOW + DAY)
    assert all_gone(store, NOW + 7 * DAY + HOUR).unmatched == 1
    with store.reading() as conn:
        known = entries.known(conn, row, ["old", "young"])
        assert set(known) == {"old", "young"}
        assert entries.stored(conn, [known["old"].id])[known["old"].id].text == ""
        assert [each.key for each in entries.unmatched(conn, [row], since=NOW)] == ["young"]
    all_gone(store, NOW + KEYS_KEPT + 2 * DAY)
    with store.reading() as conn:
        assert rows(conn, "entry") == [0]


def test_mentions_go_with_all_that_hangs_on_them(store: Store) -> None:
    """Watches, sketches, stories, decisions, alerts; the entry's words too."""
    row = synced(store, "press")["press"]
    hold = Decision(action=Action.HOLD, reason=Reason.NOT_URGENT)
    with store.writing() as tx:
        numbers = mentioned(tx, row, 3)
        decisions.record(tx, client_id="floreal", story_id=1, mention_ids=numbers, decision=hold, at=NOW)
        alerts.add(
            tx, alerts.NewAlert(client_id="floreal", story_id=1, decision=hold, at=NOW, watches=("brand",), code="c")
        )
    tables = ("mention", "mention_watch", "story", "decision", "decision_mention", "alert")
    assert all_gone(store, NOW + 90 * DAY) == Pruned()
    first = all_gone(store, NOW + 90 * DAY + HOUR)
    assert (first.mentions, first.stories, first.decisions, first.alerts) == (3, 3, 1, 1)
    with store.reading() as conn:
        assert rows(conn, *tables) == [0] * len(tables)
        assert conn.execute(select(schema.entry.c.text)).scalars().all() == [""] * 3


def test_a_client_may_have_its_own_retention(store: Store) -> None:
    """One keeps 30 days, the other a year, of the same entry."""
    row = synced(store, "press")["press"]
    with store.writing() as tx:
        mentioned(tx, row, 1)
        mentioned(tx, row, 1, client_id="lys")
    assert all_gone(store, NOW + 31 * DAY, floreal=30 * DAY, lys=365 * DAY).mentions == 1
    with store.reading() as conn:
        assert conn.execute(select(schema.mention.c.client_id)).scalars().all() == ["lys"]
        assert conn.execute(select(schema.entry.c.text)).scalars().all() == ["Text"]


def test_settled_notifications_go_with_their_receipts_and_waiting_ones_stay(store: Store) -> None:
    """After the time receipts are kept."""
    with store.writing() as tx:
        outbox.enqueue(tx, [a_notification("sent"), a_notification("waits", channel="sms")])
        sent = outbox.find(tx, "sent")
        outbox.settle(tx, sent.id, a_receipt(sent.id), next_due=None, state=NotificationState.SENT)
    assert all_gone(store, NOW + 91 * DAY).notifications == 1
    with store.reading() as conn:
        assert rows(conn, "receipt") == [0]
        assert [each.key for each in outbox.waiting(conn)] == ["waits"]


def test_one_pass_is_short(store: Store) -> None:
    """At most so many rows of a kind, so that no writer waits long."""
    row = synced(store, "press")["press"]
    with store.writing() as tx:
        mentioned(tx, row, 30)
        first = prune(tx, now=NOW + 100 * DAY, retention=KEEP, limit=10)
        assert (first.mentions, first.entries) == (10, 10)
