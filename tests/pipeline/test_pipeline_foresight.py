"""What is known of an entry before its moment is what is known of it then, in this process or in another."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime

import pytest

from veille.model.entry import Entry
from veille.model.exchange import Source
from veille.model.watch import Client, PlannedEvent, Watch
from veille.pipeline import foresight
from veille.pipeline.place import score
from veille.pipeline.roster import Concern, Roster

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PRESS = Source(id="press", kind="feed", url="https://press.example/feed", key="feed:press", place="press")
CONTEST = PlannedEvent(id="concours", name="Concours", query="concours", start=NOON, end=NOON.replace(day=9))
FLOREAL = Client(
    id="floreal",
    name="Floréal",
    mark="F",
    watches=(
        Watch(id="marque", name="Marque", query="Floréal", exclude=("frégate",), mute=("horaires",)),
        Watch(id="roses", name="Roses", query="roses"),
    ),
    sources=(PRESS,),
    own_accounts=("@floreal",),
    events=(CONTEST,),
)
TULIPE = Client(
    id="tulipe",
    name="Tulipe",
    mark="T",
    watches=(Watch(id="tulipe", name="Tulipe", query="Tulipe OU Floréal"),),
    sources=(Source(id="presse", kind="feed", url=PRESS.url, key=PRESS.key, place="national_press"),),
)

SAID = {
    "two watches of one client, one of another": Entry(
        key="1", text="Floréal : roses fanées, une arnaque, je porte plainte"
    ),
    "excluded": Entry(key="2", text="la frégate Floréal rentre au port"),
    "muted": Entry(key="3", text="les horaires de Floréal"),
    "own": Entry(key="4", text="Floréal vous répond", author="@floreal", site="x.example"),
    "a planned event": Entry(key="5", text="le concours Floréal", published=NOON),
    "a planned event, undated": Entry(key="6", text="le concours Floréal"),
    "nobody": Entry(key="7", text="rien à voir"),
    "a surrogate alone": Entry(key="8", link="https://a.example/?utm_source=x", text="Floréal \ud83d"),
}


@pytest.mark.parametrize("entry", SAID.values(), ids=SAID)
def test_what_travels_says_the_same(entry: Entry) -> None:
    here, there = Roster([FLOREAL, TULIPE]), Roster([FLOREAL, TULIPE])
    sent = pickle.loads(pickle.dumps(foresight.packed(there, entry, PRESS.key, now=NOON)))
    told = foresight.unpacked(sent, here, PRESS.key)
    seen = foresight.look(here, entry, PRESS.key, now=NOON)
    assert (told.canonical, told.content) == (seen.canonical, seen.content)
    assert [_bare(verdict) for verdict in told.verdicts] == list(seen.verdicts)
    concerns = [verdict for verdict in seen.verdicts if isinstance(verdict, Concern)]
    scored = [verdict.urgency for verdict in told.verdicts if isinstance(verdict, Concern)]
    assert scored == [score(entry, concern) for concern in concerns]


def _bare(verdict: object) -> object:
    """The verdict without the urgency that was worked out with it."""
    if not isinstance(verdict, Concern):
        return verdict
    return Concern(
        subscription=verdict.subscription,
        matches=verdict.matches,
        muted=verdict.muted,
        event=verdict.event,
        own=verdict.own,
    )


def test_an_urgency_known_before_is_not_worked_out_again() -> None:
    roster = Roster([FLOREAL])
    entry = Entry(key="1", text="Floréal : une arnaque")
    sent = foresight.packed(roster, entry, PRESS.key, now=NOON)
    (verdict,) = foresight.unpacked(sent, roster, PRESS.key).verdicts
    assert isinstance(verdict, Concern)
    assert score(Entry(key="2", text="tout va bien"), verdict) is verdict.urgency
