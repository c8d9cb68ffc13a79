"""What goes into a digest, in which order, and who may see it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kit_model import NOON, client, copy, mention, person, story, urgency
from veille.alerting.digest import SHOWN, ClientDay, Told, compose, first_look, rising, section
from veille.model.alert import Action, Decision, Reason, Story
from veille.model.digest import Digest, Health, Period, SourceHealth
from veille.model.person import Person
from veille.model.watch import Client

SINCE = NOON - timedelta(hours=24)


def day(*stories: Story, of: Client | None = None, **given: object) -> ClientDay:
    values: dict[str, object] = {
        "decisions": {},
        "mentions": 0,
        "copies": 0,
        "planned": 0,
        "own": 0,
        "muted": 0,
        "excluded": 0,
        "usual": 1.0,
        "days": (),
        "sources": (),
    }
    period = Period(since=SINCE, until=NOON + timedelta(seconds=1))
    return ClientDay(client=of or client(), period=period, stories=stories, **{**values, **given})  # type: ignore[arg-type]


def digest(reader: Person, *days: ClientDay) -> Digest:
    return compose(reader, days, local_date=date(2027, 2, 12), since=SINCE, until=NOON)


def source(health: Health) -> SourceHealth:
    return SourceHealth(
        source_id="s", kind="feed", url="https://a.example", health=health, since=NOON, last_answer=None
    )


def told(action: Action, reason: Reason) -> Told:
    return Told(decision=Decision(action=action, reason=reason), at=NOON)


CALM = story(mention(1, urgency=urgency(5)), id=1)
HIGH = story(mention(2, story_id=2, urgency=urgency(70)), copy(3, story_id=2), id=2)
SMALL = story(mention(4, story_id=3, urgency=urgency(70)), id=3)


def test_the_most_urgent_story_comes_first_then_what_was_alerted_then_the_largest() -> None:
    alerted = {3: told(Action.TELL, Reason.ROUTED_MENTION)}
    assert [line.story.id for line in section(day(CALM, SMALL, HIGH)).stories] == [2, 3, 1]
    assert [line.story.id for line in section(day(CALM, HIGH, SMALL, decisions=alerted)).stories] == [3, 2, 1]


def test_each_story_says_whether_it_was_alerted_and_why_not() -> None:
    decisions = {1: told(Action.HOLD, Reason.SAME_AUTHOR), 2: told(Action.TELL, Reason.SPIKE_STARTED)}
    lines = {line.story.id: line for line in section(day(CALM, HIGH, SMALL, decisions=decisions)).stories}
    assert (lines[1].reason, lines[1].alerted_at) == (Reason.SAME_AUTHOR, None)
    assert (lines[2].reason, lines[2].alerted_at) == (Reason.SPIKE_STARTED, NOON)
    assert lines[3].reason is Reason.NOT_URGENT


def test_own_planned_and_muted_stories_are_counted_but_not_listed() -> None:
    hidden = [
        story(mention(1, own=True)),
        story(mention(2, event="fete")),
        story(mention(3, muted=True)),
    ]
    assert section(day(*hidden, own=1, planned=1, muted=1)).stories == ()


def test_more_stories_than_one_reads_are_counted() -> None:
    many = [story(mention(n, story_id=n), id=n) for n in range(1, SHOWN + 6)]
    assert (len(section(day(*many)).stories), section(day(*many)).hidden) == (SHOWN, 5)


def test_quiet_clients_are_on_one_line_unless_they_could_not_be_watched() -> None:
    quiet, blind = client("quiet"), client("blind")
    reader = person("virginie", serves=("floreal", "quiet", "blind"))
    made = digest(reader, day(HIGH), day(of=quiet), day(of=blind, sources=(source(Health.FAILING),)))
    assert [s.client.id for s in made.sections] == ["floreal", "blind"]
    assert [s.client.id for s in made.quiet] == ["quiet"]


@given(st.sets(st.sampled_from(["a", "b", "c"])))
def test_a_digest_holds_only_clients_whom_the_person_serves(rights: set[str]) -> None:
    made = digest(person("p", serves=tuple(rights)), *(day(HIGH, of=client(c)) for c in "abc"))
    assert {s.client.id for s in (*made.sections, *made.quiet)} == rights


def test_a_first_look_takes_five_stories_and_sees_what_rises() -> None:
    crowd = story(mention(1, site="a.example"), mention(2, site="b.example"), mention(3, site="b.example"), id=9)
    past = [story(mention(n, story_id=n, published=NOON - timedelta(days=3)), id=n) for n in range(10, 16)]
    look = first_look(client(), at=NOON, sources=(), stories=[crowd, *past], words=(), days=())
    assert len(look.stories) == 5
    assert look.rising is crowd
    assert look.mentions == 9


def test_one_person_posting_three_times_is_not_rising() -> None:
    alone = story(*(mention(n, author="a", site=f"{n}.example") for n in (1, 2, 3)))
    assert rising([alone], NOON) is None
