"""The whole chain of reasons behind one mention, as text."""

from __future__ import annotations

from collections.abc import Iterator

from veille.model.mention import Mention
from veille.store import Connection, alerts, decisions, mentions, outbox, stories


def explain(conn: Connection, mention_id: int) -> str:
    """From the source to the receipt. Raises KeyError when there is no such mention."""
    mention = mentions.get(conn, mention_id)
    lines = (
        *_found(mention),
        *_placed(conn, mention),
        *_scored(mention),
        *_decided(conn, mention_id),
        *_told(conn, mention.story_id),
    )
    return "\n".join(lines)


def _found(mention: Mention) -> Iterator[str]:
    yield f"mention {mention.id} of client {mention.client_id}: {mention.title or mention.text[:80]}"
    yield f"  where      {mention.source_id} ({mention.place}), {mention.site}, {mention.author or 'no author'}"
    yield f"  link       {mention.link or 'none'}"
    yield f"  published  {mention.published:%Y-%m-%d %H:%M} UTC, seen {mention.seen:%Y-%m-%d %H:%M} UTC"
    yield f"  watches    {', '.join(mention.watches) or 'none any more: `veille rematch` detached it'}"
    traits = {
        "own statement": mention.own,
        "from before the source was first read": mention.backlog,
        "muted": mention.muted,
        f"planned event {mention.event}": bool(mention.event),
    }
    yield from (f"  taken as   {trait}" for trait, holds in traits.items() if holds)


def _placed(conn: Connection, mention: Mention) -> Iterator[str]:
    verdict, story = mention.verdict, stories.story(conn, mention.story_id)
    of = f" of mention {verdict.of}" if verdict.of else ""
    likeness = f", likeness {verdict.likeness:.2f}" if verdict.of else ""
    yield f"placed: {verdict.kinship}{of}{likeness} {verdict.evidence}".rstrip()
    yield f"  story      {story.code}: {story.title} ({len(story.mentions)} mentions)"


def _scored(mention: Mention) -> Iterator[str]:
    judged = mention.urgency
    yield f"urgency: {judged.points} points, {judged.level.name.lower()}, {judged.category}"
    for signal in judged.signals:
        yield f"  {signal.points:+4d}  {signal.name}  {signal.evidence}".rstrip()


def _decided(conn: Connection, mention_id: int) -> Iterator[str]:
    for decision, at in decisions.of_mention(conn, mention_id):
        because = f" ({', '.join(decision.evidence)})" if decision.evidence else ""
        yield f"decided {at:%Y-%m-%d %H:%M} UTC: {decision.action}, {decision.reason}{because}"


def _told(conn: Connection, story_id: int) -> Iterator[str]:
    for told in alerts.told_of_story(conn, story_id):
        yield f"told {told.at:%Y-%m-%d %H:%M} UTC: {told.reason}"
        for person, channel, receipt in outbox.receipts_of_alert(conn, told.alert_id):
            outcome = receipt.outcome
            yield f"  {person}/{channel} {receipt.at:%H:%M:%S}: {outcome.result} {outcome.detail}".rstrip()
