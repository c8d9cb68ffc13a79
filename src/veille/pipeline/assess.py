"""Judges what was saved: detect spikes, decide on each touched story, render and enqueue what is told.

One story at a time, a spike's lead story first: facts are read on a snapshot, the decision is worked
out, and one transaction writes decision, alert, notifications and "assessed" together, or nothing.
What one story told is thus a fact for the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from veille.alerting.decide import decide
from veille.analysis.signals import CRISIS, second_signals
from veille.model.alert import Action, Facts, Story, Told
from veille.model.mention import Level, Mention
from veille.model.volume import Spike, SpikeState
from veille.model.watch import Client, Watch
from veille.pipeline import detect, feedback, follow, paged, tell
from veille.pipeline.events import Decided, Spiked
from veille.pipeline.house import House
from veille.pipeline.trouble import TROUBLE, excused
from veille.store import Connection, alerts, flags, mentions, spikes, stories, surroundings
from veille.store.surroundings import AroundStory
from veille.timing.hours import local_midnight

#: Mentions judged in one pass.
BATCH = 200

#: Stories of a spike that say what it is about.
_TELLING = 5


@dataclass(frozen=True, slots=True)
class Assessed:
    """What a pass came to: mentions judged, stories told."""

    judged: int
    told: int


def assess(house: House) -> Assessed:
    """Judges up to a batch of unassessed mentions, and every running spike. Raises StoreError."""
    with house.store.reading() as conn:
        waiting = mentions.unassessed(conn, limit=BATCH)
        running = spikes.running(conn)
    by_client: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in waiting:
        by_client[mention.client_id].append(mention)
    watches = {client_id: {w for c, w in running if c == client_id} for client_id, _ in running}
    told = sum(
        _assess_or_set_aside(house, client_id, by_client[client_id], watches.get(client_id, set()))
        for client_id in sorted({*by_client, *watches})
    )
    return Assessed(judged=len(waiting), told=told)


def _assess_or_set_aside(house: House, client_id: str, fresh: Sequence[Mention], running: Collection[str]) -> int:
    """What cannot be judged is left to the digest and told to the operator: the other clients must not wait for it."""
    client = house.roster.clients.get(client_id)
    if client is None:
        _forget(house, fresh)
        return 0
    faults: list[Exception] = []
    told = 0
    with excused(faults, "client not judged", client=client_id):
        told = _assess_client(house, client, fresh, running, faults)
    if faults:
        _forget(house, fresh)
        with house.store.writing() as tx:
            flags.put(tx, f"{TROUBLE}{client_id}", "assess", at=house.clock.now())
    return told


def _assess_client(
    house: House, client: Client, fresh: Sequence[Mention], running: Collection[str], faults: list[Exception]
) -> int:
    """Spikes first, each by its lead story, then the other stories; one that fails keeps none from being judged."""
    touched = {watch_id for m in fresh for watch_id in m.watches} | set(running)
    by_story = _by_story(fresh)
    told = 0
    for change in detect.changes(house, client, touched):
        with excused(faults, "spike not judged", client=client.id):
            told += _assess_change(house, client, change, by_story)
    for story_id in _worst_first(house, by_story):
        with excused(faults, "story not judged", client=client.id):
            told += _assess_story(house, client, story_id, by_story[story_id], None)
    return told


def _worst_first(house: House, story_ids: Collection[int]) -> Sequence[int]:
    if len(story_ids) <= 1:
        return tuple(story_ids)
    with house.store.reading() as conn:
        found = sorted(stories.stories(conn, sorted(story_ids)), key=lambda s: (-s.points, s.id))
    return [story.id for story in found]


def _assess_change(house: House, client: Client, change: Spike, by_story: dict[int, tuple[Mention, ...]]) -> int:
    """Tells a spike by its lead story; what is fresh in it is judged with its start, and apart from its end."""
    lead = _lead(house, change)
    if lead is None:
        with house.store.writing() as tx:
            spikes.record(tx, change)
        house.watcher(Spiked(client_id=client.id, at=change.at, spike=change, story_id=None))
        return 0
    ends = change.state is SpikeState.OVER
    return _assess_story(house, client, lead, () if ends else by_story.pop(lead, ()), change)


def _forget(house: House, fresh: Sequence[Mention]) -> None:
    if fresh:
        with house.store.writing() as tx:
            mentions.mark_assessed(tx, [m.id for m in fresh], at=house.clock.now())


def _by_story(fresh: Sequence[Mention]) -> dict[int, tuple[Mention, ...]]:
    grouped: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in fresh:
        grouped[mention.story_id].append(mention)
    return {story_id: tuple(members) for story_id, members in grouped.items()}


def _lead(house: House, spike: Spike) -> int | None:
    """The story that speaks for a spike: the most urgent, the earliest of equals; None when all were pruned."""
    with house.store.reading() as conn:
        members = stories.stories(conn, spike.stories[: detect.MEMBERS])
    return min(members, key=lambda s: (-s.points, s.first_seen)).id if members else None


def _assess_story(house: House, client: Client, story_id: int, fresh: tuple[Mention, ...], change: Spike | None) -> int:
    with house.store.reading() as conn:
        story = stories.story(conn, story_id, fresh)
        watches = _watches(client, story)
        if not watches:
            return _set_aside(house, fresh)
        today = local_midnight(house.clock.now(), client.zone)
        around = surroundings.of_story(conn, client.id, story.id, since=today)
        followed = follow.look(
            conn, client, story, fresh, around=around, spike=change, now=house.clock.now(), later=house.unread
        )
        facts = _facts(conn, house, client, story, fresh, watches, change, followed, around=around, today=today)
        decision = decide(facts)
        if house.unread and decision.action is Action.TELL:
            followed = follow.remembered(conn, client, story, followed)
        draft = tell.draft(
            conn, house, client, story, decision, watches=watches, spike=_told(change), fresh=fresh, followed=followed
        )
        spared = tell.spared(draft, paged.silent(conn, house.installation.people, decision, facts))
        if draft.alert and not spared.alert:
            decision = spared.decision
        draft = spared
    with house.store.writing() as tx:
        if not house.store.alone and not _mine(tx, client, fresh, change):
            return 0
        spike_id = spikes.record(tx, change) if change else _spike_id(tx, client, watches) if draft.alert else None
        mentions.mark_assessed(tx, [m.id for m in fresh], at=facts.now)
        tell.write(tx, draft, mentions=[m.id for m in fresh], spike_id=spike_id)
        follow.keep(tx, story, decision, facts, followed, again=not house.unread)
    if change:
        house.watcher(Spiked(client_id=client.id, at=change.at, spike=change, story_id=story_id))
    house.watcher(
        Decided(
            client_id=client.id,
            story_id=story_id,
            at=facts.now,
            decision=draft.decision,
            alert=draft.alert,
            people=draft.people,
            channels=draft.channels,
        )
    )
    return int(decision.action is Action.TELL)


def _told(change: Spike | None) -> Spike | None:
    """A change that an alert may speak of: what rings within a calm crowd rings for itself."""
    return change if change and change.negative else None


def _set_aside(house: House, fresh: Sequence[Mention]) -> int:
    """No watch of today asks for these any more."""
    _forget(house, fresh)
    return 0


def _mine(tx: Connection, client: Client, fresh: Sequence[Mention], change: Spike | None) -> bool:
    """Whether no other machine judged this meanwhile; the client's turn is held until the transaction ends."""
    mentions.turn(tx, [client.id])
    last = spikes.last(tx, client.id, change.watch_id) if change else None
    if change and last and (last[1].state, last[1].started) == (change.state, change.started):
        return last[1].peak < change.peak
    return mentions.are_unassessed(tx, [m.id for m in fresh])


