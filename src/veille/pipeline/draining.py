"""Streams: what flowed since the last time, of which only what concerns a client is kept.

A stream is opened at each of its turns, from the cursor on, and left when it has caught up or after a while: the
service keeps what flows meanwhile, so that no thread has to hold it open and nothing is lost between two turns.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from veille.errors import ReadError
from veille.model.entry import Entry, Page
from veille.model.exchange import PollState, Source
from veille.pipeline.house import House
from veille.sources import base

#: Seconds of one turn, and entries after which it ends.
SECONDS, MOST = 10.0, 1_000
#: Frames in a row that nothing can be made of, before the stream is taken for another service.
_PATIENCE = 50


def drained(house: House, source: Source, state: PollState) -> tuple[Page, bool]:
    """What concerns a client among what flowed, and whether more waits. Raises FetchError, ReadError."""
    stream = base.stream(source.kind)
    kept: dict[str, Entry] = {}
    cursor, broken, strange = state.cursor, 0, 0
    now = house.clock.now()
    for frame in house.streams.frames(stream.request(source, state).url, seconds=SECONDS):
        try:
            page = stream.decode(source, frame)
        except ReadError:
            broken, strange = broken + 1, strange + 1
            if strange >= _PATIENCE:
                raise
            continue
        strange, cursor, broken = 0, page.cursor or cursor, broken + page.broken
        kept.update((e.key, e) for e in page.entries if house.roster.concerns(e, source.key, now=now))
        if len(kept) >= MOST or house.stopping.is_set():
            break
    return Page(entries=tuple(kept.values()), broken=broken, cursor=cursor), _is_behind(cursor, now)


def _is_behind(cursor: str, now: datetime) -> bool:
    """Whether what was read last is more than a turn old, where its cursor is a moment in microseconds."""
    if not cursor.isdigit() or len(cursor) != 16:  # of this age of the world; anything else is a mere number
        return False
    return now - datetime.fromtimestamp(int(cursor) / 1e6, UTC) > timedelta(seconds=6 * SECONDS)
