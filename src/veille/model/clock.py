"""The clock as a parameter: live, fast or scripted, the pipeline cannot tell."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Says what time it is, always as an aware datetime in UTC."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        ...
