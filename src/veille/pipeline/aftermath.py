"""What followed stories, for the digests: edits, messages no longer visible, returns, questions left open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from veille.analysis import following
from veille.model.alert import Story
from veille.model.digest import Period
from veille.model.following import After, Edit, Gone
from veille.model.mention import Mention
from veille.store import Connection, alerts, edits, mentions, permalinks, returns


def followed(conn: Connection, client_id: str, period: Period) -> frozenset[int]:
    """The told stories that were edited, or lost messages, in a period: the digest says so though nothing is new."""
    edited = {edit.story_id for edit in edits.between(conn, client_id, since=period.since, until=period.until)}
    told = alerts.told_of_stories(conn, sorted(edited))
    return frozenset(told) | permalinks.stories_with_gone(conn, client_id, since=period.since, until=period.until)


def after(conn: Connection, client_id: str, stories: Sequence[Story], period: Period) -> dict[int, After]:
    """By story, what followed it; those of which nothing is to be said are left out."""
    ids = [story.id for story in stories]
    changed = _by_story(edits.of_stories(conn, ids), period)
    gone: defaultdict[int, list[Gone]] = defaultdict(list)
    for each in permalinks.gone_of_stories(conn, ids):
        gone[each.mention.story_id].append(each)
    back = returns.of_stories(conn, ids)
    statements = mentions.own(conn, client_id, since=period.since - following.STATEMENT_WINDOW)
    said = {
        story.id: After(
            edits=tuple(changed[story.id]),
            gone=tuple(gone[story.id]),
            earlier=back.get(story.id),
            unanswered=len(_unanswered(story, statements, period)),
        )
        for story in stories
    }
    return {number: each for number, each in said.items() if each != After()}


def _by_story(found: Sequence[Edit], period: Period) -> defaultdict[int, list[Edit]]:
    grouped: defaultdict[int, list[Edit]] = defaultdict(list)
    for edit in found:
        if period.since <= edit.at < period.until:
            grouped[edit.story_id].append(edit)
    return grouped


def _unanswered(story: Story, statements: Sequence[Mention], period: Period) -> tuple[Mention, ...]:
    return following.unanswered([m for m in story.mentions if period.holds(m)], statements, story.mentions)
