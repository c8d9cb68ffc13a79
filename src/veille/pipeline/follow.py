"""What is known of a story beside what its fresh mentions say: what vanished, what is denied, what it returns from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from veille.analysis import dedup, following
from veille.model.alert import Action, Decision, Facts, Reason, Story
from veille.model.following import Denial, Earlier, Gone
from veille.model.mention import Candidate, Kinship, Mention
from veille.model.volume import Spike
from veille.model.watch import Client
from veille.pipeline import revisit
from veille.pipeline.place import STORY_WINDOW
from veille.store import Connection, alerts, mentions, permalinks, placing, returns, spikes, stories
from veille.store.surroundings import AroundStory

#: What was told since then is what a denial, or a journalist, is about.
EVENT = timedelta(hours=24)

#: Stories of one event that are read.
_LINKED = 20

#: How far back a story may have been told for another to be its return.
MEMORY = timedelta(days=365)

#: Likeness from which a new story is an old one that returns: more than what joins two in a window.
RETURNS = 0.3

#: Farther than what one author says in a row counts for, within what a story may last.
_APART = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What followed a story so far."""

    gone: tuple[Gone, ...] = ()
    denial: Denial | None = None
    earlier: Earlier | None = None
    #: Whether the return was found just now.
    returned: bool = False

    @property
    def signals(self) -> tuple[str, ...]:
        """What stands beside a crisis word of the story."""
        return following.disappeared(self.gone)


NOTHING = Followed()


def keep(
    tx: Connection, story: Story, decision: Decision, facts: Facts, followed: Followed, *, again: bool = True
) -> None:
    """Writes what was found of a story that was judged; `again`: its addresses are asked again once it is told."""
    if followed.returned and followed.earlier:
        returns.record(tx, story.id, followed.earlier, at=facts.now)
    if again and (decision.action is Action.TELL or facts.told or facts.told_of_spike):
        revisit.follow(tx, story.mentions, at=facts.now)


def look(
    conn: Connection,
    client: Client,
    story: Story,
    fresh: Sequence[Mention],
    *,
    around: AroundStory,
    spike: Spike | None,
    now: datetime,
    later: bool = False,
) -> Followed:
    """The facts about a story that its judgement needs. `fresh`: its mentions not judged yet.

    `later`: what it returns from, which only messages say, is left to `remembered`.
    """
    known = returns.of_stories(conn, [story.id]).get(story.id) if around.earlier else None
    opening = _opening(story, fresh) if known is None and not later else None
    found = _earlier(conn, client, story, opening, now=now) if opening else None
    return Followed(
        gone=_gone(conn, story, around, spike),
        denial=_denial(conn, client, story, fresh, now=now),
        earlier=known or found,
        returned=found is not None,
    )


def remembered(conn: Connection, client: Client, story: Story, followed: Followed) -> Followed:
    """With the earlier story that this one returned from as it was opened, where that was left until it is told."""
    opened = mentions.opening(conn, story.id) if followed.earlier is None else ()
    opening = _opening(story, opened, whole=True)
    found = _earlier(conn, client, story, opening, now=opening.seen, until=opening.seen) if opening else None
    return replace(followed, earlier=found, returned=True) if found else followed


def _gone(conn: Connection, story: Story, around: AroundStory, spike: Spike | None) -> tuple[Gone, ...]:
    if spike is None:
        return permalinks.gone_of_stories(conn, [story.id]) if around.gone else ()
    return permalinks.gone_of_stories(conn, list(dict.fromkeys((story.id, *spike.stories[:_LINKED]))))


def event(conn: Connection, client: Client, story: Story, *, now: datetime) -> Story:
    """The story with all that was told of the client within a day: what a denial or an enquiry is about.

    What was published before the first of the stories told is left out: an older grievance is another matter.
    """
    alerted, linked = _told(conn, client, now=now)
    told = [other for other in linked if other.id != story.id]
    floor = min((m.published for other in linked if other.id in alerted for m in other.mentions), default=None)
    if not told or floor is None:
        return story
    every = {m.id: m for each in (story, *told) for m in each.mentions if m.published >= floor and not m.event}
    return replace(story, mentions=tuple(sorted(every.values(), key=lambda m: (m.published, m.id))), total=0)


