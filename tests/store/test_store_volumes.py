"""Counts: a watch's past, its arrivals, local days, and what is kept apart."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from kit_store import DAY, HOUR, MINUTE, NEW, NOW, new_entry, new_mention, synced

from veille.model.digest import Period
from veille.model.mention import Kinship, Match, Urgency, Verdict
from veille.model.volume import BAD_BAND, Past
from veille.store import entries, exclusions, mentions, volumes
from veille.store.engine import Store

CALM, ANGRY = Urgency(10), Urgency(60, tone=-0.5)
COPY = Verdict(kinship=Kinship.COPY, of=-1, story_id=-1)


def said(store: Store, *changes: dict[str, Any], since: datetime = NOW) -> None:
    """A client watched since then, with these mentions."""
    row = synced(store, "press", now=since)["press"]
    with store.writing() as tx:
        ids = entries.add(tx, row, [new_entry(str(n)) for n in range(len(changes))], seen=NOW)
        mentions.add_all(tx, [new_mention(ids[str(n)], **change) for n, change in enumerate(changes)])


def at(when: datetime, **more: Any) -> dict[str, Any]:
    """Published and seen then."""
    return {"published": when, "seen": when, **more}


def totals(past: Past) -> list[int]:
    """All mentions of each hour."""
    return [sum(hour) for hour in past.hours]


def test_the_past_is_hours_by_publication_and_the_day_is_arrivals_by_sight(store: Store) -> None:
    """Watched for 30 days: 28 days of hours; two an hour and a half before the day, one in it."""
    start = NOW - DAY
    said(store, at(start - MINUTE), at(start - 50 * MINUTE), at(start - 3 * HOUR), at(NOW - HOUR), since=NOW - 30 * DAY)
    with store.reading() as conn:
        volume = volumes.volume(conn, "floreal", "brand", now=NOW)
    assert (volume.past.until, len(volume.past.hours)) == (start, 28 * 24)
    assert totals(volume.past)[-3:] == [1, 0, 2]
    assert sum(totals(volume.past)) == 3
    assert [each.published for each in volume.arrivals] == [NOW - HOUR]


@pytest.mark.parametrize(
    ("change", "past", "arrivals"),
    [
        pytest.param(at(NOW - 2 * DAY), 1, 0, id="an ordinary past mention"),
        pytest.param(at(NOW - HOUR), 0, 1, id="an ordinary arrival"),
        pytest.param({"published": NOW - 30 * HOUR, "seen": NOW - HOUR}, 0, 1, id="seen late: an arrival only"),
        pytest.param({"published": NOW - 60 * HOUR, "seen": NOW - HOUR}, 0, 0, id="seen too late to be news"),
        pytest.param({"published": NOW - 60 * HOUR, "seen": NOW, "backlog": True}, 1, 0, id="a new source's backlog"),
        pytest.param({"published": NOW - HOUR, "seen": NOW, "backlog": True}, 0, 0, id="backlog of the day is no news"),
        pytest.param(at(NOW - HOUR, own=True), 0, 0, id="an own statement"),
        pytest.param(at(NOW - HOUR, muted=True), 0, 0, id="a muted one"),
        pytest.param(at(NOW - 2 * DAY, event="fair", urgency=CALM), 0, 0, id="a planned one"),
        pytest.param(at(NOW - HOUR, event="fair", urgency=ANGRY), 0, 1, id="a planned one whose tone turned"),
        pytest.param(at(NOW - HOUR, client_id="lys"), 0, 0, id="another client's"),
        pytest.param(at(NOW - HOUR, matches=(Match("rival"),)), 0, 0, id="another watch's"),
        pytest.param(at(NOW + HOUR), 0, 0, id="not seen yet at that time"),
    ],
)
def test_what_counts(store: Store, change: dict[str, Any], past: int, arrivals: int) -> None:
    """One mention of a client watched for ten days."""
    said(store, change, since=NOW - 10 * DAY)
    with store.reading() as conn:
        volume = volumes.volume(conn, "floreal", "brand", now=NOW)
    assert (sum(totals(volume.past)), len(volume.arrivals), volume.past.days) == (past, arrivals, 9)


def test_the_past_begins_with_the_client(store: Store) -> None:
    """Never seen; watched since an hour; watched since an hour with a backlog of three days."""
    with store.reading() as conn:
        assert volumes.volume(conn, "floreal", "brand", now=NOW).past.hours == ()
    said(store, at(NOW - MINUTE), since=NOW - HOUR)
    with store.reading() as conn:
        assert volumes.volume(conn, "floreal", "brand", now=NOW).past.hours == ()
    said(store, at(NOW - MINUTE), {"published": NOW - 3 * DAY, "seen": NOW, "backlog": True}, since=NOW - HOUR)
    with store.reading() as conn:
        past = volumes.volume(conn, "floreal", "brand", now=NOW).past
    assert (past.days, totals(past)[0], sum(totals(past))) == (2, 1, 1)


def test_arrivals_say_who_and_where_and_whether_they_repeat(store: Store) -> None:
    """A mention and its copy, in the order seen."""
    said(store, at(NOW - HOUR, urgency=Urgency(70)), at(NOW - MINUTE, verdict=COPY))
    with store.reading() as conn:
        first, second = volumes.volume(conn, "floreal", "brand", now=NOW).arrivals
    assert (first.points, first.copy, second.copy, second.story_id) == (70, False, True, first.story_id)


def test_local_days_follow_the_zone_even_when_the_clock_changes(store: Store) -> None:
    """Paris, the night of 25 October 2026: the day has 25 hours."""
    utc = NOW.tzinfo
    moments = [
        datetime(2026, 10, 24, 21, 59, tzinfo=utc),
        datetime(2026, 10, 24, 22, 0, tzinfo=utc),
        datetime(2026, 10, 25, 22, 59, tzinfo=utc),
        datetime(2026, 10, 25, 23, 0, tzinfo=utc),
    ]
    said(store, *(at(moment, urgency=Urgency(60)) for moment in moments))
    with store.reading() as conn:
        days = volumes.daily(conn, "floreal", zone="Europe/Paris", until=date(2026, 10, 26), days=4)
    assert [each.day.day for each in days] == [23, 24, 25, 26]
    assert [each.mentions for each in days] == [each.urgent for each in days] == [0, 1, 2, 1]


def test_days_and_counts_keep_copies_planned_own_and_muted_apart(store: Store) -> None:
    """One of each, and two ordinary."""
    kinds: list[dict[str, Any]] = [{}, {"verdict": COPY}, {"own": True}, {"event": "fair"}, {"muted": True}]
    said(store, *(at(NOW, **kind) for kind in [*kinds, {"verdict": NEW}]))
    with store.reading() as conn:
        counts = volumes.counts(conn, "floreal", Period(since=NOW, until=NOW + HOUR))
        (day,) = volumes.daily(conn, "floreal", zone="Europe/Paris", until=NOW.date(), days=1)
        assert volumes.counts(conn, "floreal", Period(since=NOW + HOUR, until=NOW + DAY)) == volumes.Counts()
    assert counts == volumes.Counts(mentions=2, copies=1, planned=1, own=1, muted=1)
    assert (day.mentions, day.copies) == (2, 1)


def test_exclusions_are_counted_by_the_time_and_not_by_the_date_of_utc(store: Store) -> None:
    """At 06:29, 06:31 and 23:50: two periods that meet at 06:30 share none, and a date alone is a whole day."""
    morning = NOW.replace(hour=6, minute=30)
    with store.writing() as tx:
        for number, minute in ((2, -1), (0, 0), (1, 1), (4, 17 * 60 + 20)):
            exclusions.add(tx, "floreal", number, morning + minute * MINUTE)
        assert exclusions.count(tx, "floreal", since=morning - DAY, until=morning + 5 * MINUTE) == 2
        assert exclusions.count(tx, "floreal", since=morning + 5 * MINUTE, until=morning + DAY) == 5
        assert exclusions.count(tx, "lys", since=morning - DAY, until=morning + DAY) == 0
        exclusions.add(tx, "floreal", 8, morning.date())
        assert exclusions.count(tx, "floreal", since=morning, until=morning + DAY) == 13


def test_a_usual_day_counts_each_mention_once_and_no_copies(store: Store) -> None:
    """Two days of past: two mentions that two watches hold, a copy, one's own."""
    both = (Match("brand", ()), Match("rival", ()))
    kinds: list[dict[str, Any]] = [{"matches": both}, {"matches": both}, {"verdict": COPY}, {"own": True}]
    old = NOW - 3 * DAY
    order = [kinds[0], *kinds[1:]]
    said(store, *({"published": old, "seen": old, **kind} for kind in order), since=old)
    with store.reading() as conn:
        assert volumes.usual_per_day(conn, "floreal", now=NOW) == pytest.approx(1.0)
        assert volumes.usual_per_day(conn, "lys", now=NOW) == 0.0


def test_the_past_says_how_bad_mentions_were(store: Store) -> None:
    """One calm mention and one angry one, in one hour."""
    when = NOW - 3 * DAY
    said(store, at(when, urgency=CALM), at(when, urgency=ANGRY), since=when)
    with store.reading() as conn:
        first = volumes.volume(conn, "floreal", "brand", now=NOW).past.hours[0]
    assert (sum(first), sum(first[BAD_BAND:])) == (2, 1)


def test_what_was_seen_is_read_on_from_a_moment(store: Store) -> None:
    """Two arrivals; from the second on there is one, and the watch spoke last with it."""
    said(store, at(NOW - HOUR), at(NOW - MINUTE))
    with store.reading() as conn:
        found = volumes.arrivals(conn, "floreal", "brand", since=NOW - 2 * MINUTE, until=NOW)
        assert [each.seen for each in found] == [NOW - MINUTE]
        assert volumes.last_seen(conn, "floreal", "brand") == NOW - MINUTE
        assert volumes.last_seen(conn, "lys", "brand") is None
