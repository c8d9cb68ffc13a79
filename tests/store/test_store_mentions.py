"""Mentions and stories: one per client and entry, placed among those they may repeat."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from kit_store import DAY, HOUR, MINUTE, NEW, NOW, mentioned, new_entry, new_mention, synced

from veille.model.digest import Period
from veille.model.mention import Kinship, Urgency, Verdict
from veille.store import entries, mentions, periods, placing, stories
from veille.store.engine import Store
from veille.store.mentions import Lookup


def entry_ids(store: Store, number: int) -> list[int]:
    """So many entries of one source, written by Ann on forum.example."""
    row = synced(store, "press")["press"]
    fresh = [new_entry(f"k{n}", author="Ann", site="forum.example") for n in range(number)]
    with store.writing() as tx:
        return sorted(entries.add(tx, row, fresh, seen=NOW).values())


def a_lookup(**changes: Any) -> Lookup:
    """Nothing like any sample, but what is changed."""
    values = {"canonical": "https://none.example/", "title_key": -1, "sketch": (), "author": "", "site": ""}
    return Lookup(**{**values, **changes})


def test_a_batch_may_point_at_itself(store: Store) -> None:
    """A new story, its copy, and another of the same story that is likened to the copy."""
    ids = entry_ids(store, 4)
    copy = Verdict(kinship=Kinship.COPY, of=-1, story_id=-1, likeness=0.97, evidence="exact text")
    near = Verdict(kinship=Kinship.SAME_STORY, of=-2, story_id=-2)
    with store.writing() as tx:
        verdicts = (NEW, copy, near, NEW)
        numbers = mentions.add_all(tx, [new_mention(n, verdict=v) for n, v in zip(ids, verdicts, strict=True)])
        found = mentions.of_ids(tx, numbers)
        assert [m.verdict.of for m in found] == [None, numbers[0], numbers[1], None]
        assert [m.story_id for m in found] == [found[0].story_id] * 3 + [found[3].story_id]
        assert (found[1].verdict.likeness, found[1].verdict.evidence) == (0.97, "exact text")


def test_a_mention_is_stored_once_for_each_client_and_entry(store: Store) -> None:
    """Twice in a batch, again in the next, and once for another client."""
    (entry_id,) = entry_ids(store, 1)
    with store.writing() as tx:
        first = mentions.add_all(tx, [new_mention(entry_id), new_mention(entry_id)])
        assert first[0] == first[1] == mentions.add(tx, new_mention(entry_id))
        other = mentions.add(tx, new_mention(entry_id, client_id="lys"))
        assert other != first[0]
        assert [m.id for m in mentions.of_entries(tx, "lys", [entry_id])] == [other]
        assert stories.story(tx, mentions.get(tx, first[0]).story_id).total == 1
        assert mentions.add_all(tx, []) == []


def test_a_mention_comes_back_as_it_was(store: Store) -> None:
    """Every field, and where its query matched."""
    (entry_id,) = entry_ids(store, 1)
    new = new_mention(entry_id, own=True, backlog=True, event="fair", muted=True, language="fr", place="forum")
    with store.writing() as tx:
        found = mentions.get(tx, mentions.add(tx, new))
        assert (found.own, found.backlog, found.event, found.muted) == (True, True, "fair", True)
        assert (found.urgency, found.watches, found.language) == (new.urgency, ("brand",), "fr")
        assert (found.author, found.site, found.place, found.published) == ("Ann", "forum.example", "forum", NOW)
        assert mentions.matches(tx, found.id) == new.matches
        with pytest.raises(KeyError):
            mentions.get(tx, 10_000)


def test_a_story_counts_all_and_reads_the_most_urgent(store: Store) -> None:
    """250 mentions of one event, the most urgent last."""
    ids = entry_ids(store, 250)
    follow = Verdict(kinship=Kinship.COPY, of=-1, story_id=-1)
    batch = [new_mention(n, verdict=follow, seen=NOW + HOUR, urgency=Urgency(n % 50)) for n in ids[1:]]
    batch[-1] = new_mention(ids[-1], verdict=follow, seen=NOW + HOUR, urgency=Urgency(90))
    with store.writing() as tx:
        numbers = mentions.add_all(tx, [new_mention(ids[0], mark="F"), *batch])
        (story_id,) = stories.newest(tx, "floreal", since=NOW, limit=9)
        story = stories.story(tx, story_id)
        assert (story.code, story.title, story.total) == (f"F-{story_id}", "Title", 250)
        assert (story.first_seen, story.last_seen) == (NOW, NOW + HOUR)
        assert len(story.mentions) == stories.MOST
        assert story.lead.id == numbers[-1]
        with pytest.raises(KeyError):
            stories.story(tx, 10_000)


def test_stories_come_in_the_order_asked_and_those_seen_since_then(store: Store) -> None:
    """Two stories an hour apart."""
    ids = entry_ids(store, 2)
    with store.writing() as tx:
        mentions.add_all(tx, [new_mention(ids[0]), new_mention(ids[1], seen=NOW + HOUR)])
        first, second = sorted(stories.newest(tx, "floreal", since=NOW, limit=9))
        assert [s.id for s in stories.stories(tx, [second, first, 999])] == [second, first]
        assert stories.newest(tx, "floreal", since=NOW + MINUTE, limit=9) == (second,)
        assert stories.newest(tx, "lys", since=NOW, limit=9) == ()


@pytest.mark.parametrize(
    ("lookup", "found"),
    [
        pytest.param(a_lookup(canonical="https://press.example/1"), [0], id="the same address"),
        pytest.param(a_lookup(title_key=2), [1], id="the same title"),
        pytest.param(a_lookup(sketch=(30, 31, 999)), [2], id="two rare words shared"),
        pytest.param(a_lookup(sketch=(30, *range(980, 991))), [], id="one word of twelve is chance"),
        pytest.param(a_lookup(sketch=(30, *range(980, 991)), rarity=(4.0, *[1.0] * 11)), [2], id="not when it is rare"),
        pytest.param(a_lookup(sketch=(10, 20, 21, 30, 31, 32)), [2, 1, 0], id="more words shared come first"),
        pytest.param(a_lookup(author="Ann", site="forum.example"), [2, 1, 0], id="the same author there, latest first"),
        pytest.param(a_lookup(author="Ann", site="elsewhere.example"), [], id="the same name elsewhere"),
        pytest.param(a_lookup(canonical="https://press.example/3", title_key=1), [2, 0], id="address before title"),
        pytest.param(a_lookup(), [], id="nothing like it"),
    ],
)
def test_candidates(store: Store, lookup: Lookup, found: list[int]) -> None:
    """Three mentions of three stories, found by each of their keys."""
    ids = entry_ids(store, 3)
    assert ids == [1, 2, 3]
    with store.writing() as tx:
        numbers = mentions.add_all(tx, [new_mention(n) for n in ids])
        (candidates,) = mentions.candidates(tx, "floreal", [lookup], since=NOW - HOUR)
        assert [each.mention_id for each in candidates] == [numbers[n] for n in found]
        assert mentions.candidates(tx, "lys", [lookup], since=NOW - HOUR) == [()]
        assert mentions.candidates(tx, "floreal", [lookup], since=NOW + HOUR) == [()]
        assert len(mentions.candidates(tx, "floreal", [lookup], since=NOW - HOUR, limit=1)[0]) <= 1


def test_a_candidate_tells_what_it_is_a_copy_of(store: Store) -> None:
    """So that a third copy is placed with the first."""
    ids = entry_ids(store, 2)
    copy = Verdict(kinship=Kinship.COPY, of=-1, story_id=-1)
    with store.writing() as tx:
        numbers = mentions.add_all(tx, [new_mention(ids[0]), new_mention(ids[1], verdict=copy)])
        lookup = a_lookup(canonical="https://press.example/2")
        ((candidate,),) = mentions.candidates(tx, "floreal", [lookup], since=NOW - HOUR)
        assert (candidate.mention_id, candidate.copy_of, candidate.title) == (numbers[1], numbers[0], "Title")


def test_a_storm_of_copies_stays_cheap_to_look_into(store: Store) -> None:
    """A page of lookups against a thousand copies: a few questions, a bounded answer."""
    row = synced(store, "press")["press"]
    lookups = [a_lookup(sketch=(1, 2, 3), title_key=7) for _ in range(50)]
    with store.writing() as tx:
        mentioned(tx, row, 1000, sketch=(1, 2, 3), title_key=7)
        found = mentions.candidates(tx, "floreal", lookups, since=NOW - HOUR)
        assert {len(each) for each in found} == {32}


def test_the_placement_counter_moves_with_every_batch(store: Store) -> None:
    """Per client, from 0."""
    (entry_id,) = entry_ids(store, 1)
    with store.writing() as tx:
        assert placing.placement(tx, "floreal") == 0
        mentions.add(tx, new_mention(entry_id))
        assert placing.placement(tx, "floreal") == 1
        mentions.add(tx, new_mention(entry_id))
        assert placing.placement(tx, "floreal") == 1
        assert placing.bump(tx, "floreal") == 2
        assert placing.placement(tx, "lys") == 0


def test_mentions_are_judged_once_unless_rescored(store: Store) -> None:
    """Unassessed, marked, rescored."""
    row = synced(store, "press")["press"]
    with store.writing() as tx:
        numbers = mentioned(tx, row, 3)
        assert [m.id for m in mentions.unassessed(tx, limit=2)] == numbers[:2]
        mentions.mark_assessed(tx, numbers[:2], at=NOW)
        assert [m.id for m in mentions.unassessed(tx, limit=5)] == numbers[2:]
        mentions.rescore(tx, numbers[0], Urgency(88))
        assert [(m.id, m.urgency.points) for m in mentions.unassessed(tx, limit=5)][0] == (numbers[0], 88)


def test_recent_mentions_are_the_latest_first(store: Store) -> None:
    """In a time, of a watch, at most so many."""
    ids = entry_ids(store, 3)
    with store.writing() as tx:
        numbers = mentions.add_all(tx, [new_mention(n, seen=NOW + i * HOUR) for i, n in enumerate(ids)])
        recent = mentions.recent
        assert [m.id for m in recent(tx, "floreal", since=NOW)] == numbers[::-1]
        assert [m.id for m in recent(tx, "floreal", since=NOW, until=NOW + HOUR)] == numbers[:1]
        assert [m.id for m in recent(tx, "floreal", since=NOW, limit=1)] == numbers[-1:]
        assert len(recent(tx, "floreal", since=NOW, watch="brand")) == 3
        assert recent(tx, "floreal", since=NOW, watch="other") == ()


def test_a_first_look_reads_the_newest_stories_and_a_digest_the_most_urgent(store: Store) -> None:
    """Three stories, the second the most urgent, the third the newest; and one of own statements alone."""
    ids = entry_ids(store, 4)
    points = (Urgency(40), Urgency(88), Urgency(10), Urgency(99))
    with store.writing() as tx:
        said = [
            new_mention(n, published=NOW + i * HOUR, seen=NOW + i * HOUR, urgency=points[i], own=i == 3)
            for i, n in enumerate(ids)
        ]
        numbers = mentions.add_all(tx, said)
        first, second, third, own = (mention.story_id for mention in mentions.of_ids(tx, numbers))
        assert stories.newest(tx, "floreal", since=NOW, limit=2) == (own, third)
        period = Period(since=NOW, until=NOW + DAY)
        assert stories.news(tx, "floreal", period, limit=2) == ((second, first), 3)
        assert stories.news(tx, "floreal", replace(period, after=numbers[1]), limit=9) == ((third,), 1)
        assert stories.news(tx, "floreal", replace(period, up_to=numbers[0]), limit=9) == ((first,), 1)
        assert periods.mark(tx, "floreal") == numbers[3]
