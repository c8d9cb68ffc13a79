"""How a source's past is kept: pure steps from one poll to the next, old polls fading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from veille.model.rhythm import DELAYS, Rhythm

#: In this time a fact of the past loses half its weight: seasons are followed, holidays are not forgotten at once.
HALF_LIFE = timedelta(days=90)
#: Share of the last dialogue in the usual time that one takes.
_SHARE = 0.2


def answered(before: Rhythm, *, now: datetime, since: datetime | None, took: timedelta, found: int | None) -> Rhythm:
    """After an answer. `since`: the answer before; `found`: items it held (None = the same answer as before)."""
    elapsed = max((now - since).total_seconds(), 0.0) if since else 0.0
    left = 0.5 ** (elapsed / HALF_LIFE.total_seconds())
    seconds = max(took.total_seconds(), 0.0)
    usual = seconds if since is None else before.took + _SHARE * (seconds - before.took)
    aged = replace(
        before,
        news=before.news * left,
        watched=before.watched * left + elapsed,
        longest=before.longest * left,
        took=usual,
    )
    return aged if found is None else _held(aged, found, now)


def _held(before: Rhythm, found: int, now: datetime) -> Rhythm:
    if found:
        ended = int(before.vacant is not None)
        return replace(before, filled=before.filled + 1, vacancies=before.vacancies + ended, vacant=None)
    if not before.filled:
        return before
    return replace(before, vacant=now.timestamp() if before.vacant is None else before.vacant)


def renewed(before: Rhythm, *, now: datetime, published: Iterable[datetime]) -> Rhythm:
    """After something new came. `published`: when each was said, of those that say when; aware UTC."""
    gap = now.timestamp() - before.last if before.last is not None else 0.0
    last = sorted(max(round((now - moment).total_seconds()), 0) for moment in islice(published, DELAYS))
    return replace(
        before,
        news=before.news + 1,
        longest=max(before.longest, gap),
        last=now.timestamp(),
        delays=(*before.delays, *last)[-DELAYS:],
    )


def begun(before: Rhythm, *, now: datetime) -> Rhythm:
    """After a first page: what it holds is the past; silences are counted from here."""
    return replace(before, last=now.timestamp())
