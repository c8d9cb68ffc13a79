"""What people say of mentions: kept, taken back, and applied where a mention is scored and judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from veille.alerting.learning import in_first_days, is_danger
from veille.analysis import feedback as learner
from veille.analysis.feedback import Lessons
from veille.model.entry import Entry
from veille.model.feedback import LookAlike, Mark, Marked
from veille.model.mention import Mention, Urgency
from veille.model.watch import Client, Watch
from veille.store import Connection, feedback, flags, mentions, stories

#: The flag that says when a watch was first in the settings: "watch:CLIENT/WATCH".
FIRST_SIGHT = "watch:"

NOTHING = Lessons()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A mark that was kept."""

    client_id: str
    mention_id: int
    story: str
    mark: Mark
    #: What was said of it before (None = nothing).
    before: Mark | None


def give(tx: Connection, mention_id: int, mark: Mark, *, who: str, at: datetime) -> Given:
    """Keeps what someone said of a mention. Raises KeyError when there is no such mention, StoreError."""
    mention = mentions.get(tx, mention_id)
    before = feedback.of_mentions(tx, [mention_id]).get(mention_id)
    marked = Marked(
        mention_id=mention_id,
        story_id=mention.story_id,
        mark=mark,
        words=frozenset(learner.telling(mention.title, mention.text)),
        site=mention.site,
        at=at,
        who=who,
    )
    feedback.add(tx, mention.client_id, marked)
    return Given(
        client_id=mention.client_id,
        mention_id=mention_id,
        story=stories.story(tx, mention.story_id).code,
        mark=mark,
        before=before.mark if before else None,
    )


def lessons(conn: Connection, client_id: str) -> Lessons:
    """What the client's marks teach now."""
    marks = feedback.marks(conn, client_id)
    if not marks:
        return NOTHING
    usual = [(frozenset(learner.telling(title, text)), site) for title, text, site in feedback.usual(conn, client_id)]
    return learner.learn(marks, usual)


def moved(urgency: Urgency, entry: Entry, taught: Lessons) -> Urgency:
    """The urgency of an entry, moved by what calm and urgent marks teach."""
    if taught is NOTHING or urgency.has("own_statement"):
        return urgency
    return learner.shifted(urgency, taught, learner.telling(entry.title, entry.text), entry.site)


def look_alikes(conn: Connection, client_id: str, fresh: Sequence[Mention]) -> dict[int, LookAlike]:
    """By number, the mentions that resemble those marked "not us"; danger resembles nothing."""
    taught = lessons(conn, client_id) if fresh else NOTHING
    if taught is NOTHING:
        return {}
    found = {
        m.id: learner.look_alike(taught, learner.telling(m.title, m.text), m.site) for m in fresh if not is_danger(m)
    }
    return {number: alike for number, alike in found.items() if alike is not None}


def welcome(tx: Connection, clients: Sequence[Client], *, now: datetime) -> None:
    """Note when each watch was first in the settings."""
    known = flags.names(tx, prefix=FIRST_SIGHT)
    for name in (_name(client, watch) for client in clients for watch in client.watches):
        if name not in known:
            flags.put(tx, name, at=now)


def learning(
    conn: Connection, client: Client, watches: Sequence[Watch], *, now: datetime, known: dict[str, datetime]
) -> bool:
    """Whether each of these watches is in its first days, counted from its first sight in the settings.

    `known` keeps the moments of first sight, which never change.
    """
    if not all(watch.learning_days for watch in watches):
        return False
    return all(in_first_days(watch, _first_sight(conn, _name(client, watch), known), now) for watch in watches)


def _first_sight(conn: Connection, name: str, known: dict[str, datetime]) -> datetime | None:
    if name not in known and (flag := flags.get(conn, name)):
        known[name] = flag[1]
    return known.get(name)


def _name(client: Client, watch: Watch) -> str:
    return f"{FIRST_SIGHT}{client.id}/{watch.id}"
