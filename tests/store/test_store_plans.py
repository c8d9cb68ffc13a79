"""The hot questions are answered from indices: SQLite says how it would go about each of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from kit_store import DAY, MINUTE, NOW, a_notification, a_receipt, mentioned, synced
from sqlalchemy import Connection, event

from veille.model.digest import Period
from veille.model.exchange import PollState
from veille.model.installation import Retention
from veille.model.message import NotificationState
from veille.store import (
    alerts,
    authors,
    decisions,
    deliveries,
    entries,
    health,
    mentions,
    outbox,
    past,
    periods,
    placing,
    prune,
    rewatch,
    sources,
    spikes,
    stories,
    volumes,
)
from veille.store.engine import Store
from veille.store.entries import Kept

#: Tables that grow with what is published or told: none may be read from one end to the other.
BIG = (
    "entry",
    "mention",
    "mention_watch",
    "story",
    "decision",
    "alert",
    "notification",
    "receipt",
    "source",
    "word_use",
)

#: This index holds only what waits to be judged: reading it through is reading the queue.
QUEUE = "USING INDEX ix_mention_unjudged"

LOOKUP = placing.Lookup(canonical="https://press.example/1", title_key=1, sketch=(10, 11), author="a", site="s")

PERIOD = Period(since=NOW - DAY, until=NOW)

QUESTIONS: dict[str, Callable[[Connection], object]] = {
    "claim due sources": lambda tx: sources.claim_due(tx, now=NOW, owner="me", lease=MINUTE, limit=10),
    "save a poll state": lambda tx: sources.save_states(tx, [(1, PollState(next_poll=NOW))]),
    "next due source": sources.next_due,
    "health of a client": lambda tx: health.health(tx, "floreal", now=NOW),
    "known entries": lambda tx: entries.known(tx, 1, ["a", "b"]),
    "unmatched entries": lambda tx: entries.unmatched(tx, [1], since=NOW),
    "stored entries": lambda tx: list(past.pages(tx, [1, 2], Kept.WHOLE, since=NOW - DAY)),
    "how mentions stand": lambda tx: rewatch.standings(tx, "floreal", [1, 2]),
    "other watches": lambda tx: rewatch.detach(tx, [1, 2], at=NOW),
    "candidates": lambda tx: mentions.candidates(tx, "floreal", [LOOKUP], since=NOW - DAY),
    "earlier posts": lambda tx: authors.earlier(tx, "floreal", [("Claire Roux", "forum.example")], since=NOW - DAY),
    "add mentions": lambda tx: mentioned(tx, 1, 2),
    "mentions to judge": lambda tx: mentions.unassessed(tx, limit=10),
    "mark as judged": lambda tx: mentions.mark_assessed(tx, [1, 2], at=NOW),
    "recent mentions": lambda tx: mentions.recent(tx, "floreal", since=NOW - DAY, watch="brand"),
    "stories": lambda tx: stories.stories(tx, [1, 2, 3]),
    "stories with news": lambda tx: stories.news(tx, "floreal", PERIOD, limit=9),
    "stories with later news": lambda tx: stories.news(tx, "floreal", replace(PERIOD, after=1, up_to=9), limit=9),
    "newest stories": lambda tx: stories.newest(tx, "floreal", since=NOW - DAY, limit=9),
    "edited stories": lambda tx: stories.edited(tx, "floreal", since=NOW - DAY, until=NOW),
    "newest mention": lambda tx: periods.mark(tx, "floreal"),
    "a usual day": lambda tx: volumes.usual_per_day(tx, "floreal", now=NOW),
    "lost alerts": lambda tx: deliveries.lost_stories(tx, "floreal", "lea", PERIOD),
    "volume of a watch": lambda tx: volumes.volume(tx, "floreal", "brand", now=NOW),
    "local days": lambda tx: volumes.daily(tx, "floreal", zone="Europe/Paris", until=date(2026, 11, 22)),
    "counts": lambda tx: volumes.counts(tx, "floreal", PERIOD),
    "decisions of a mention": lambda tx: decisions.of_mention(tx, 1),
    "last decisions of stories": lambda tx: decisions.latest_of_stories(tx, [1, 2]),
    "told of a story": lambda tx: alerts.told_of_story(tx, 1),
    "urgent alerts of the day": lambda tx: alerts.urgent_since(tx, "floreal", ["brand"], NOW),
    "active spike": lambda tx: spikes.active(tx, "floreal", "brand"),
    "spikes of a client": lambda tx: spikes.of_client(tx, "floreal"),
    "times of spikes": lambda tx: spikes.times(tx, "floreal", "brand", since=NOW - DAY),
    "alarms of a month": lambda tx: spikes.alarms(tx, "floreal", since=NOW - DAY),
    "what a watch saw since": lambda tx: volumes.arrivals(tx, "floreal", "brand", since=NOW - MINUTE, until=NOW),
    "when a watch spoke last": lambda tx: volumes.last_seen(tx, "floreal", "brand"),
    "claim notifications": lambda tx: outbox.claim(tx, now=NOW, owner="me", lease=MINUTE, limit=10),
    "enqueue": lambda tx: outbox.enqueue(tx, [a_notification()]),
    "settle": lambda tx: outbox.settle(tx, 1, a_receipt(1), next_due=None, state=NotificationState.SENT),
    "expire": lambda tx: outbox.expire(tx, NOW),
    "prune": lambda tx: prune.prune(tx, now=NOW + 100 * DAY, retention=Retention()),
}


@pytest.mark.parametrize("question", list(QUESTIONS))
def test_no_big_table_is_scanned(sqlite_store: Store, question: str) -> None:
    """Every statement of the question, explained."""
    row = synced(sqlite_store, "press")["press"]
    with sqlite_store.writing() as tx:
        if question != "add mentions":
            mentioned(tx, row, 5)
        outbox.enqueue(tx, [a_notification("first")])
    plans: list[str] = []

    def explain(conn: Connection, cursor: object, statement: str, parameters: Any, *_: object) -> None:
        first = parameters[0] if isinstance(parameters, list) and parameters else parameters
        plan = conn.connection.cursor()
        plan.execute(f"EXPLAIN QUERY PLAN {statement}", first)
        plans.extend(str(line[3]) for line in plan.fetchall())

    with sqlite_store.writing() as tx:
        event.listen(tx, "before_cursor_execute", explain)
        QUESTIONS[question](tx)
    assert plans or question in ("enqueue", "add mentions")
    scans = [plan for plan in plans if plan.startswith("SCAN") and plan.split()[1] in BIG]
    assert [scan for scan in scans if not scan.endswith(QUEUE)] == []


def test_the_number_of_questions_does_not_grow_with_the_page(store: Store) -> None:
    """A hundred lookups and a hundred mentions ask as much as two do; in SQLite, where asking is a call, the same."""
    rows = synced(store, "warm", "small", "large")

    def asked(row: int, number: int) -> list[object]:
        statements: list[object] = []
        with store.writing() as tx:
            event.listen(tx, "before_cursor_execute", lambda *given: statements.append(given[2]))
            mentions.candidates(tx, "floreal", [LOOKUP] * number, since=NOW - DAY)
            mentioned(tx, row, number)
            stories.stories(tx, range(1, number + 1))
        return statements

    asked(rows["warm"], 1)
    large, small = asked(rows["large"], 100), asked(rows["small"], 2)
    if store.dialect == "sqlite":
        large, small = sorted({*map(_shape, large)}), sorted({*map(_shape, small)})
    assert len(large) == len(small), [s for s in large if s not in small]


def _shape(statement: object) -> str:
    """The statement without how many values its lists hold."""
    return re.sub(r"(\?, )+\?", "?", str(statement))
