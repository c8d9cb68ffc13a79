"""A clock that stands where the test puts it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(slots=True)
class ScriptedClock:
    """Says the moment it was last put to."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def put(self, moment: datetime) -> None:
        self.moment = moment

    def pass_(self, **time: float) -> None:
        self.moment += timedelta(**time)
