"""The log of polls: what comes to the same shares a row, whatever else is kept apart, and old rows go."""

from __future__ import annotations

from datetime import timedelta

from kit_store import HOUR, MINUTE, NOW, synced

from veille.model.installation import Retention
from veille.store import polls
from veille.store.engine import Store
from veille.store.polls import Outcome, Poll
from veille.store.prune import prune


def logged(store: Store, *made: Poll) -> list[tuple[Outcome, int, int]]:
    """(outcome, times, new entries) of the rows that these polls of the first source left."""
    for poll in made:
        with store.writing() as tx:
            polls.record(tx, [poll])
    with store.reading() as conn:
        found = polls.between(conn, made[0].row, since=NOW, until=NOW + 24 * HOUR)
    return [(poll.outcome, poll.times, poll.fresh) for poll in found]


def test_polls_that_come_to_the_same_share_a_row(store: Store) -> None:
    row = synced(store, "press")["press"]
    calm = [polls.news(row, NOW + n * MINUTE, 0) for n in range(5)]
    down = [polls.failed(row, NOW + n * MINUTE, "HTTP 503") for n in range(5, 8)]
    other = polls.failed(row, NOW + 8 * MINUTE, "no route")
    back = [polls.news(row, NOW + n * MINUTE, 0) for n in (9, 10)]
    assert logged(store, *calm, *down, other, *back) == [
        (Outcome.NOTHING_NEW, 5, 0),
        (Outcome.ERROR, 3, 0),
        (Outcome.ERROR, 1, 0),
        (Outcome.NOTHING_NEW, 2, 0),
    ]


def test_news_are_told_one_by_one(store: Store) -> None:
    row = synced(store, "press")["press"]
    made = [polls.news(row, NOW, 3), polls.news(row, NOW + MINUTE, 2)]
    assert logged(store, *made) == [(Outcome.NEWS, 1, 3), (Outcome.NEWS, 1, 2)]


def test_sources_are_kept_apart(store: Store) -> None:
    rows = synced(store, "press", "forum")
    with store.writing() as tx:
        polls.record(tx, [polls.news(row, NOW, 0) for row in rows.values()])
        polls.record(tx, [polls.news(row, NOW + MINUTE, 0) for row in rows.values()])
    with store.reading() as conn:
        for row in rows.values():
            (poll,) = polls.between(conn, row, since=NOW, until=NOW + HOUR)
            assert (poll.began, poll.at, poll.times) == (NOW, NOW + MINUTE, 2)


def test_a_time_takes_the_polls_that_touch_it(store: Store) -> None:
    row = synced(store, "press")["press"]
    logged(store, polls.news(row, NOW, 0), polls.news(row, NOW + 2 * HOUR, 0), polls.news(row, NOW + 3 * HOUR, 1))
    with store.reading() as conn:
        assert len(polls.between(conn, row, since=NOW + HOUR, until=NOW + 3 * HOUR)) == 1
        assert polls.kept_since(conn) == NOW


def test_old_polls_go_with_the_receipts(store: Store) -> None:
    row = synced(store, "press")["press"]
    logged(store, polls.news(row, NOW, 1), polls.news(row, NOW + 24 * HOUR, 1))
    retention = Retention(receipts=timedelta(days=90))
    with store.writing() as tx:
        assert prune(tx, now=NOW + timedelta(days=90, hours=1), retention=retention).polls == 1
    with store.reading() as conn:
        assert polls.kept_since(conn) == NOW + 24 * HOUR
