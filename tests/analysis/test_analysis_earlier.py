"""What an author's earlier posts add to a new one: never much, never to what is calm, less when they were set aside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veille.analysis.earlier import EARLIER, HABITUAL, moved, nameless, record
from veille.model.author import AuthorRecord, EarlierPost
from veille.model.feedback import Mark
from veille.model.mention import Category, Level, Signal, Urgency

NOW = datetime(2027, 2, 12, 11, 0, tzinfo=UTC)
DAYS = timedelta(days=90)
PROBLEM = Urgency(48, category=Category.PROBLEM, tone=-0.4)
MILD = Urgency(20, category=Category.OPINION)


def post(
    days: float,
    points: int = 48,
    category: Category = Category.PROBLEM,
    *,
    mark: Mark | None = None,
    answered: bool = False,
) -> EarlierPost:
    return EarlierPost(
        published=NOW - timedelta(days=days), urgency=Urgency(points, category=category), mark=mark, answered=answered
    )


def added(urgency: Urgency, *posts: EarlierPost, weight: float = 1.0) -> int:
    return moved(urgency, posts, published=NOW, within=DAYS, weight=weight).points - urgency.points


#: What was written before, and the points that it brings to a complaint.
ADDED = {
    "a first post": ((), 0),
    "only kind words before": ((post(9, 5, Category.PRAISE), post(4, 0, Category.QUESTION)), 0),
    "one complaint left open": ((post(9),), 12),
    "one complaint, answered": ((post(9, answered=True),), 6),
    "one complaint, then thanks": ((post(9), post(5, 0, Category.PRAISE)), 6),
    "thanks within the hour": ((post(9), post(8.97, 0, Category.PRAISE)), 6),
    "thanks, then a complaint again": ((post(9), post(5, 0, Category.PRAISE), post(3)), 18),
    "third complaint in ten days": ((post(9), post(4)), 18),
    "one that was grave": ((post(9, 70),), 16),
    "five of them, one grave: no more than three count": (tuple(post(n, 70) for n in range(1, 6)), 28),
    "longer ago than looked at": ((post(91),), 0),
    "the same sitting": ((post(0.02),), 0),
    "a message in three pieces is one": ((post(9), post(8.99), post(8.98)), 12),
    "later than the post": ((post(-2),), 0),
    "a calm one that someone found urgent": ((post(9, 10, Category.OPINION, mark=Mark.URGENT),), 12),
    "half of them marked calm": ((post(9, mark=Mark.CALM), post(4)), 6),
    "one marked calm": ((post(9, mark=Mark.CALM),), 0),
    "a habitual complainer": (tuple(post(n, mark=Mark.CALM) for n in (9, 6, 3)), HABITUAL),
    "whose posts are about another": (tuple(post(n, mark=Mark.NOT_US) for n in (9, 6)), HABITUAL),
}


@pytest.mark.parametrize(("posts", "expected"), ADDED.values(), ids=ADDED)
def test_what_a_complaint_gains(posts: tuple[EarlierPost, ...], expected: int) -> None:
    assert added(PROBLEM, *posts) == expected


#: New posts, and what two open complaints before bring them.
GAINING = {
    "a complaint": (PROBLEM, 18),
    "few words, no better mood": (MILD, 18),
    "a calm question in a good mood": (Urgency(5, category=Category.QUESTION, tone=0.3), 0),
    "praise": (Urgency(35, category=Category.PRAISE), 0),
    "an idea": (Urgency(5, category=Category.IDEA), 0),
    "an article": (Urgency(66, category=Category.PRESS), 0),
    "what the client says itself": (Urgency(0, (Signal("own_statement", 0),)), 0),
    "a contest entry": (Urgency(10, (Signal("contest", 0),)), 0),
    "never critical by that alone": (Urgency(80, category=Category.PROBLEM), 4),
    "critical by itself": (Urgency(92, category=Category.PROBLEM), 0),
}


@pytest.mark.parametrize(("urgency", "expected"), GAINING.values(), ids=GAINING)
def test_which_posts_gain(urgency: Urgency, expected: int) -> None:
    assert added(urgency, post(9), post(4)) == expected


def test_a_calm_text_is_not_urgent_by_who_wrote_it_once_the_matter_is_settled() -> None:
    assert added(MILD, post(9), post(4, answered=True)) == 0


def test_a_habit_takes_nothing_from_a_crisis() -> None:
    danger = Urgency(62, (Signal("danger", 54, "brûlée"),), Category.PROBLEM)
    assert added(danger, *(post(n, mark=Mark.CALM) for n in (9, 6, 3))) == 0


def test_a_client_may_weigh_it() -> None:
    assert [added(PROBLEM, post(9), weight=weight) for weight in (0, 0.5, 2)] == [0, 6, 24]


def test_a_complaint_is_not_grave_by_being_repeated() -> None:
    raised = Urgency(62, (Signal(EARLIER, 14),), Category.PROBLEM)
    found = record([EarlierPost(published=NOW - timedelta(days=3), urgency=raised)], published=NOW, within=DAYS)
    assert found is not None
    assert (found.complaints, found.grave) == (1, 0)


@given(
    points=st.integers(0, 100),
    posts=st.lists(
        st.builds(
            post,
            st.floats(0, 100),
            st.integers(0, 100),
            st.sampled_from(list(Category)),
            mark=st.sampled_from([None, *Mark]),
            answered=st.booleans(),
        ),
        max_size=25,
    ),
)
def test_it_stays_bounded_and_says_what_it_did(points: int, posts: list[EarlierPost]) -> None:
    before = Urgency(points, category=Category.PROBLEM, tone=-0.2)
    after = moved(before, posts, published=NOW, within=DAYS)
    assert HABITUAL <= after.points - before.points <= 28
    assert 0 <= after.points <= 100
    assert after.level < Level.CRITICAL or before.level is Level.CRITICAL
    said = [signal for signal in after.signals if signal.name == EARLIER]
    assert sum(signal.points for signal in said) == after.points - before.points
    assert all(AuthorRecord.read(signal.evidence) is not None for signal in said)


RECORDS = {
    "1 earlier since 2026-11-03 10:12 UTC": AuthorRecord(since=datetime(2026, 11, 3, 10, 12, tzinfo=UTC), posts=1),
    "4 earlier since 2026-11-03 10:12 UTC, 3 complaints, 1 grave, 2 marked calm or not us, unanswered": AuthorRecord(
        since=datetime(2026, 11, 3, 10, 12, tzinfo=UTC), posts=4, complaints=3, grave=1, dismissed=2, unresolved=True
    ),
    "2 earlier since 2026-11-03 10:12 UTC, 1 complaint": AuthorRecord(
        since=datetime(2026, 11, 3, 10, 12, tzinfo=UTC), posts=2, complaints=1
    ),
}


@pytest.mark.parametrize(("written", "said"), RECORDS.items(), ids=RECORDS)
def test_a_record_is_read_as_it_was_written(written: str, said: AuthorRecord) -> None:
    assert (str(said), AuthorRecord.read(written)) == (written, said)
    assert AuthorRecord.read("jamais livrées") is None


NAMES = {
    "": True,
    "Anonyme": True,
    "[deleted]": True,
    "Client vérifié": True,
    "Léa": True,
    "@moi": True,
    "Un utilisateur Google": True,
    "Claire Roux": False,
    "@claire_roux": False,
    "jardinier59": False,
}


@pytest.mark.parametrize(("author", "expected"), NAMES.items(), ids=lambda each: str(each) or "empty")
def test_who_is_nobody(author: str, expected: bool) -> None:
    assert nameless(author) is expected
