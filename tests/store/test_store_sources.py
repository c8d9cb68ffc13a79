"""Which source is asked next, by whom, and what the last poll left."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from kit_store import DAY, HOUR, MINUTE, NOW, a_source, synced

from veille.model.digest import Health
from veille.model.exchange import PollState
from veille.store import health, sources
from veille.store.engine import Store

WHOLE = PollState(
    etag='W/"é"',
    modified="Sun, 22 Nov 2026 08:00:00 GMT",
    body_hash=b"\x00" * 32,
    cursor='{"page": 2}',
    memory=b"\x00\xff" * 500,
    failures=3,
    failing_since=NOW - HOUR,
    last_error="HTTP 503",
    first_answer=NOW - DAY,
    last_answer=NOW - timedelta(microseconds=1),
    next_poll=NOW + HOUR,
    moved_to="https://new.example/",
    moved_times=2,
    stopped="",
    known=True,
)


def test_a_new_source_is_due_at_once_and_comes_back_when_its_state_says(store: Store) -> None:
    """The life of one source."""
    row = synced(store, "press")["press"]
    with store.writing() as tx:
        (due,) = sources.claim_due(tx, now=NOW, owner="one", lease=MINUTE, limit=10)
        assert (due.row, due.key, due.address) == (row, a_source().key, "")
        assert sources.claim_due(tx, now=NOW, owner="two", lease=MINUTE, limit=10) == ()
        sources.save_state(tx, row, WHOLE)
        assert sources.next_due(tx) == NOW + HOUR
        assert sources.claim_due(tx, now=NOW, owner="one", lease=MINUTE, limit=10) == ()
        (again,) = sources.claim_due(tx, now=NOW + HOUR, owner="one", lease=MINUTE, limit=10)
        assert again.state == WHOLE


def test_the_longest_due_come_first_and_no_more_than_asked(store: Store) -> None:
    """Three sources due at different times, two wanted."""
    rows = synced(store, "a", "b", "c")
    with store.writing() as tx:
        due = {"a": 3, "b": 1, "c": 2}
        sources.save_states(tx, [(rows[name], PollState(next_poll=NOW + n * MINUTE)) for name, n in due.items()])
        claimed = sources.claim_due(tx, now=NOW + HOUR, owner="me", lease=MINUTE, limit=2)
        assert [each.row for each in claimed] == [rows["b"], rows["c"]]


def test_a_lost_owner_s_sources_come_back_when_its_lease_ends(store: Store) -> None:
    """A machine that died, and one that stops cleanly."""
    synced(store, "press")
    with store.writing() as tx:
        sources.claim_due(tx, now=NOW, owner="dead", lease=MINUTE, limit=1)
        assert len(sources.claim_due(tx, now=NOW + MINUTE, owner="next", lease=MINUTE, limit=1)) == 1
        sources.release(tx, "next")
        assert len(sources.claim_due(tx, now=NOW + MINUTE, owner="other", lease=MINUTE, limit=1)) == 1


def test_an_adopted_address_is_asked_from_then_on(store: Store) -> None:
    """Three identical permanent redirects were counted elsewhere."""
    row = synced(store, "press")["press"]
    with store.writing() as tx:
        sources.save_state(tx, row, PollState(next_poll=NOW), url="https://new.example/feed")
        sources.save_state(tx, row, PollState(next_poll=NOW))
        (due,) = sources.claim_due(tx, now=NOW, owner="me", lease=MINUTE, limit=1)
        assert due.address == "https://new.example/feed"


def test_two_clients_that_ask_the_same_thing_share_the_row(store: Store) -> None:
    """And it is archived only when neither asks it."""
    press = a_source()
    with store.writing() as tx:
        sources.sync(tx, [("floreal", press), ("lys", replace(press, id="their-press"))], now=NOW)
        assert len(set(sources.rows_of(tx).values())) == 1
        sources.save_states(tx, [(sources.rows_of(tx)[("floreal", "press")], WHOLE)])
        sources.sync(tx, [("lys", replace(press, id="their-press", interval=HOUR))], now=NOW + MINUTE)
        assert list(sources.rows_of(tx)) == [("lys", "their-press")]
        assert sources.next_due(tx) == WHOLE.next_poll


def test_what_leaves_the_settings_is_archived_and_what_returns_is_due(store: Store) -> None:
    """Its state is kept all the while; a poll that ends late does not wake it."""
    row = synced(store, "press")["press"]
    with store.writing() as tx:
        sources.save_states(tx, [(row, WHOLE)])
        sources.sync(tx, [], now=NOW)
        assert sources.next_due(tx) is None
        sources.save_states(tx, [(row, WHOLE)])
        assert sources.claim_due(tx, now=NOW + DAY, owner="me", lease=MINUTE, limit=1) == ()
        sources.sync(tx, [("floreal", a_source())], now=NOW + DAY)
        (due,) = sources.claim_due(tx, now=NOW + DAY, owner="me", lease=MINUTE, limit=1)
        assert due.state == replace(WHOLE, next_poll=NOW + DAY)


def test_a_stopped_source_is_left_alone_until_someone_retries_it(store: Store) -> None:
    """410 Gone."""
    row = synced(store, "press")["press"]
    with store.writing() as tx:
        sources.save_states(tx, [(row, PollState(stopped="410 Gone", next_poll=NOW, failures=1))])
        synced_again = [("floreal", a_source())]
        sources.sync(tx, synced_again, now=NOW)
        assert sources.claim_due(tx, now=NOW + DAY, owner="me", lease=MINUTE, limit=1) == ()
        sources.hurry(tx, now=NOW)
        assert len(sources.claim_due(tx, now=NOW, owner="me", lease=MINUTE, limit=1)) == 1


@pytest.mark.parametrize(
    ("state", "expected", "since", "error"),
    [
        pytest.param(PollState(), Health.NEW, NOW, "", id="never polled"),
        pytest.param(
            PollState(first_answer=NOW - DAY, last_answer=NOW), Health.HEALTHY, NOW - DAY, "", id="it answers"
        ),
        pytest.param(
            PollState(failures=2, failing_since=NOW - HOUR, last_error="HTTP 503"),
            Health.FAILING,
            NOW - HOUR,
            "HTTP 503",
            id="it fails since an hour",
        ),
        pytest.param(
            PollState(failures=1, last_error="HTTP 500"), Health.FAILING, NOW + MINUTE, "HTTP 500", id="since now"
        ),
        pytest.param(
            PollState(stopped="410 Gone", last_answer=NOW - DAY), Health.STOPPED, NOW - DAY, "410 Gone", id="it is gone"
        ),
    ],
)
def test_health(store: Store, state: PollState, expected: Health, since: object, error: str) -> None:
    """How a source is, from its last state."""
    row = synced(store, "press")["press"]
    with store.writing() as tx:
        sources.save_states(tx, [(row, state)])
    with store.reading() as conn:
        (found,) = health.health(conn, "floreal", now=NOW + MINUTE)
        assert (found.source_id, found.health, found.since, found.error) == ("press", expected, since, error)
        assert health.health(conn, "lys", now=NOW) == ()


def test_health_shows_no_secret_of_the_address() -> None:
    """User info, query and fragment."""
    shown = health.without_secrets("https://user:pw@press.example:8443/feed?token=s3cret#x")
    assert shown == "https://press.example:8443/feed"
