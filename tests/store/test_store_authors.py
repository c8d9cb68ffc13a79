"""What an author wrote before: of this client and site alone, since a day, the newest; and how it is forgotten."""

from __future__ import annotations

from typing import Any

import pytest
from kit_store import DAY, HOUR, NOW, new_entry, new_mention, synced
from sqlalchemy import Connection

from veille.model.author import EarlierPost
from veille.model.feedback import Mark, Marked
from veille.model.mention import Category, Kinship, Signal, Urgency, Verdict
from veille.store import authors, entries, feedback, mentions
from veille.store.engine import Store

CLAIRE = ("Claire Roux", "forum.example")
BAD = Urgency(48, (Signal("anger", 10, "honteux"),), Category.PROBLEM, -0.5)


def write(tx: Connection, row: int, key: str, *, by: tuple[str, str] = CLAIRE, **changes: Any) -> int:
    """A mention by an author; its number."""
    author, site = by
    ids = entries.add(tx, row, [new_entry(key, author=author, site=site)], seen=NOW)
    said = {"urgency": BAD, "place": "forum", "published": NOW - DAY, **changes}
    return mentions.add(tx, new_mention(ids[key], **said))


def asked(store: Store, *named: tuple[str, str], client: str = "floreal", days: int = 90) -> list[EarlierPost]:
    with store.reading() as conn:
        found = authors.earlier(conn, client, named or (CLAIRE,), since=NOW - days * DAY)
    return [post for posts in found.values() for post in posts]


@pytest.fixture
def row(store: Store) -> int:
    return synced(store, "forum")["forum"]


def test_a_post_comes_back_with_its_urgency_its_mark_and_its_answer(store: Store, row: int) -> None:
    with store.writing() as tx:
        first = write(tx, row, "a")
        story = mentions.get(tx, first).story_id
        reply = Verdict(kinship=Kinship.SAME_STORY, of=first, story_id=story, likeness=0.5)
        write(tx, row, "own", by=("Floréal", "forum.example"), own=True, published=NOW, verdict=reply)
        marked = Marked(
            mention_id=first, story_id=story, mark=Mark.CALM, words=frozenset(), site="forum.example", at=NOW
        )
        feedback.add(tx, "floreal", marked)
    assert asked(store) == [EarlierPost(published=NOW - DAY, urgency=BAD, mark=Mark.CALM, answered=True)]


#: What is not her earlier post, and why.
OTHERS: dict[str, dict[str, Any]] = {
    "of another client": {"client_id": "agapanthe"},
    "on another site": {"by": ("Claire Roux", "blog.example")},
    "by another author": {"by": ("Claire Rousse", "forum.example")},
    "without an author": {"by": ("", "forum.example")},
    "the client's own": {"own": True},
    "muted": {"muted": True},
    "of a planned event": {"event": "concours"},
    "too long ago": {"published": NOW - 91 * DAY},
}


@pytest.mark.parametrize("changes", OTHERS.values(), ids=OTHERS)
def test_what_is_another_s_or_apart_is_not_looked_at(store: Store, row: int, changes: dict[str, Any]) -> None:
    with store.writing() as tx:
        write(tx, row, "a", **changes)
    assert asked(store, CLAIRE, ("", "forum.example")) == []


def test_a_copy_says_nothing_anew(store: Store, row: int) -> None:
    with store.writing() as tx:
        first = write(tx, row, "a")
        story = mentions.get(tx, first).story_id
        write(tx, row, "b", verdict=Verdict(kinship=Kinship.COPY, of=first, story_id=story, likeness=1.0))
    assert len(asked(store)) == 1


def test_only_the_newest_are_read_however_many_there_are(store: Store, row: int) -> None:
    with store.writing() as tx:
        for number in range(authors.MOST + 5):
            write(tx, row, f"k{number}", published=NOW - DAY + number * HOUR)
        write(tx, row, "other", by=("Paul Henry", "forum.example"))
    found = asked(store)
    assert len(found) == authors.MOST
    assert min(post.published for post in found) == NOW - DAY + 5 * HOUR
    assert len(asked(store, CLAIRE, ("Paul Henry", "forum.example"))) == authors.MOST + 1


def test_what_was_made_of_it_is_forgotten_with_its_points(store: Store, row: int) -> None:
    raised = Urgency(57, (*BAD.signals, Signal("earlier_posts", 9, "1 earlier")), BAD.category, BAD.tone)
    with store.writing() as tx:
        mine = write(tx, row, "a", urgency=raised)
        theirs = write(tx, row, "b", urgency=raised, client_id="agapanthe")
    with store.writing() as tx:
        assert authors.forget(tx, "floreal", name="earlier_posts") == 1
        assert authors.forget(tx, "floreal", name="earlier_posts") == 0
        assert mentions.get(tx, mine).urgency == BAD
        assert mentions.get(tx, theirs).urgency == raised
