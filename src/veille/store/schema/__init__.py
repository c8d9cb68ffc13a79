"""The tables of veille, the same on SQLite and on PostgreSQL (docs/concepts.md has the words)."""

from __future__ import annotations

from veille.store.schema.base import metadata
from veille.store.schema.following import permalink, story_return
from veille.store.schema.judging import (
    decision,
    decision_mention,
    mention,
    mention_link,
    mention_watch,
    spike,
    spike_change,
    spike_watch,
    story,
    word_use,
)
from veille.store.schema.learning import correction, feedback, poll
from veille.store.schema.telling import alert, beat, dead_channel, digest, flag, notification, rate_budget, receipt
from veille.store.schema.watching import (
    client_source,
    client_state,
    entry,
    entry_edit,
    exclusion,
    settings_set,
    source,
)

__all__ = [
    "alert",
    "beat",
    "client_source",
    "client_state",
    "correction",
    "dead_channel",
    "decision",
    "decision_mention",
    "digest",
    "entry",
    "entry_edit",
    "exclusion",
    "feedback",
    "flag",
    "mention",
    "mention_link",
    "mention_watch",
    "metadata",
    "notification",
    "permalink",
    "poll",
    "rate_budget",
    "receipt",
    "settings_set",
    "source",
    "spike",
    "spike_change",
    "spike_watch",
    "story",
    "story_return",
    "word_use",
]
