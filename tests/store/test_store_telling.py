"""Decisions, alerts, spikes, digests, budgets, flags, settings and clients."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from kit_store import DAY, HOUR, MINUTE, NOW

from veille.errors import StoreError
from veille.model.alert import Action, Decision, Reason, Stage
from veille.model.digest import DigestKind
from veille.model.mention import Level
from veille.model.volume import Spike, SpikeState
from veille.store import alerts, budgets, clients, decisions, digests, flags, settings_sets, spikes
from veille.store.engine import Store

TELL = Decision(
    action=Action.TELL,
    reason=Reason.CRITICAL_MENTION,
    level=Level.CRITICAL,
    stage=Stage.MENTION,
    evidence=("fraud", "press"),
)
HOLD = Decision(action=Action.HOLD, reason=Reason.NOT_URGENT)
SPIKE = Spike(
    client_id="floreal",
    watch_id="brand",
    state=SpikeState.STARTED,
    at=NOW,
    started=NOW - HOUR,
    observed=12,
    expected=1.2,
    window_minutes=180,
    probability=1e-7,
    authors=9,
    sites=4,
    stories=(3, 1),
    negative=True,
)


def an_alert(code: str, **changes: Any) -> alerts.NewAlert:
    """An alert of story 1 for the brand watch."""
    values = {"client_id": "floreal", "story_id": 1, "decision": TELL, "at": NOW, "watches": ("brand",), "code": code}
    return alerts.NewAlert(**{**values, **changes})


def test_the_chain_of_decisions_about_a_mention(store: Store) -> None:
    """Held, then told with another; the last one of each story."""
    with store.writing() as tx:
        decisions.record(tx, client_id="floreal", story_id=1, mention_ids=[5], decision=HOLD, at=NOW)
        decisions.record(tx, client_id="floreal", story_id=1, mention_ids=[5, 6, 5], decision=TELL, at=NOW + MINUTE)
        decisions.record(tx, client_id="floreal", story_id=None, mention_ids=[], decision=HOLD, at=NOW)
        assert decisions.of_mention(tx, 5) == ((HOLD, NOW), (TELL, NOW + MINUTE))
        assert decisions.of_mention(tx, 7) == ()
        assert decisions.latest_of_stories(tx, [1, 2]) == {1: (TELL, NOW + MINUTE)}


def test_what_was_told_of_a_story_and_of_a_spike(store: Store) -> None:
    """One alert of each, found again."""
    with store.writing() as tx:
        first = alerts.add(tx, an_alert("7Kq2"))
        second = alerts.add(tx, an_alert("9Xz1", story_id=None, spike_id=4, at=NOW + HOUR))
        (told,) = alerts.told_of_story(tx, 1)
        assert (told.alert_id, told.stage, told.level, told.reason) == (first, TELL.stage, TELL.level, TELL.reason)
        assert [each.alert_id for each in alerts.told_of_spikes(tx, [4])] == [second]
        assert alerts.told_of_spikes(tx, [5]) == ()
        assert alerts.find(tx, "7Kq2") == alerts.find(tx, first)
        assert alerts.find(tx, first).decision == TELL
        assert [each.id for each in alerts.since(tx, "floreal", NOW)] == [first, second]
        with pytest.raises(KeyError):
            alerts.find(tx, "none")


def test_an_alert_code_is_never_given_twice(store: Store) -> None:
    """Nothing of that transaction is kept."""

    def twice() -> None:
        with store.writing() as tx:
            alerts.add(tx, an_alert("7Kq2"))
            alerts.add(tx, an_alert("7Kq2"))

    with pytest.raises(StoreError, match="code"):
        twice()
    with store.reading() as conn:
        assert alerts.since(conn, "floreal", NOW) == ()


def test_the_daily_allowance_counts_urgent_alerts_of_the_watches(store: Store) -> None:
    """Ends of spikes and summaries do not use it."""
    over = replace(TELL, reason=Reason.SPIKE_OVER)
    summary = replace(TELL, reason=Reason.OVER_BUDGET_SUMMARY)
    with store.writing() as tx:
        for code, change in (
            ("a", {}),
            ("b", {"watches": ("brand", "rival")}),
            ("c", {"decision": over}),
            ("d", {"at": NOW - DAY}),
            ("e", {"client_id": "lys"}),
        ):
            alerts.add(tx, an_alert(code, **change))
        assert alerts.urgent_since(tx, "floreal", ("brand",), NOW) == 2
        assert alerts.urgent_since(tx, "floreal", ("rival",), NOW) == 1
        assert alerts.summary_since(tx, "floreal", ("brand",), NOW) is False
        alerts.add(tx, an_alert("f", decision=summary))
        assert alerts.summary_since(tx, "floreal", ("brand",), NOW) is True
        assert alerts.urgent_since(tx, "floreal", ("brand",), NOW) == 2


def test_a_spike_lives_from_start_to_over(store: Store) -> None:
    """Every change is kept; the next start is another spike."""
    escalated = replace(SPIKE, state=SpikeState.ESCALATED, at=NOW + HOUR, observed=30)
    over = replace(SPIKE, state=SpikeState.OVER, at=NOW + 2 * HOUR)
    with store.writing() as tx:
        assert spikes.active(tx, "floreal", "brand") is None
        number = spikes.record(tx, SPIKE)
        assert spikes.active(tx, "floreal", "brand") == (number, SPIKE)
        assert spikes.active(tx, "floreal", "rival") is None
        assert spikes.record(tx, escalated) == number
        assert spikes.record(tx, over) == number
        assert spikes.active(tx, "floreal", "brand") is None
        assert spikes.history(tx, number) == (SPIKE, escalated, over)
        assert spikes.recent(tx, "floreal", since=NOW) == ((number, over),)
        assert spikes.record(tx, replace(SPIKE, at=NOW + DAY)) != number


def test_a_digest_is_told_once_a_local_date(store: Store) -> None:
    """Whatever the clock does."""
    sunday = date(2026, 11, 22)
    with store.writing() as tx:
        assert digests.last(tx, "lea", DigestKind.MORNING) is None
        assert digests.claim(tx, who="lea", kind=DigestKind.MORNING, day=sunday, at=NOW) is True
        assert digests.claim(tx, who="lea", kind=DigestKind.MORNING, day=sunday, at=NOW + HOUR) is False
        assert digests.claim(tx, who="lea", kind=DigestKind.OPERATOR, day=sunday, at=NOW) is True
        assert digests.last(tx, "lea", DigestKind.MORNING) == (sunday, NOW)


def test_a_budget_is_so_many_calls_a_window(store: Store) -> None:
    """Two an hour; the credential itself is nowhere."""

    def take(minutes: int, credential: str = "s3cret") -> bool:
        now = NOW + minutes * MINUTE
        return budgets.take(tx, service="sms", credential=credential, window=HOUR, limit=2, now=now)

    with store.writing() as tx:
        assert [take(0), take(1), take(59)] == [True, True, False]
        assert take(59, "other") is True
        assert [take(60), take(61), take(62)] == [True, True, False]
        assert budgets.take(tx, service="x", credential="", window=HOUR, limit=0, now=NOW) is False
        rows = tx.exec_driver_sql("SELECT * FROM rate_budget").all()
    assert "s3cret" not in repr(rows)


def test_flags_are_put_and_taken_away(store: Store) -> None:
    """Paused, with who and since when."""
    with store.writing() as tx:
        assert flags.get(tx, "paused") is None
        flags.put(tx, "paused", "by lea", at=NOW)
        flags.put(tx, "paused", "by bob", at=NOW + MINUTE)
        assert flags.get(tx, "paused") == ("by bob", NOW + MINUTE)
        assert (flags.delete(tx, "paused"), flags.delete(tx, "paused")) == (True, False)


def test_the_settings_in_force_at_a_time(store: Store) -> None:
    """Two sets, and back to the first."""
    with store.writing() as tx:
        assert settings_sets.remember(tx, "f1", "one", now=NOW) is True
        assert settings_sets.remember(tx, "f1", "one", now=NOW + MINUTE) is False
        assert settings_sets.remember(tx, "f2", "two", now=NOW + HOUR) is True
        assert settings_sets.remember(tx, "f1", "one", now=NOW + 2 * HOUR) is True
        found = [settings_sets.in_force(tx, NOW + n * MINUTE) for n in (-1, 0, 59, 60, 120)]
        assert [None if each is None else each.text for each in found] == [None, "one", "one", "two", "one"]


def test_a_client_s_first_look_is_told_once(store: Store) -> None:
    """And when it was first seen stays."""
    with store.writing() as tx:
        assert clients.state(tx, "floreal") == clients.ClientState()
        clients.welcome(tx, ["floreal", "lys"], now=NOW)
        clients.welcome(tx, ["floreal"], now=NOW + HOUR)
        assert clients.first_look_told(tx, "floreal", at=NOW + HOUR) is True
        assert clients.first_look_told(tx, "floreal", at=NOW + DAY) is False
        assert clients.state(tx, "floreal") == clients.ClientState(first_seen=NOW, first_look=NOW + HOUR)
