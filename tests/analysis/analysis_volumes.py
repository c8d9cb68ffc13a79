"""Pasts for tests: hourly counts of neutral mentions, or counts by band."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from veille.model.volume import BANDS, Arrival, Past

HOUR = timedelta(hours=1)


def counted(numbers: Sequence[int], until: datetime, *, band: int = 1) -> Past:
    """So many mentions of one band an hour, the last hour ending at `until`."""
    rows = {number: tuple(number * (place == band) for place in range(BANDS)) for number in set(numbers)}
    return Past(until=until, hours=tuple(rows[number] for number in numbers))


def learnt(arrivals: Sequence[Arrival], until: datetime, *, days: int = 28) -> Past:
    """What the store would have kept of these."""
    first = until - timedelta(days=days)
    hours = [[0] * BANDS for _ in range(days * 24)]
    for arrival in arrivals:
        place = (arrival.published - first) // HOUR
        if 0 <= place < len(hours):
            hours[place][arrival.band] += 1
    return Past(until=until, hours=tuple(map(tuple, hours)))
