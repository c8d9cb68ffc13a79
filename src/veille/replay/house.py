"""The parts of a replay: a passing database, a simulated clock, and nothing that reaches out."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NoReturn

from veille.bootstrap import seeded_dice
from veille.fetch.child import COLLECTIONS
from veille.model.clock import Clock
from veille.model.installation import Installation
from veille.model.message import Notification, NotificationState, Outcome, Receipt, Result
from veille.pipeline.house import House
from veille.pipeline.roster import Roster
from veille.rendering.renderer import Renderer
from veille.store import outbox
from veille.store.engine import Store

#: The same codes in every replay.
_SEED = 7
_OWNER = "replay"

#: What every message comes to.
_TAKEN = Outcome(result=Result.SENT, detail="replay: nothing is sent")


class Nobody:
    """Stands where sources are asked and pages read: a replay does neither."""

    def fetch(self, request: object) -> NoReturn:
        """Never asked."""
        raise AssertionError(f"a replay asks nobody: {request}")

    def read(self, *asked: object, **more: object) -> NoReturn:
        """Never asked."""
        raise AssertionError(f"a replay opens no mail box: {asked}{more}")

    def frames(self, url: str, *, seconds: float) -> NoReturn:
        """Never asked."""
        raise AssertionError(f"a replay listens to nothing: {url}")

    def call(self, function: Callable[..., object], *args: object) -> NoReturn:
        """Never asked."""
        raise AssertionError(f"a replay reads nothing: {function}{args}")

    def close(self) -> None:
        """Holds nothing."""


@contextmanager
def passing_house(installation: Installation, clock: Clock, watcher: Callable[[object], None]) -> Iterator[House]:
    """A house whose database ends with the block. Raises QueryError, StoreError."""
    gc.set_threshold(*COLLECTIONS)
    nobody = Nobody()
    roster = Roster(installation.clients, public_url=installation.public_url)
    store = Store.passing()
    try:
        yield House(
            installation=installation,
            roster=roster,
            store=store,
            clock=clock,
            fetcher=nobody,
            reader=nobody,
            inbox=nobody,
            folder=nobody.read,
            streams=nobody,
            renderer=Renderer.load(drawn=False, digests=False),
            notifier=_no_notifier,
            pool=ThreadPoolExecutor(1),
            senders=ThreadPoolExecutor(1),
            dice=seeded_dice(_SEED),
            unread=True,
            owner=_OWNER,
            watcher=watcher,
        )
    finally:
        store.close()


def leave(house: House) -> datetime | None:
    """Takes from the outbox what is due, as if it had arrived; no notifier is opened. When the next is due, if any."""
    now = house.clock.now()
    with house.store.writing() as tx:
        outbox.expire(tx, now)
        waiting = outbox.waiting(tx)
        for one in waiting:
            if one.due <= now:
                outbox.settle(tx, one.id, _receipt(one, now), next_due=None, state=NotificationState.SENT)
    return min((one.due for one in waiting if one.due > now), default=None)


def _receipt(one: Notification, now: datetime) -> Receipt:
    return Receipt(notification_id=one.id, at=now, attempt=one.attempts + 1, outcome=_TAKEN, took=timedelta())


def _no_notifier(kind: str) -> NoReturn:
    raise AssertionError(f"a replay sends nothing: {kind}")
