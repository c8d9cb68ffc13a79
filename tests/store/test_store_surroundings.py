"""What surrounds a story: one question says of what there is nothing to ask."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from kit_store import DAY, HOUR, NOW, mentioned, synced

from veille.model.alert import Action, Decision, Reason, Stage
from veille.model.feedback import Mark, Marked
from veille.model.following import Earlier, Visibility
from veille.model.mention import Level
from veille.model.volume import Spike, SpikeState
from veille.store import Connection, alerts, feedback, mentions, permalinks, returns, spikes, stories, surroundings
from veille.store.engine import Store

TOLD = Decision(action=Action.TELL, reason=Reason.CRITICAL_MENTION, level=Level.CRITICAL, stage=Stage.MENTION)
CLIENT, OTHER = "floreal", "autre"


def an_earlier_story(tx: Connection, story: int, client: str) -> None:
    returns.record(tx, story, Earlier(story_id=story, code="F-1", seen=NOW - 9 * DAY, likeness=0.5), at=NOW)


def a_vanished_message(tx: Connection, story: int, client: str) -> None:
    (one,) = stories.story(tx, story).mentions
    permalinks.enrol(tx, [(one, "press.example")], most=5, at=NOW)
    permalinks.settle(tx, [permalinks.Looked(mention_id=one.id, visibility=Visibility(gone=NOW), due=None)])


def an_alert_of_today(tx: Connection, story: int, client: str) -> None:
    told = alerts.NewAlert(client_id=client, story_id=story, decision=TOLD, at=NOW, watches=("brand",), code="k2")
    alerts.add(tx, told)


def an_alert_of_yesterday(tx: Connection, story: int, client: str) -> None:
    before = NOW - DAY
    alerts.add(
        tx,
        alerts.NewAlert(client_id=client, story_id=story, decision=TOLD, at=before, watches=("brand",), code="k1"),
    )


def a_spike(tx: Connection, story: int, client: str) -> None:
    known = {"at": NOW, "started": NOW, "observed": 9, "expected": 1.0, "window_minutes": 60, "probability": 1e-6}
    counted = {"authors": 5, "sites": 3, "stories": (story,), "state": SpikeState.OVER}
    spikes.record(tx, Spike(client_id=client, watch_id="brand", **known, **counted))  # type: ignore[arg-type]


def a_mark(tx: Connection, story: int, client: str) -> None:
    (one,) = stories.story(tx, story).mentions
    said = {"mark": Mark.NOT_US, "words": frozenset({"frégate"}), "site": "press.example", "at": NOW, "who": "lea"}
    feedback.add(tx, client, Marked(mention_id=one.id, story_id=story, **said))  # type: ignore[arg-type]


Deed = Callable[[Connection, int, str], None]
DEEDS: list[tuple[Deed, set[str], set[str]]] = [
    (an_earlier_story, {"earlier"}, set()),
    (a_vanished_message, {"gone"}, {"gone"}),
    (an_alert_of_today, {"told", "rung"}, {"alerts"}),
    (an_alert_of_yesterday, {"told"}, {"alerts"}),
    (a_spike, {"spikes"}, set()),
    (a_mark, {"taught"}, {"marks"}),
]


def around(conn: Connection, story: int, client: str = CLIENT) -> set[str]:
    found = surroundings.of_story(conn, client, story, since=NOW - HOUR)
    return {name for name in found.__slots__ if getattr(found, name)}


def day(conn: Connection, client: str = CLIENT) -> set[str]:
    found = surroundings.of_day(conn, client)
    return {name for name in found.__slots__ if getattr(found, name)}


@pytest.mark.parametrize(("deed", "of_story", "of_day"), DEEDS, ids=[deed.__name__ for deed, _, _ in DEEDS])
def test_one_question_says_what_there_is(store: Store, deed: Deed, of_story: set[str], of_day: set[str]) -> None:
    """Nothing at first; what was done, and nothing else, afterwards; never of another client."""
    row = synced(store, "press")["press"]
    with store.writing() as tx:
        (number,) = mentioned(tx, row, 1)
        story = mentions.get(tx, number).story_id
        assert around(tx, story) == day(tx) == set()
        deed(tx, story, CLIENT)
        assert around(tx, story) == of_story
        assert day(tx) == of_day
        assert around(tx, story + 1, OTHER) == day(tx, OTHER) == set()
