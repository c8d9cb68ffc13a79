"""What there is to read before a story is judged or a digest made: one question, that no other be asked in vain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Exists, bindparam, exists, select

from veille.store import schema
from veille.store.periods import CLIENT, SINCE
from veille.store.prepared import Prepared

_alert, _mention, _link = schema.alert.c, schema.mention.c, schema.permalink.c


@dataclass(frozen=True, slots=True)
class AroundStory:
    """Whether there is any of these: what is False need not be asked for."""

    #: An earlier story that it returns from.
    earlier: bool
    #: Mentions of it that are no longer visible.
    gone: bool
    #: Alerts about it.
    told: bool
    #: Alerts of its client since the moment given.
    rung: bool
    #: Spikes of its client, over or not.
    spikes: bool
    #: Marks of its client that teach.
    taught: bool


def of_story(conn: Connection, client_id: str, story_id: int, *, since: datetime) -> AroundStory:
    """What surrounds a story of a client."""
    found = _STORY.first(conn, {"_client": client_id, "_story": story_id, "_since": since})
    return AroundStory(*map(bool, found))


_MINE: BindParameter[int] = bindparam("_story")


def _whether(**questions: Exists) -> Prepared:
    """One question for all, each answer under its name."""
    named: list[Any] = [question.correlate(None).label(name) for name, question in questions.items()]
    return Prepared(select(*named))


_STORY = _whether(
    earlier=exists().where(schema.story_return.c.story_id == _MINE),
    gone=exists().where(_mention.story_id == _MINE, _link.mention_id == _mention.id, _link.gone.is_not(None)),
    told=exists().where(_alert.story_id == _MINE),
    rung=exists().where(_alert.client_id == CLIENT, _alert.at >= SINCE),
    spikes=exists().where(schema.spike_watch.c.client_id == CLIENT),
    taught=exists().where(schema.feedback.c.client_id == CLIENT, schema.feedback.c.forgotten.is_(None)),
)


@dataclass(frozen=True, slots=True)
class AroundDay:
    """The same, before a client's part of a digest is made."""

    #: Edits of anything.
    edits: bool
    #: Messages of the client that are no longer visible.
    gone: bool
    #: Alerts of the client, ever.
    alerts: bool
    #: Marks of the client, forgotten or not.
    marks: bool


def of_day(conn: Connection, client_id: str) -> AroundDay:
    """What a client's part of a digest may have to tell beside what is new."""
    return AroundDay(*map(bool, _DAY.first(conn, {"_client": client_id})))


_DAY = _whether(
    edits=exists().where(schema.entry_edit.c.id > 0),
    gone=exists().where(_link.client_id == CLIENT, _link.gone.is_not(None)),
    alerts=exists().where(_alert.client_id == CLIENT),
    marks=exists().where(schema.feedback.c.client_id == CLIENT),
)
