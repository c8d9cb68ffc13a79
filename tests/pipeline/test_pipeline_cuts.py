"""Killed between any two steps: nothing lost, nothing doubled but the one message in flight, and that one says so.

The store is wrapped so that the process "dies" just before or just after any of its transactions is kept; what a
new daemon does at its start then follows, and the same beats again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from kit_house import Town, client, open_town
from veille.daemon.run import Daemon
from veille.store import Connection, mentions, outbox
from veille.store.engine import Store

#: Enough for poll, ingest, assess, enqueue, claim, send and settle.
STEPS = 14

MANY = {
    "floreal": client(
        "Floréal",
        "press",
        extra="""
    watches:
      - {id: floreal, name: Floréal, query: Floréal, urgent_per_day: 100, spike: {least_mentions: 100}}
    """,
    )
}


class Killed(BaseException):
    """The process is gone."""


class CutStore:
    """The store, until its nth transaction."""

    def __init__(self, store: Store, *, at: int, kept: bool) -> None:
        self._store = store
        self._left = at
        self._kept = kept
        self.cut = False

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        self._left -= 1
        with self._store.writing() as tx:
            yield tx
            self._die(now=not self._kept)
        self._die(now=self._kept)

    def _die(self, *, now: bool) -> None:
        if now and self._left == 0:
            self.cut = True
            raise Killed


@pytest.mark.parametrize(
    "kept", [pytest.param(False, id="before it is kept"), pytest.param(True, id="after it is kept")]
)
def test_cut_at_every_transaction(tmp_path: Path, kept: bool) -> None:
    """One grave message a cut: each becomes one mention and one alert, whatever was cut."""
    with open_town(tmp_path, clients=MANY) as town:
        town.settle_in()
        cuts = [_round(town, step, kept=kept) for step in range(1, STEPS + 1)]
        assert sum(cuts) >= 6, "the steps of a beat were cut"
        with town.house.store.reading() as conn:
            assert mentions.unassessed(conn, limit=1) == ()
            assert outbox.waiting(conn) == ()
        letters = [letter for _, letter in town.letters if "X-Veille" in letter.message]
        alerts = [each for each in letters if str(each.message["X-Veille"]).startswith("alert")]
        times = Counter(str(each.message["Message-ID"]) for each in alerts)
        assert len(times) == STEPS
        doubled = [key for key, number in times.items() if number > 1]
        assert len(doubled) <= 1
        for key in doubled:
            marks = [each.message["X-Veille-Possible-Repeat"] for each in alerts if each.message["Message-ID"] == key]
            assert marks == [None, "yes"]


def _round(town: Town, step: int, *, kept: bool) -> bool:
    words = " ".join(f"mot{step * 97 + n * 13}" for n in range(12))
    town.publish(
        "press",
        f"Floréal {words}",
        f"Honteux : l'enterrement a commencé, gerbe de deuil jamais livrée, personne ne répond. {words}",
    )
    town.clock.pass_(minutes=11)
    whole, cutting = town.house.store, CutStore(town.house.store, at=step, kept=kept)
    town.with_(store=cutting)
    with suppress(Killed):
        town.beat()
    town.with_(store=whole)
    Daemon(town.house, load=lambda: town.house.installation).take_over()
    town.beat()
    with town.house.store.reading() as conn:
        assert outbox.waiting(conn) == (), "taken up at once, not when a lease ends"
    town.clock.pass_(minutes=11)
    town.beat()
    return cutting.cut
