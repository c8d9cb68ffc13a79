"""Whether anything leaves at all: when no channel works, nobody hears that nobody hears."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from veille.model.person import Person
from veille.store import Connection, deadchannels, outages

#: A mail server may be away for so long before it is a silence.
PATIENCE = timedelta(hours=1)

#: An outage in which nothing was tried for so long tells nothing of now: retries come every quarter of an hour.
_LATELY = timedelta(minutes=30)


def silent_since(conn: Connection, people: Iterable[Person], *, now: datetime) -> datetime | None:
    """Since when nothing could leave by any channel (None = something leaves, or nothing was tried lately)."""
    dead = {(person, channel): at for person, channel, at in deadchannels.since(conn)}
    channels = [(person.id, channel.id) for person in people for channel in person.channels]
    if channels and all(channel in dead for channel in channels):
        return max(dead[channel] for channel in channels)
    outage = outages.outage(conn)
    if outage is None or now - outage.first < PATIENCE or now - outage.last > _LATELY:
        return None
    return outage.first
