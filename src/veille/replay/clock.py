"""A clock that stands where the replay puts it."""

from __future__ import annotations

from datetime import datetime


class SimulatedClock:
    """Says the moment it was last put to, aware UTC; it never goes back."""

    def __init__(self, begins: datetime) -> None:
        self._now = begins

    def now(self) -> datetime:
        """The simulated present."""
        return self._now

    def put(self, moment: datetime) -> None:
        """Goes on to a later moment; an earlier one changes nothing."""
        self._now = max(self._now, moment)