def _watches(client: Client, story: Story) -> tuple[Watch, ...]:
    named = {watch_id for m in story.mentions for watch_id in m.watches}
    return tuple(watch for watch in client.watches if watch.id in named)


def _spike_id(conn: Connection, client: Client, watches: Sequence[Watch]) -> int | None:
    found = (spikes.active(conn, client.id, watch.id) for watch in watches)
    return next((active[0] for active in found if active), None)


def _facts(
    conn: Connection,
    house: House,
    client: Client,
    story: Story,
    fresh: tuple[Mention, ...],
    watches: Sequence[Watch],
    change: Spike | None,
    followed: follow.Followed,
    *,
    around: AroundStory,
    today: datetime,
) -> Facts:
    now = house.clock.now()
    limit = _limit(conn, client, watches, since=today, rung=around.rung)
    return Facts(
        now=now,
        client_id=client.id,
        story=story,
        fresh=fresh,
        told=alerts.told_of_story(conn, story.id) if around.told else (),
        spike=change,
        told_of_spike=_told_of_spike(conn, client, story, fresh, watches, change) if around.spikes else (),
        urgent_today=limit.rung,
        urgent_per_day=limit.watch.urgent_per_day,
        # Asked only where it counts: after the last alert of the day.
        summary_sent=limit.is_reached and alerts.summary_since(conn, client.id, [limit.watch.id], limit.since),
        second_signals=(*second_signals(story, fresh), *followed.signals),
        denial=followed.denial,
        routed=_routed(watches),
        learning=feedback.learning(conn, client, watches, now=now, known=house.first_sights),
        look_alikes=feedback.look_alikes(conn, client.id, fresh) if around.taught else {},
    )


