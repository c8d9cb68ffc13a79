"""An author's earlier posts, for clients that switched it on: read for a batch, applied to a mention, forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from veille.analysis.earlier import EARLIER, moved, nameless
from veille.model.author import Author, EarlierPost
from veille.model.entry import Entry
from veille.model.mention import Kinship, Urgency, Verdict
from veille.model.watch import Client
from veille.store import Connection, authors, flags

log = structlog.get_logger()

#: The flag that says which clients have it on, and for how many days: "earlier_posts:CLIENT".
SWITCHED_ON = "earlier_posts:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Authors:
    """What the authors of a batch wrote about one client before; empty when the client did not ask for it."""

    within: timedelta | None = None
    weight: float = 1.0
    posts: dict[Author, tuple[EarlierPost, ...]] = field(default_factory=dict)

    def judged(self, urgency: Urgency, entry: Entry, verdict: Verdict, *, published: datetime) -> Urgency:
        """The urgency of an entry, moved by its author's earlier posts; the next of the batch will know of this one."""
        author = entry.author, entry.site
        if self.within is None or verdict.kinship is Kinship.COPY or nameless(entry.author):
            return urgency
        known = self.posts.get(author, ())
        found = moved(urgency, known, published=published, within=self.within, weight=self.weight)
        if not urgency.has("own_statement"):
            self.posts[author] = (*known, EarlierPost(published=published, urgency=found))
        return found


NOBODY = Authors()


def of_batch(conn: Connection, client: Client, batch: Sequence[tuple[Entry, datetime]]) -> Authors:
    """The earlier posts of the authors of these entries, each with when it was published; one question for all."""
    if client.earlier_posts is None or not batch:
        return NOBODY
    named = {(entry.author, entry.site) for entry, _ in batch if not nameless(entry.author)}
    since = min(published for _, published in batch) - client.earlier_posts
    weight = dict(client.urgent_weights).get(EARLIER, 1.0)
    found = authors.earlier(conn, client.id, named, since=since)
    return Authors(within=client.earlier_posts, weight=weight, posts=found)


def settle(tx: Connection, clients: Iterable[Client], *, now: datetime) -> None:
    """Forgets what was made of earlier posts where the switch is off now, or reaches less far than it did."""
    asked = {SWITCHED_ON + c.id: c.earlier_posts.days for c in clients if c.earlier_posts is not None}
    for name in sorted({*flags.names(tx, prefix=SWITCHED_ON), *asked}):
        before, days = flags.get(tx, name), asked.get(name)
        if before and (days is None or days < int(before[0])):
            client_id = name.removeprefix(SWITCHED_ON)
            log.info("earlier posts forgotten", client=client_id, number=authors.forget(tx, client_id, name=EARLIER))
        if days is None:
            flags.delete(tx, name)
        elif before is None or before[0] != str(days):
            flags.put(tx, name, str(days), at=now)
