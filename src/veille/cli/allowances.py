"""The allowances of services, as lines and as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from veille.pipeline.allowances import Allowance

#: How services write themselves, where that is not a capital first.
_NAMES = {"x": "X", "youtube": "YouTube", "hackernews": "Hacker News", "stackexchange": "Stack Exchange"}
_SPANS = (
    (timedelta(days=1), "a day"),
    (timedelta(hours=1), "an hour"),
    (timedelta(minutes=15), "15 minutes"),
    (timedelta(minutes=1), "a minute"),
)


def lines(found: Sequence[Allowance]) -> Iterator[str]:
    """ "YouTube 12 of 100 today", "X 3.50 of 50.00 dollars this month"."""
    several = {one.service for one in found if one.key > 1}
    for one in found:
        key = f" (key {one.key})" if one.service in several else ""
        used, limit = (
            (f"{one.used:.2f}", f"{one.limit:.2f} dollars") if one.money else (f"{one.used:g}", f"{one.limit:g}")
        )
        yield f"{_NAMES.get(one.service, one.service.capitalize())}{key} {used} of {limit} {_when(one)}"


def _when(one: Allowance) -> str:
    if one.calendar:
        return "this month" if one.calendar == "month" else "today"
    return f"in {next((name for span, name in _SPANS if span == one.window), str(one.window))}"


def plain(found: Sequence[Allowance]) -> list[dict[str, object]]:
    """For JSON."""
    return [
        {
            "service": one.service,
            "key": one.key,
            "used": one.used,
            "limit": one.limit,
            "unit": "dollars" if one.money else "calls",
            "window_seconds": round(one.window.total_seconds()),
            "calendar": one.calendar,
            "until": one.until.isoformat(),
        }
        for one in found
    ]