@dataclass(frozen=True, slots=True)
class _Limit:
    """How often the watch with most alerts left has rung since local midnight."""

    watch: Watch
    rung: int
    since: datetime

    @property
    def is_reached(self) -> bool:
        """Whether the next one would be too many."""
        return self.rung >= self.watch.urgent_per_day


def _limit(conn: Connection, client: Client, watches: Sequence[Watch], *, since: datetime, rung: bool) -> _Limit:
    counts = [alerts.urgent_since(conn, client.id, [w.id], since) if rung else 0 for w in watches]
    limits = [_Limit(watch, count, since) for watch, count in zip(watches, counts, strict=True)]
    return max(limits, key=lambda limit: limit.watch.urgent_per_day - limit.rung)


def _told_of_spike(
    conn: Connection,
    client: Client,
    story: Story,
    fresh: Sequence[Mention],
    watches: Sequence[Watch],
    change: Spike | None,
) -> tuple[Told, ...]:
    """What was told of the spike that changes, or of the running one that this story is part of."""
    asked = [change.watch_id] if change else [watch.id for watch in watches]
    running = [active for w in asked if (active := spikes.active(conn, client.id, w)) and active[1].negative]
    if change is None:
        running = [(number, spike) for number, spike in running if _is_part(conn, spike, story, fresh)]
    return alerts.told_of_spikes(conn, [number for number, _ in running])


def _is_part(conn: Connection, spike: Spike, story: Story, fresh: Sequence[Mention]) -> bool:
    """Whether a spike covers a story: another matter, critical by itself, is not covered by the noise around it."""
    if all(m.urgency.level < Level.CRITICAL for m in fresh):
        return True
    others = [number for number in spike.stories[:_TELLING] if number != story.id]
    said = {name for other in stories.stories(conn, others) for name in _crises(other.mentions)}
    return not said.isdisjoint(_crises(fresh))


def _crises(found: Iterable[Mention]) -> set[str]:
    return {signal.name for m in found for signal in m.urgency.signals} & CRISIS


def _routed(watches: Sequence[Watch]) -> tuple[tuple[Level, tuple[str, ...]], ...]:
    return tuple((r.least, r.categories) for w in watches for r in w.routes if r.least < Level.CRITICAL)
