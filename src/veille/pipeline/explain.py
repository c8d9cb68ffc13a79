"""The whole chain of reasons behind one mention, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from veille.model.mention import Mention
from veille.model.watch import Client
from veille.pipeline import stories as corrected
from veille.pipeline.fan_out import fan_out
from veille.store import (
    Connection,
    alerts,
    decisions,
    edits,
    feedback,
    mentions,
    outbox,
    permalinks,
    returns,
    stories,
)
from veille.store.corrections import Kind

#: Characters quoted of an edited text.
_QUOTED = 120


def explain(conn: Connection, mention_id: int, *, clients: Sequence[Client] = ()) -> str:
    """From the source to the receipt; of `clients` the one concerned says what its source asks.

    Raises KeyError when there is no such mention, QueryError.
    """
    mention = mentions.get(conn, mention_id)
    lines = (
        *_found(mention),
        *_asked(mention, clients),
        *_placed(conn, mention),
        *_corrected(conn, mention),
        *_edited(conn, mention_id),
        *_scored(mention),
        *_decided(conn, mention_id),
        *_told(conn, mention.story_id),
        *_visible(conn, mention_id),
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


def _asked(mention: Mention, clients: Sequence[Client]) -> Iterator[str]:
    """What the service was asked, as the settings are now, and what was left to check here."""
    client = next((each for each in clients if each.id == mention.client_id), None)
    source = next((each for each in client.sources if each.id == mention.source_id), None) if client else None
    if client is None or source is None or source.ask is None:
        return
    found = fan_out(client, source)
    yield f"  asked      {source.kind}: {' | '.join(found.asked) or 'nothing that it could search for'}"
    yield "  checked    the whole query again, here" + (f"; alone here: {', '.join(found.here)}" if found.here else "")


def _placed(conn: Connection, mention: Mention) -> Iterator[str]:
    verdict, story = mention.verdict, stories.story(conn, mention.story_id)
    of = f" of mention {verdict.of}" if verdict.of else ""
    likeness = f", likeness {verdict.likeness:.2f}" if verdict.of else ""
    yield f"placed: {verdict.kinship}{of}{likeness} {verdict.evidence}".rstrip()
    if earlier := returns.of_stories(conn, [mention.story_id]).get(mention.story_id):
        yield f"  returns    {earlier.code}, last seen {earlier.seen:%Y-%m-%d}, likeness {earlier.likeness:.2f}"
    yield f"  story      {story.code}: {story.title} ({len(story.mentions)} mentions)"


def _corrected(conn: Connection, mention: Mention) -> Iterator[str]:
    for done, old, new in corrected.told(conn, mention.id, mention.story_id):
        what = f"{old} united with {new}" if done.kind is Kind.MERGE else f"parted from {old} into {new}"
        yield f"  corrected  {what} by {done.who or 'someone'}, {done.at:%Y-%m-%d %H:%M} UTC (correction {done.id})"
    if marked := feedback.of_mentions(conn, [mention.id]).get(mention.id):
        yield f"  marked     {marked.mark} by {marked.who or 'someone'}, {marked.at:%Y-%m-%d %H:%M} UTC"


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


def _edited(conn: Connection, mention_id: int) -> Iterator[str]:
    for edit in edits.of_mention(conn, mention_id):
        yield f"edited {edit.at:%Y-%m-%d %H:%M} UTC"
        said = ("title", edit.old_title, edit.new_title), ("text", edit.old_text, edit.new_text)
        for what, before, now in said:
            if before.strip() != now.strip():
                yield f"  {what:10} {before[:_QUOTED]!r} became {now[:_QUOTED]!r}"


def _visible(conn: Connection, mention_id: int) -> Iterator[str]:
    found = permalinks.of_mention(conn, mention_id)
    if found is None:
        return
    known, due = found
    after = f", next look {due:%Y-%m-%d %H:%M} UTC" if due else ", no more looks"
    last = known.visible or known.titled
    if known.gone:
        yield f"no longer visible since {known.gone:%Y-%m-%d %H:%M} UTC ({known.asked} looks{after})"
    elif last:
        yield f"still visible {last:%Y-%m-%d %H:%M} UTC ({known.asked} looks{after})"
    else:
        yield f"not known whether it is still visible: its text could not be read there ({known.asked} looks{after})"
