"""One client's part of a digest: its stories of a period, what was decided of them, and what they are set beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from veille.alerting.digest import SHOWN, ClientDay, Told
from veille.model.alert import Action, Decision, Reason
from veille.model.digest import Period
from veille.model.person import Person
from veille.model.volume import Spike
from veille.model.watch import Client
from veille.pipeline import aftermath, health
from veille.store import (
    Connection,
    alerts,
    decisions,
    deliveries,
    exclusions,
    feedback,
    spikes,
    stories,
    surroundings,
    volumes,
)
from veille.timing.hours import local_day

#: Days drawn in the picture.
DAYS = 14

#: Stories read for one client's part, those alerted, edited or lost apart: three times what is shown.
_STORIES = 3 * SHOWN


def read(conn: Connection, client: Client, person: Person, *, period: Period, whole: bool = True) -> ClientDay:
    """The facts of one client in a period, as this person may know them; only its stories unless `whole`."""
    told = _told(conn, client, person, period)
    return _counted(conn, told) if whole else told


def _told(conn: Connection, client: Client, person: Person, period: Period) -> ClientDay:
    """The stories of a period, and what was decided of them."""
    since, until = period.since, period.until
    around = surroundings.of_day(conn, client.id)
    found, total = stories.news(conn, client.id, period, limit=_STORIES)
    edited = frozenset(stories.edited(conn, client.id, since=since, until=until) if around.edits else ())
    lost = frozenset(deliveries.lost_stories(conn, client.id, person.id, period) if around.alerts else ())
    rung = alerts.since(conn, client.id, since) if around.alerts else ()
    told = frozenset(one.story_id for one in rung if one.story_id is not None)
    followed = aftermath.followed(conn, client.id, period) if around.edits or around.gone else frozenset()
    ids = list(dict.fromkeys((*found, *sorted(edited | lost | told | followed))))
    return ClientDay(
        client=client,
        period=period,
        stories=stories.stories(conn, ids),
        followed=followed,
        total=total,
        edited=edited,
        lost=lost,
        decisions=_decisions(conn, ids, person, now=until),
        not_us=feedback.not_us(conn, client.id, period) if around.marks else frozenset(),
    )


def _counted(conn: Connection, told: ClientDay) -> ClientDay:
    """With what followed its stories, the numbers and the state of its sources."""
    client, period = told.client, told.period
    since, until = period.since, period.until
    counts = volumes.counts(conn, client.id, period)
    return replace(
        told,
        after=aftermath.after(conn, client.id, told.stories, period),
        mentions=counts.mentions,
        copies=counts.copies,
        planned=counts.planned,
        own=counts.own,
        muted=counts.muted,
        excluded=exclusions.count(conn, client.id, since=since, until=until),
        calm=_calm(conn, client, since=since, until=until),
        usual=volumes.usual_per_day(conn, client.id, now=until),
        days=volumes.daily(conn, client.id, zone=client.zone, until=local_day(until, client.zone), days=DAYS),
        sources=health.of_client(conn, client, now=until),
    )


def _calm(conn: Connection, client: Client, *, since: datetime, until: datetime) -> tuple[Spike, ...]:
    """The crowds in a neutral tone that began within the day: each is told in one digest."""
    found = (spike for _, spike in spikes.recent(conn, client.id, since=since))
    return tuple(spike for spike in found if not spike.negative and since <= spike.started < until)


def _decisions(conn: Connection, ids: Sequence[int], person: Person, *, now: datetime) -> dict[int, Told]:
    """What was told of each story last, else why it was held last; the end of a spike tells nothing new."""
    said = {i: Told(decision=d, at=at) for i, (d, at) in decisions.latest_of_stories(conn, ids).items()}
    every = alerts.told_of_stories(conn, ids)
    rung = {story_id: [t for t in told if t.reason is not Reason.SPIKE_OVER] for story_id, told in every.items()}
    last = {story_id: told[-1] for story_id, told in rung.items() if told}
    fates = deliveries.deliveries(conn, [told.alert_id for told in last.values()], person.id, now=now)
    for story_id, told in last.items():
        decision = Decision(action=Action.TELL, reason=told.reason, level=told.level, stage=told.stage)
        said[story_id] = Told(decision=decision, at=told.at, delivery=fates.get(told.alert_id))
    return said
