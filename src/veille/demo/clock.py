"""A clock that runs fast and can leap over quiet hours; never backwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock
from time import monotonic


class FastClock:
    """Starts at `begins` and runs `speed` times as fast as real time."""

    def __init__(self, begins: datetime, *, speed: float, real: Callable[[], float] = monotonic) -> None:
        self._begins = begins.astimezone(UTC)
        self._speed = speed
        self._real = real
        self._started = real()
        self._leapt = timedelta()
        self._lock = Lock()

    def now(self) -> datetime:
        """The story's present moment, aware, UTC."""
        with self._lock:
            return self._now()

    def leap(self, to: datetime) -> None:
        """Skips to a later moment; an earlier one changes nothing."""
        with self._lock:
            self._leapt += max(timedelta(), to - self._now())

    def _now(self) -> datetime:
        elapsed = (self._real() - self._started) * self._speed
        return self._begins + self._leapt + timedelta(seconds=elapsed)