def _denial(
    conn: Connection, client: Client, story: Story, fresh: Sequence[Mention], *, now: datetime
) -> Denial | None:
    if not any(following.denies(m) or m.urgency.points >= following.UNHAPPY for m in fresh if not m.own):
        return None
    statements = mentions.own(conn, client.id, since=now - following.STATEMENT_WINDOW)
    if not statements:
        return None
    _, told = _told(conn, client, now=now)
    authors = {m.author for each in told for m in each.mentions if m.author and not m.own}
    found = following.denial(
        fresh, statements, story=story.mentions, told_authors=authors - _new(story, fresh, told), names=(client.name,)
    )
    return None if found is None or _was_told(conn, client, found, now=now) else found


def _new(story: Story, fresh: Sequence[Mention], told: Sequence[Story]) -> set[str]:
    """Authors of fresh mentions alone: nobody comes back by their first words."""
    before = {m.author for each in (story, *told) for m in each.mentions if m.id not in {f.id for f in fresh}}
    return {m.author for m in fresh} - before


def _was_told(conn: Connection, client: Client, found: Denial, *, now: datetime) -> bool:
    lately = alerts.since(conn, client.id, max(found.statement.published, now - EVENT))
    return any(alert.decision.reason is Reason.STATEMENT_DENIED for alert in lately)


def _told(conn: Connection, client: Client, *, now: datetime) -> tuple[Collection[int], tuple[Story, ...]]:
    """The stories alerted within a day, by number; and they with those of the spikes told."""
    lately = alerts.since(conn, client.id, now - EVENT)
    alerted = {alert.story_id for alert in lately if alert.story_id is not None}
    rung = {alert.spike_id for alert in lately}
    recent = spikes.recent(conn, client.id, since=now - EVENT)
    members = [story_id for number, spike in recent if number in rung for story_id in spike.stories[:_LINKED]]
    return alerted, stories.stories(conn, list(dict.fromkeys((*sorted(alerted), *members))))


def _opening(story: Story, fresh: Sequence[Mention], *, whole: bool = False) -> Mention | None:
    """The mention that opens a story, when `fresh` are all that there is of it, or were as it was opened."""
    if not whole and len(fresh) != len(story.mentions):
        return None
    return next((m for m in fresh if not (m.own or m.event or m.backlog)), None)


def _earlier(
    conn: Connection,
    client: Client,
    story: Story,
    opened: Mention,
    *,
    now: datetime,
    until: datetime | None = None,
) -> Earlier | None:
    """The story of before the window that a story just opened resembles most; of what was seen `until` then."""
    lookup = placing.Lookup(
        canonical=opened.canonical,
        title_key=dedup.title_key(opened.title),
        sketch=dedup.sketch(opened.title, opened.text),
        author=opened.author,
        site=opened.site,
    )
    found = placing.candidates(conn, client.id, [lookup], since=now - MEMORY, until=until)[0]
    old = [_brought_near(c, opened) for c in found if c.story_id != story.id and opened.seen - c.seen > STORY_WINDOW]
    verdict = dedup.place(_placing(opened), old, now=now, names=(client.name,)) if old else None
    if verdict is None or verdict.kinship is Kinship.NEW or verdict.likeness < RETURNS or verdict.story_id is None:
        return None
    return _as_earlier(conn, verdict.story_id, verdict.likeness)


def _brought_near(candidate: Candidate, opened: Mention) -> Candidate:
    """The candidate as if it were of yesterday: likened by what it says, not by when."""
    return replace(candidate, published=opened.published - _APART)


def _placing(mention: Mention) -> dedup.Placing:
    return dedup.Placing(
        canonical=mention.canonical,
        title=mention.title,
        text=mention.text,
        author=mention.author,
        site=mention.site,
        published=mention.published,
        seen=mention.seen,
    )


def _as_earlier(conn: Connection, story_id: int, likeness: float) -> Earlier | None:
    found = stories.stories(conn, [story_id])
    if not found or all(m.own for m in found[0].mentions):
        return None
    return Earlier(story_id=story_id, code=found[0].code, seen=found[0].last_seen, likeness=likeness)
