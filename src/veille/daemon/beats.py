"""The beats: each a piece of work that comes again by itself; APScheduler keeps the time, in real seconds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Condition, Event

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from veille.daemon.pulse import Pulse
from veille.errors import StoreError

log = structlog.get_logger()

#: Threads for all beats together.
_THREADS = 16


@dataclass(frozen=True, slots=True)
class Beat:
    """Work that comes again every so many seconds, and waits for its turn when `at_once` of it are under way."""

    name: str
    work: Callable[[], object]
    seconds: float
    #: How many may run at the same time.
    at_once: int = 1


class Beats:
    """Runs the beats until drained. One that fails is logged and comes again; the pulse notices when none ends well."""

    def __init__(self, beats: Iterable[Beat], *, pulse: Pulse, stop: Event) -> None:
        self._pulse = pulse
        self._stop = stop
        self._running: Counter[str] = Counter()
        self._ended = Condition()
        self._scheduler = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(_THREADS)},
            job_defaults={"coalesce": True, "misfire_grace_time": None},
            timezone=UTC,
        )
        for beat in beats:
            self._add(beat)

    def start(self) -> None:
        """The first of each comes at once."""
        self._scheduler.start()

    def hurry(self) -> None:
        """Every beat is due now: the system's clock was set back, and the scheduler waits for times long past."""
        for job in self._scheduler.get_jobs():
            job.modify(next_run_time=datetime.now(UTC))

    def drain(self, seconds: float) -> tuple[str, ...]:
        """No new beat begins; waits for those that run, so long at most. The names of those that did not end."""
        self._scheduler.shutdown(wait=False)
        with self._ended:
            self._ended.wait_for(lambda: not self._running, timeout=seconds)
            return tuple(sorted(self._running))

    def _add(self, beat: Beat) -> None:
        self._pulse.expect(beat.name, every=beat.seconds)
        self._scheduler.add_job(
            lambda: self._run(beat),
            "interval",
            seconds=beat.seconds,
            id=beat.name,
            max_instances=beat.at_once,
            next_run_time=datetime.now(UTC),
        )

    def _run(self, beat: Beat) -> None:
        with self._counted(beat.name):
            if self._stop.is_set():
                return
            try:
                beat.work()
            except StoreError as error:
                log.error("beat failed", beat=beat.name, error=str(error))
            except Exception:  # a fault of ours in one beat must not end the others
                log.exception("beat broke", beat=beat.name)
            else:
                self._pulse.felt(beat.name)

    @contextmanager
    def _counted(self, name: str) -> Iterator[None]:
        with self._ended:
            self._running[name] += 1
        try:
            yield
        finally:
            with self._ended:
                self._running -= Counter((name,))
                self._ended.notify_all()
