"""What happened, as the events of a replay: plain values, one object each, as events.schema.json describes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from veille.model.alert import Action
from veille.model.entry import Entry
from veille.model.mention import Kinship, Level
from veille.model.volume import Spike, SpikeState
from veille.model.watch import Client
from veille.pipeline.events import Decided, Digested, LeftOut, Mentioned, Spiked
from veille.query.facts import language_of
from veille.rendering.renderer import Renderer
from veille.replay.play import Repeated

Event = dict[str, Any]

#: Alarms of this time are not counted: the past is still being learnt.
LEARNING = timedelta(days=14)

_MONTH = timedelta(days=30)


@dataclass(slots=True)
class Numbers:
    """What is counted while events go by."""

    items: int = 0
    mentions: int = 0
    copies: int = 0
    stories: set[int] = field(default_factory=set)
    spikes: int = 0
    urgent: int = 0
    #: When spikes started.
    alarms: list[datetime] = field(default_factory=list)


class Scribe:
    """Hears what happens in the house of one client and gives it on as events, in order."""

    def __init__(
        self, client: Client, *, public_url: str, tell: Callable[[Event], None], since: datetime | None = None
    ) -> None:
        self._client = client
        self._public_url = public_url
        self._tell = tell
        self._since = since
        self._renderer = Renderer.load(drawn=False)
        self.numbers = Numbers()

    def hear(self, event: object) -> None:
        """Tells what this event is to a reader of the replay; many are nothing, as is what was before `since`."""
        if self._since is not None and _moment(event) < self._since:
            return
        match event:
            case Mentioned():
                self._mentioned(event)
            case LeftOut():
                self._ignored(event.entry, event.seen, "excluded" if event.client_id else "no_match")
            case Repeated():
                self._ignored(event.item.entry, event.item.seen, "repeated")
            case Spiked():
                self._spiked(event)
            case Decided():
                self._decided(event)
            case Digested():
                self._tell(_held("digest", event.at, "morning", event.stories))

    def summary(self, first: datetime, last: datetime) -> Event:
        """The last event. `first`, `last`: when the items began and ended."""
        numbers = self.numbers
        begun = max(first + LEARNING, self._since or first)
        first = max(first, self._since or first)
        judged = last - begun
        counted = sum(at >= begun for at in numbers.alarms)
        return {
            "event": "summary",
            "items": numbers.items,
            "mentions": numbers.mentions,
            "copies": numbers.copies,
            "stories": len(numbers.stories),
            "spikes": numbers.spikes,
            "urgent": numbers.urgent,
            "days": round(max(timedelta(), last - first) / timedelta(days=1), 3),
            "alarms_per_30_days": round(counted * (_MONTH / judged), 3) if judged > timedelta() else None,
        }

    def _ignored(self, entry: Entry, at: datetime, reason: str) -> None:
        self.numbers.items += 1
        self._tell({"event": "ignored", "at": _at(at), "url": entry.link, "reason": reason})

    def _mentioned(self, event: Mentioned) -> None:
        copy = event.verdict.kinship is Kinship.COPY
        self.numbers.items += 1
        self.numbers.mentions += 1
        self.numbers.copies += copy
        self.numbers.stories.add(event.story_id)
        urgency = event.urgency
        self._tell(
            {
                "event": "mention",
                "at": _at(event.seen),
                "url": event.entry.link,
                "watches": list(event.watches),
                "story": str(event.story_id),
                "verdict": event.verdict.kinship.value,
                "copy_of": str(event.verdict.of) if copy and event.verdict.of else None,
                "urgency": urgency.points,
                "level": _level(urgency.level),
                "category": urgency.category.value,
                "signals": [
                    {"name": signal.name, "points": signal.points, "evidence": signal.evidence}
                    for signal in urgency.signals
                ],
                "lang": language_of(event.entry),
            }
        )

    def _spiked(self, event: Spiked) -> None:
        spike = event.spike
        if spike.state is SpikeState.STARTED:
            self.numbers.spikes += 1
            self.numbers.alarms.append(event.at)
        self._tell(
            {
                "event": "spike",
                "at": _at(event.at),
                "watches": list(_watches(spike)),
                "story": None if event.story_id is None else str(event.story_id),
                "state": spike.state.value,
                "observed": spike.observed,
                "expected": round(spike.expected, 4),
                "window_minutes": spike.window_minutes,
                "probability": float(f"{spike.probability:.4g}"),
                "stories": [str(number) for number in spike.stories],
            }
        )

    def _decided(self, event: Decided) -> None:
        decision, alert = event.decision, event.alert
        if decision.action is not Action.TELL or alert is None:
            self._tell(_held("held", event.at, decision.reason.value, (event.story_id,)))
            return
        kind = "spike" if alert.spike else "urgent"
        self.numbers.urgent += kind == "urgent"
        message = self._renderer.alert_message(
            alert,
            client=self._client,
            language=self._client.language,
            zone=self._client.zone,
            public_url=self._public_url,
        )
        stories = (alert.story.id, *(other.id for other in alert.others))
        self._tell(
            {
                "event": "alert",
                "at": _at(event.at),
                "kind": kind,
                "level": _level(decision.level),
                "watches": list(alert.watches),
                "stories": [str(number) for number in dict.fromkeys(stories)],
                "channels": list(event.channels),
                "reason": decision.reason.value,
                "text": message.text,
            }
        )


def _moment(event: object) -> datetime:
    match event:
        case Mentioned() | LeftOut():
            return event.seen
        case Repeated():
            return event.item.seen
        case Spiked() | Decided() | Digested():
            return event.at
        case _:
            return datetime.max.replace(tzinfo=UTC)


def _watches(spike: Spike) -> Sequence[str]:
    return tuple(dict.fromkeys((spike.watch_id, *spike.watches)))


def _held(kind: str, at: datetime, reason: str, stories: Sequence[int]) -> Event:
    return {"event": kind, "at": _at(at), "reason": reason, "stories": [str(number) for number in stories]}


def _level(level: Level) -> str:
    return level.name.lower()


def _at(moment: datetime) -> str:
    """UTC, ISO 8601."""
    return moment.isoformat()
