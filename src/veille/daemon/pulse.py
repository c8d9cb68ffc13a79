"""Whether the daemon is alive and heard: beats end well, the store answers, something leaves; said to the watchdogs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic

import structlog

from veille.daemon.systemd import notify
from veille.errors import FetchError, StoreError
from veille.model.exchange import Request
from veille.pipeline.house import House
from veille.pipeline.silence import silent_since
from veille.store.engine import check

log = structlog.get_logger()

#: A beat that did not end well for so long, in seconds beyond its interval, is stuck.
STUCK_AFTER = 600.0


@dataclass(slots=True)
class Pulse:
    """Remembers when each beat last ended well, in monotonic seconds."""

    beats: dict[str, float] = field(default_factory=dict)
    #: Seconds between two of the same beat.
    every: dict[str, float] = field(default_factory=dict)
    clock: Callable[[], float] = monotonic
    last_heartbeat: float = float("-inf")
    #: The last heartbeat, perhaps still under way.
    ping: Future[None] | None = None

    def expect(self, name: str, *, every: float) -> None:
        """A beat will end well every so many seconds, from now on."""
        self.every[name] = every
        self.felt(name)

    def felt(self, name: str) -> None:
        """A beat ended well, or is well under way."""
        self.beats[name] = self.clock()

    def stuck(self) -> tuple[str, ...]:
        """The beats that did not end well lately."""
        now = self.clock()
        late = (name for name, last in self.beats.items() if now - last > STUCK_AFTER + self.every.get(name, 0.0))
        return tuple(late)


def take(pulse: Pulse, house: House, environment: Mapping[str, str]) -> bool:
    """One look: feeds systemd's watchdog while we are alive, and the heartbeat while we are heard as well.

    A restart mends a stuck beat, and no mail server: that is for whoever waits for the heartbeat.
    """
    if not _alive(pulse, house):
        return False
    notify(environment.get("NOTIFY_SOCKET", ""), "WATCHDOG=1")
    if not _heard(house):
        return False
    _heartbeat(pulse, house)
    return True


def _alive(pulse: Pulse, house: House) -> bool:
    stuck = pulse.stuck()
    if stuck:
        log.error("beat stuck", beats=stuck)
        return False
    try:
        check(house.store, now=house.clock.now())
    except StoreError as error:
        log.error("store does not answer", error=str(error))
        return False
    return True


def _heard(house: House) -> bool:
    with house.store.reading() as conn:
        silent = silent_since(conn, house.installation.people, now=house.clock.now())
    if silent:
        log.error("nothing leaves: no channel works", since=silent.isoformat())
    return silent is None


def _heartbeat(pulse: Pulse, house: House) -> None:
    operator = house.installation.operator
    due = pulse.clock() - pulse.last_heartbeat >= operator.heartbeat_every / timedelta(seconds=1)
    if not operator.heartbeat or not due or (pulse.ping and not pulse.ping.done()):
        return
    pulse.last_heartbeat = pulse.clock()
    # In a thread of its own: a far end that does not answer must not keep the watchdog hungry.
    pulse.ping = house.senders.submit(_ping, house)


def _ping(house: House) -> None:
    try:
        house.fetcher.fetch(Request(url=house.installation.operator.heartbeat.reveal()))
    except FetchError as error:
        log.warning("heartbeat not taken", error=str(error))
