"""The first days of a watch: the phone rings for explicit danger, or when three authors on two sites tell the story.

Whatever else would have rung waits for the digest, which asks whether it should have.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from veille.model.alert import Facts
from veille.model.mention import Kinship, Mention
from veille.model.watch import Watch

#: Signals of explicit danger, and the points from which the words leave no doubt: a weak word, or one inside a
#: question, is worth less.
DANGER, WITHOUT_DOUBT = ("danger", "violence"), 35
#: So many people on so many sites are a crowd.
CROWD_AUTHORS, CROWD_SITES = 3, 2


def in_first_days(watch: Watch, since: datetime | None, now: datetime) -> bool:
    """Whether a watch that was first in the settings at `since` (None = never yet) is still in its first days."""
    if not watch.learning_days:
        return False
    return since is None or now < since + timedelta(days=watch.learning_days)


def is_danger(mention: Mention) -> bool:
    """Whether a mention tells of danger in so many words, in no work of fiction."""
    told = [signal for signal in mention.urgency.signals if signal.name in DANGER and signal.points >= WITHOUT_DOUBT]
    return bool(told) and not mention.urgency.has("fiction")


def danger(mentions: Iterable[Mention]) -> bool:
    """Whether one of others' mentions, no copy, tells of explicit danger."""
    return any(is_danger(m) and m.verdict.kinship is not Kinship.COPY for m in mentions if not (m.own or m.backlog))


def crowd(facts: Facts) -> bool:
    """Whether several people on several sites tell the story, or its spike."""
    heard = [m for m in {m.id: m for m in (*facts.story.mentions, *facts.fresh)}.values() if _counts(m)]
    authors = {m.author or f"@{m.site}" for m in heard}
    sites = {m.site for m in heard}
    spike = facts.spike
    if spike and spike.negative and spike.authors >= CROWD_AUTHORS and spike.sites >= CROWD_SITES:
        return True
    return len(authors) >= CROWD_AUTHORS and len(sites) >= CROWD_SITES


def rings_early(facts: Facts) -> bool:
    """Whether what would ring may ring in a watch's first days."""
    return danger(facts.fresh) or crowd(facts)


def _counts(mention: Mention) -> bool:
    return not (mention.own or mention.backlog or mention.event or mention.muted)
