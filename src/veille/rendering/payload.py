"""The JSON that webhooks receive: stable keys (docs/configuration.md), text and never markup."""

from __future__ import annotations

import json
from typing import Any

from veille.model.alert import Story
from veille.model.following import Gone
from veille.model.mention import Kinship, Mention
from veille.model.volume import Spike
from veille.rendering.brand import Brand
from veille.rendering.story import EXCERPT, NAME, TITLE, title
from veille.rendering.voice import shown

#: Raised when a key is renamed or removed, never when one is added.
VERSION = 1

Data = dict[str, Any]


def dump(*, kind: str, language: str, client: Brand | None = None, **content: object) -> str:
    """Write one payload as JSON text."""
    whole: Data = {"version": VERSION, "kind": kind, "language": language}
    if client is not None:
        whole["client"] = client_data(client)
    return json.dumps({**whole, **content})


def client_data(client: Brand) -> Data:
    """Name a client."""
    return {"id": client.id, "mark": client.mark, "name": client.name}


def mention_data(mention: Mention) -> Data:
    """Describe one mention."""
    return {
        "id": mention.id,
        "title": shown(title(mention), TITLE),
        "text": shown(mention.text, EXCERPT),
        "url": mention.link,
        "author": shown(mention.author, NAME),
        "site": shown(mention.site, NAME),
        "place": mention.place,
        "published": mention.published.isoformat(),
        "seen": mention.seen.isoformat(),
        "points": mention.urgency.points,
        "level": mention.urgency.level.name.lower(),
        "category": mention.urgency.category.value,
        "signals": [
            {"name": signal.name, "points": signal.points, "evidence": shown(signal.evidence, NAME)}
            for signal in mention.urgency.signals
        ],
    }


def gone_data(gone: Gone) -> Data:
    """Describe what is no longer visible: the fact, and the dated copy."""
    return {
        "since": gone.since.isoformat(),
        "visible": gone.visible.isoformat(),
        "mention": mention_data(gone.mention),
    }


def story_data(story: Story) -> Data:
    """Describe a story by its counts and its lead."""
    return {
        "code": story.code,
        "title": shown(story.title, TITLE),
        "first_seen": story.first_seen.isoformat(),
        "last_seen": story.last_seen.isoformat(),
        "messages": sum(not m.own and m.verdict.kinship != Kinship.COPY for m in story.mentions),
        "copies": story.copies,
        "authors": len(story.authors),
        "sites": len(story.sites),
        "lead": mention_data(story.lead),
    }


def spike_data(spike: Spike | None) -> Data | None:
    """Describe a spike."""
    if spike is None:
        return None
    return {
        "watch": spike.watch_id,
        "state": spike.state.value,
        "started": spike.started.isoformat(),
        "observed": spike.observed,
        "expected": spike.expected,
        "window_minutes": spike.window_minutes,
        "probability": spike.probability,
        "authors": spike.authors,
        "sites": spike.sites,
        "negative": spike.negative,
    }
