"""What a poll leaves in a source's state, as a table of answers and failures."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from veille.errors import HostBusy, Unreachable
from veille.model.exchange import PollState
from veille.pipeline.progress import failed

NOW = datetime(2027, 2, 12, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_waiting_for_a_busy_host_is_no_failure_of_the_source() -> None:
    for state in (PollState(), PollState(failures=3, failing_since=NOW - HOUR, last_error="HTTP 500")):
        after = failed(state, HostBusy("busy"), now=NOW, interval=HOUR, jitter=0.5)
        assert after == replace(state, next_poll=NOW + timedelta(seconds=90))


def test_a_failure_is_counted_and_kept() -> None:
    after = failed(PollState(), Unreachable("no route"), now=NOW, interval=HOUR, jitter=0.0)
    assert (after.failures, after.failing_since, after.last_error) == (1, NOW, "no route")
