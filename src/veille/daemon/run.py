"""Runs the house until told to stop: APScheduler beats in real time, every due time is a row.

poll        ask what is due, save what came            every beat
assess      judge what was saved                       every beat
revisit     look again at what was told                every beat
deliver     send what is due                           every beat, several at once
calendar    first looks, digests, evening looks, report    every beat, one beat each
prune       let go of the old                          every hour
pulse       watchdog and heartbeat                     every ten seconds
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from time import monotonic, sleep, time
from types import FrameType

import structlog

from veille.bootstrap import refurnish
from veille.daemon.beats import Beat, Beats
from veille.daemon.pulse import Pulse, take
from veille.daemon.systemd import notify
from veille.errors import SettingsError, StoreError, VeilleError
from veille.model.installation import Installation
from veille.pipeline.adopt import adopt
from veille.pipeline.assess import assess
from veille.pipeline.deliver import deliver
from veille.pipeline.digest import digest
from veille.pipeline.evening import evening
from veille.pipeline.first_look import first_look
from veille.pipeline.house import House
from veille.pipeline.operator import operator
from veille.pipeline.poll import poll
from veille.pipeline.prune import prune
from veille.pipeline.revisit import revisit
from veille.store import outages, outbox, permalinks, sources
from veille.store.lock import hold

log = structlog.get_logger()

#: Seconds between two beats, live.
BEAT = 1.0
_PULSE = 10.0
_HOUR = 3600.0

#: Deliveries at once: a channel that takes its time keeps only its own messages waiting.
_DELIVERIES = 6

#: Sources asked in one round, for each thread that asks: even if all are silent, a round ends before it looks stuck.
_ROUND = 4

#: How often the main thread looks whether it was told something, in seconds.
_GLANCE = 0.2

#: How long the beats under way may take to end, in seconds: with what follows, less than ten.
_DRAIN = 7.0

#: The system's clock was set when it is so far, in seconds, from where it should be.
_JUMP = 2.0


class Daemon:
    """One process at work. `load` reads the settings again for SIGHUP; it raises SettingsError."""

    def __init__(self, house: House, *, load: Callable[[], Installation], beat: float = BEAT) -> None:
        self.house = house
        self.stop = house.stopping
        self._load = load
        self._beat = beat
        # A plain value: an Event has a lock, and a signal handler may interrupt the very thread that holds it.
        self._must_reload = False
        self._pulse = Pulse()

    def run(self) -> None:
        """Until SIGTERM, SIGINT or `stop`. Raises StoreTaken when another daemon holds the database."""
        with hold(self.house.store):
            self.take_over()
            adopt(self.house)
            beats = Beats(self._beats(), pulse=self._pulse, stop=self.stop)
            beats.start()
            self._say("READY=1")
            log.info("veille runs", clients=len(self.house.roster.clients))
            self._wait(beats)
            self._say("STOPPING=1")
            self.stop.set()
            if left := beats.drain(_DRAIN):
                log.error("beats cut short, what they held is taken up at the next start", beats=left)
            self._let_go()
        log.info("veille stopped")

    def listen(self) -> None:
        """SIGTERM and SIGINT stop, SIGHUP reloads. From the main thread only."""
        signal.signal(signal.SIGTERM, self._on_stop)
        signal.signal(signal.SIGINT, self._on_stop)
        signal.signal(signal.SIGHUP, self._on_reload)

    def take_over(self) -> None:
        """What a killed daemon had claimed is free at once: on SQLite there is no other one."""
        if self.house.store.file is None:
            return
        with self.house.store.writing() as tx:
            sources.release_all(tx)
            outages.orphan(tx, now=self.house.clock.now())

    def reload(self) -> bool:
        """Takes the settings as they are now; a broken file keeps the old ones and says so."""
        old = self.house
        try:
            fresh = refurnish(old, self._load())
            adopt(fresh)
        except SettingsError as error:
            log.error("settings refused, the old ones stay in force", problems=str(error).splitlines())
            return False
        except VeilleError as error:
            log.error("settings not taken, the old ones stay in force", error=str(error))
            return False
        except Exception:  # whatever a file holds, the daemon goes on under the old ones
            log.exception("settings not taken, the old ones stay in force")
            return False
        self.house = fresh
        old.fetcher.close()
        if fresh.installation.database.reveal() != old.installation.database.reveal():
            log.warning("another database is in force only after a restart")
        log.info("settings reloaded", fingerprint=fresh.installation.fingerprint[:12])
        return True

    def _beats(self) -> tuple[Beat, ...]:
        return (
            Beat("poll", self._poll, self._beat),
            Beat("assess", self._assess, self._beat),
            Beat("revisit", lambda: revisit(self.house), self._beat),
            Beat("deliver", lambda: deliver(self.house), self._beat, at_once=_DELIVERIES),
            Beat("first look", lambda: first_look(self.house), self._beat),
            Beat("digest", lambda: digest(self.house), self._beat),
            Beat("evening", lambda: evening(self.house), self._beat),
            Beat("operator", lambda: operator(self.house), self._beat),
            Beat("prune", lambda: prune(self.house), _HOUR),
            Beat("pulse", lambda: take(self._pulse, self.house, os.environ), _PULSE),
        )

    def _poll(self) -> None:
        while poll(self.house, limit=_ROUND * self.house.installation.fetch.workers).polled and not self.stop.is_set():
            self._pulse.felt("poll")

    def _assess(self) -> None:
        while assess(self.house).judged and not self.stop.is_set():
            self._pulse.felt("assess")

    def _wait(self, beats: Beats) -> None:
        offset = time() - monotonic()
        # Not `stop.wait`: see `_must_reload`.
        while not self.stop.is_set():
            sleep(_GLANCE)
            if self._must_reload:
                self._must_reload = False
                self._say("RELOADING=1")
                self.reload()
                self._say("READY=1")
            jump = time() - monotonic() - offset
            if abs(jump) > _JUMP:
                log.warning("the system's clock was set", seconds=round(jump))
                offset += jump
                beats.hurry()

    def _let_go(self) -> None:
        try:
            with self.house.store.writing() as tx:
                sources.release(tx, self.house.owner)
                outbox.release(tx, self.house.owner)
                permalinks.release(tx, self.house.owner)
        except StoreError as error:
            log.error("claims not released, they run out by themselves", error=str(error))

    def _say(self, state: str) -> None:
        notify(os.environ.get("NOTIFY_SOCKET", ""), state)

    def _on_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stop.set()

    def _on_reload(self, _number: int, _frame: FrameType | None) -> None:
        self._must_reload = True
