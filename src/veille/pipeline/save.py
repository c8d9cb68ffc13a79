"""Writes what was worked out of a load: entries, mentions, edits and the counts of what was left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from veille.pipeline import authors, feedback
from veille.pipeline.place import Fresh, Placed, place_of, score
from veille.pipeline.roster import Concern
from veille.store import Connection, entries, exclusions, mentions, newmention
from veille.text.clean import shorten

#: Characters of the text that stand for a title where there is none.
TITLE = 90
#: Characters kept of a text of which the settings say `press: title_link`.
EXTRACT = 280


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """The entries of a load, told apart against what is stored."""

    fresh: tuple[Fresh, ...]
    #: (stored id, the entry as it reads now)
    edited: tuple[tuple[int, Fresh], ...]
    #: (client id, the entry that its watches left out)
    excluded: tuple[tuple[str, Fresh], ...]


def by_client(fresh: Sequence[Fresh]) -> Mapping[str, list[tuple[Fresh, Concern]]]:
    """The entries that concern each client."""
    grouped: defaultdict[str, list[tuple[Fresh, Concern]]] = defaultdict(list)
    for one in fresh:
        for concern in one.concerns:
            grouped[concern.subscription.client.id].append((one, concern))
    return grouped


#: By client: the number and the story of each of its mentions, in the order of those placed.
Numbers = Mapping[str, Sequence[tuple[int, int]]]


def save(tx: Connection, parted: Sorted, placed: Mapping[str, Sequence[Placed]]) -> Numbers:
    """Writes a load, with what was made of it for each client. Raises StoreError."""
    ids = entries.add_all(tx, [(fresh.row, fresh.seen, _new_entry(fresh)) for fresh in parted.fresh])
    numbers = {
        client_id: newmention.place_all(tx, [new_mention(one, ids) for one in mentioned])
        for client_id, mentioned in placed.items()
    }
    if parted.edited:
        _save_edits(tx, parted.edited)
    left_out = Counter((client_id, fresh.seen) for client_id, fresh in parted.excluded)
    for (client_id, at), count in left_out.items():
        exclusions.add(tx, client_id, count, at)
    return numbers


def _new_entry(fresh: Fresh) -> entries.NewEntry:
    """As it is kept: it was matched, likened and scored on its whole text, and so is its hash."""
    entry = fresh.entry
    return entries.NewEntry(
        entry=replace(entry, text=shorten(entry.text, EXTRACT)) if fresh.source.is_cut else entry,
        canonical=fresh.canonical,
        published=fresh.published,
        content=fresh.content,
        matched=bool(fresh.concerns),
    )


def new_mention(placed: Placed, ids: Mapping[entries.Place, int]) -> newmention.NewMention:
    """The row of a mention placed; `ids` names its entry. What is backlog is judged already."""
    concern, fresh, lookup = placed.concern, placed.fresh, placed.lookup
    client, source = concern.subscription.client, concern.subscription.source
    return newmention.NewMention(
        client_id=client.id,
        entry_id=ids[fresh.row, fresh.entry.key],
        source_id=source.id,
        place=place_of(concern, fresh.entry),
        canonical=lookup.canonical,
        title_key=lookup.title_key,
        sketch=lookup.sketch,
        links=lookup.links,
        tokens=lookup.tokens,
        published=fresh.published,
        seen=fresh.seen,
        verdict=placed.verdict,
        urgency=placed.urgency,
        matches=concern.matches,
        title=fresh.entry.title or shorten(fresh.entry.text, TITLE),
        language=fresh.entry.language,
        own=concern.own,
        backlog=fresh.backlog,
        event=concern.event,
        muted=concern.muted,
        mark=client.mark,
        assessed=fresh.seen if fresh.backlog else None,
    )


def _save_edits(tx: Connection, edited: Sequence[tuple[int, Fresh]]) -> None:
    """Keeps old and new text; a mention that is graver now is scored again, and judged again when its level rises."""
    by_moment: defaultdict[datetime, list[tuple[int, entries.NewEntry]]] = defaultdict(list)
    for entry_id, fresh in edited:
        by_moment[fresh.seen].append((entry_id, _new_entry(fresh)))
    for moment, changes in by_moment.items():
        entries.edit(tx, changes, at=moment)
    _rescore(tx, edited)


def _rescore(tx: Connection, edited: Sequence[tuple[int, Fresh]]) -> None:
    entry_ids = {(fresh.row, fresh.entry.key): entry_id for entry_id, fresh in edited}
    for client_id, concerned in by_client([fresh for _, fresh in edited]).items():
        stored = {m.entry_id: m for m in mentions.of_entries(tx, client_id, list(entry_ids.values()))}
        taught = feedback.lessons(tx, client_id)
        client = concerned[0][1].subscription.client
        speakers = authors.of_batch(tx, client, [(fresh.entry, fresh.published) for fresh, _ in concerned])
        for fresh, concern in concerned:
            mention = stored.get(entry_ids[fresh.row, fresh.entry.key])
            judged = feedback.moved(score(fresh.entry, concern), fresh.entry, taught)
            if mention:
                judged = speakers.judged(judged, fresh.entry, mention.verdict, published=mention.published)
            if mention and judged.points > mention.urgency.points:
                mentions.rescore(tx, mention.id, judged, again=judged.level > mention.urgency.level)
