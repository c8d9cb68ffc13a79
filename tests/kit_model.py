"""Builders of model values with sensible defaults: a test names only what its sentence is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from veille.model.alert import Facts, Reason, Stage, Story, Told
from veille.model.mention import Category, Kinship, Level, Mention, Signal, Urgency, Verdict
from veille.model.person import Channel, Person
from veille.model.secret import Secret
from veille.model.volume import Spike, SpikeState
from veille.model.watch import Client, Watch

NOON = datetime(2027, 2, 12, 12, 0, tzinfo=UTC)


def minutes(n: float) -> datetime:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=n)


def urgency(points: int = 10, *signals: str, category: Category = Category.OPINION) -> Urgency:
    return Urgency(points, tuple(Signal(name, 10, name) for name in signals), category)


def mention(id: int = 1, **given: Any) -> Mention:
    story_id = given.get("story_id", 1)
    values: dict[str, Any] = {
        "id": id,
        "client_id": "floreal",
        "entry_id": id,
        "story_id": story_id,
        "link": f"https://forum.example/{id}",
        "canonical": f"https://forum.example/{id}",
        "title": "",
        "text": "Pas de fleurs.",
        "author": f"author{id}",
        "site": "forum.example",
        "source_id": "forum",
        "place": "forum",
        "published": NOON,
        "seen": NOON,
        "verdict": Verdict(kinship=Kinship.NEW),
        "urgency": urgency(),
        "watches": ("floreal",),
    }
    return Mention(**{**values, **given})


def copy(id: int, **given: Any) -> Mention:
    return mention(id, verdict=Verdict(kinship=Kinship.COPY, of=1, story_id=1, likeness=1.0), **given)


def story(*mentions: Mention, id: int = 1) -> Story:
    members = mentions or (mention(),)
    return Story(
        id=id,
        client_id="floreal",
        code=f"F-{id}",
        title="Pas de fleurs",
        first_seen=min(m.seen for m in members),
        last_seen=max(m.seen for m in members),
        mentions=members,
    )


def told(stage: Stage = Stage.MENTION, level: Level = Level.CRITICAL, **given: Any) -> Told:
    values = {"alert_id": 1, "at": NOON, "reason": Reason.CRITICAL_MENTION}
    return Told(stage=stage, level=level, **{**values, **given})


def spike(state: SpikeState = SpikeState.STARTED, **given: Any) -> Spike:
    values: dict[str, Any] = {
        "client_id": "floreal",
        "watch_id": "floreal",
        "at": NOON,
        "started": NOON,
        "observed": 3,
        "expected": 0.1,
        "window_minutes": 90,
        "probability": 1e-5,
        "authors": 2,
        "sites": 2,
        "stories": (1,),
        "negative": True,
    }
    return Spike(state=state, **{**values, **given})


def facts(*fresh: Mention, before: tuple[Mention, ...] = (), **given: Any) -> Facts:
    members = given.pop("story", None) or story(*before, *fresh)
    values: dict[str, Any] = {"now": NOON, "client_id": "floreal", "second_signals": ("second_author",)}
    return Facts(story=members, fresh=fresh, **{**values, **given})


def channel(id: str = "mail", kind: str = "email", **given: Any) -> Channel:
    return Channel(id=id, kind=kind, address=Secret("someone@example.org"), **given)


def person(id: str = "virginie", *channels: Channel, serves: tuple[str, ...] = ("floreal",), **given: Any) -> Person:
    return Person(id=id, name=id.title(), channels=channels or (channel(),), serves=frozenset(serves), **given)


def client(id: str = "floreal", *watches: Watch, **given: Any) -> Client:
    values: dict[str, Any] = {"name": "Floréal", "mark": "FL"}
    return Client(id=id, watches=watches or (Watch(id=id, name=id, query=id),), **{**values, **given})
