"""The rule that others ring by: the keyword, anywhere, twice as often as usual in a day."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

DAY = timedelta(days=1)

#: Times the usual from which it rings.
FACTOR = 2


@dataclass(slots=True)
class NaiveRule:
    """Counts every entry that holds the keyword, whatever it means; rings when the day doubles the usual."""

    usual_per_day: float
    recent: deque[datetime] = field(default_factory=deque)
    ringing: bool = False
    rings: int = 0

    def hears(self, at: datetime) -> bool:
        """Another entry; whether the rule rings now. It rings again only after it has calmed."""
        self.recent.append(at)
        self._forget(at)
        above = len(self.recent) >= FACTOR * self.usual_per_day
        rings = above and not self.ringing
        self.ringing = above
        self.rings += rings
        return rings

    def calms(self, now: datetime) -> None:
        """Lets time pass."""
        self._forget(now)
        self.ringing = self.ringing and len(self.recent) >= FACTOR * self.usual_per_day

    def _forget(self, now: datetime) -> None:
        while self.recent and self.recent[0] <= now - DAY:
            self.recent.popleft()
