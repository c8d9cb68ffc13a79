"""Turns a decision into an alert and its notifications, and writes them in the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from veille.alerting.instruction import instruction
from veille.alerting.recipients import recipients
from veille.alerting.rises import BEYOND_LIMIT
from veille.model.alert import Action, Alert, Decision, Reason, Story
from veille.model.digest import Period
from veille.model.mention import Level, Mention
from veille.model.message import Notification, Urgent
from veille.model.person import Channel, Person
from veille.model.volume import BAD_BAND, Spike, band
from veille.model.watch import Client, Watch
from veille.pipeline import follow
from veille.pipeline.house import House
from veille.store import Connection, alerts, decisions, outbox, permalinks, stories, volumes
from veille.timing.hours import release

#: An urgent alert is of no use after this; the digest says what expired.
URGENT_FOR = timedelta(hours=12)
CALM_FOR = timedelta(days=2)

#: Stories that are told beside the lead of a spike, or in the summary after the last urgent alert.
_OTHERS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A decision with everything that follows from it, not written yet."""

    client_id: str
    story_id: int
    decision: Decision
    at: datetime
    #: None unless it is told.
    alert: Alert | None = None
    notifications: tuple[Notification, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Person ids that are told, once each."""
        return tuple(dict.fromkeys(n.person_id for n in self.notifications))

    @property
    def channels(self) -> tuple[str, ...]:
        """Where it is told, as "person/channel", once each."""
        return tuple(dict.fromkeys(f"{n.person_id}/{n.channel_id}" for n in self.notifications))


def draft(
    conn: Connection,
    house: House,
    client: Client,
    story: Story,
    decision: Decision,
    *,
    watches: Sequence[Watch],
    spike: Spike | None,
    fresh: Sequence[Mention] = (),
    followed: follow.Followed = follow.NOTHING,
) -> Draft:
    """What telling, holding or dropping this story comes to; renders the messages when it is told."""
    now = house.clock.now()
    bare = Draft(client_id=client.id, story_id=story.id, decision=decision, at=now)
    if decision.action is not Action.TELL:
        return bare
    alone = _alert(conn, house, client, story, decision, watches=watches, spike=spike)
    alert = _followed(conn, alone, client, followed)
    notifications = tuple(_notifications(house, client, alert, watches, fresh))
    if not notifications:
        return replace(bare, decision=replace(decision, action=Action.DROP, reason=Reason.NO_ONE_TO_TELL))
    return replace(bare, alert=alert, notifications=notifications)


def spared(one: Draft, people: Collection[str]) -> Draft:
    """The same without these people, for whom too many wrong alerts rang lately; held when nobody is left."""
    left = tuple(n for n in one.notifications if n.person_id not in people)
    if one.alert is None or left:
        return replace(one, notifications=left)
    held = replace(one.decision, action=Action.HOLD, reason=Reason.BUDGET_SPENT, evidence=(one.decision.reason.value,))
    return replace(one, decision=held, alert=None, notifications=())


def write(tx: Connection, one: Draft, *, mentions: Sequence[int], spike_id: int | None) -> None:
    """Records the decision, and the alert with its notifications when there is one."""
    decisions.record(
        tx,
        client_id=one.client_id,
        story_id=one.story_id,
        mention_ids=mentions,
        decision=one.decision,
        at=one.at,
    )
    if one.alert is None:
        return
    alert_id = alerts.add(
        tx,
        alerts.NewAlert(
            client_id=one.client_id,
            story_id=one.story_id,
            spike_id=spike_id,
            decision=one.decision,
            at=one.at,
            watches=one.alert.watches,
            code=one.alert.code,
        ),
    )
    outbox.enqueue(tx, [replace(n, alert_id=alert_id) for n in one.notifications])


def _alert(
    conn: Connection,
    house: House,
    client: Client,
    story: Story,
    decision: Decision,
    *,
    watches: Sequence[Watch],
    spike: Spike | None,
) -> Alert:
    now = house.clock.now()
    others = _others(conn, client, story, decision, spike=spike, now=now)
    return Alert(
        id=0,
        code=house.dice.code(),
        client_id=client.id,
        story=story,
        decision=decision,
        at=now,
        watches=tuple(watch.id for watch in watches),
        spike=spike,
        usual_per_day=volumes.usual_per_day(conn, client.id, now=now),
        others=others,
        planned=_planned(client, (story, *others)) if spike else "",
    )


def _planned(client: Client, found: Sequence[Story]) -> str:
    """The name of the planned event that the most bad mentions belong to, which alone count ("" = none)."""
    said = (mention for story in found for mention in story.mentions if mention.event)
    count = Counter(m.event for m in said if band(m.urgency.points, m.urgency.tone) >= BAD_BAND)
    names = {event.id: event.name for event in client.events}
    return next((names[event] for event, _ in count.most_common() if event in names), "")


def _followed(conn: Connection, alert: Alert, client: Client, followed: follow.Followed) -> Alert:
    """The alert with what followed its story; how a crisis goes further is about all that was told of it."""
    story, reason = alert.story, alert.decision.reason
    wide = reason in BEYOND_LIMIT
    whole = follow.event(conn, client, story, now=alert.at) if wide else story
    gone = permalinks.gone_of_stories(conn, sorted({m.story_id for m in whole.mentions})) if wide else followed.gone
    return replace(
        alert,
        story=whole,
        instruction=instruction(client, whole, reason=reason),
        client_name=client.name,
        gone=gone,
        denial=followed.denial,
        earlier=followed.earlier,
    )


def _others(
    conn: Connection, client: Client, story: Story, decision: Decision, *, spike: Spike | None, now: datetime
) -> tuple[Story, ...]:
    """The stories told beside this one: those of its spike, or those that the daily limit held."""
    if decision.reason is Reason.OVER_BUDGET_SUMMARY:
        day = Period(since=now - timedelta(hours=24), until=now)
        ids, _ = stories.news(conn, client.id, day, limit=_OTHERS)
        return tuple(s for s in _except(conn, ids, story) if s.level >= Level.HIGH)
    return _except(conn, spike.stories[:_OTHERS], story) if spike else ()


def _except(conn: Connection, ids: Sequence[int], story: Story) -> tuple[Story, ...]:
    found = stories.stories(conn, [i for i in ids if i != story.id])
    return tuple(sorted(found, key=lambda s: (-s.points, s.id)))


def _notifications(
    house: House, client: Client, alert: Alert, watches: Sequence[Watch], fresh: Sequence[Mention]
) -> list[Notification]:
    installed = house.installation
    categories = {m.urgency.category for m in _ringing(alert, fresh)}
    told = recipients(client, watches, alert.decision, installed.people, categories=categories)
    return [_notification(house, client, alert, person, channel) for person, channel in told]


def _ringing(alert: Alert, fresh: Sequence[Mention]) -> Sequence[Mention]:
    """The mentions that made it ring; the end of a spike is for all who may have heard of any part of it."""
    if alert.decision.reason is Reason.SPIKE_OVER:
        return [m for story in (alert.story, *alert.others) for m in story.mentions if not m.own]
    return fresh or (alert.story.lead,)


def _notification(house: House, client: Client, alert: Alert, person: Person, channel: Channel) -> Notification:
    message = house.renderer.alert_message(
        alert,
        client=client,
        language=person.language,
        zone=client.zone,
        public_url=house.installation.public_url,
    )
    held = alert.decision.level < Level.CRITICAL
    due = release(alert.at, quiet=person.quiet, zone=person.zone) if held else alert.at
    lasts = URGENT_FOR if message.urgent is Urgent.NOW else CALM_FOR
    return Notification(
        key=f"{alert.code}.{person.id}.{channel.id}",
        person_id=person.id,
        channel_id=channel.id,
        client_id=client.id,
        message=message,
        created=alert.at,
        due=due,
        expires=due + lasts,
    )
