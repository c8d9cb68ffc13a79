"""The first days of a watch, look-alikes of what was marked "not us", and budgets of wrong alerts, as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from kit_model import NOON, facts, mention, spike, story, urgency
from veille.alerting import budget
from veille.alerting.decide import decide
from veille.alerting.learning import in_first_days
from veille.model.alert import Action, Decision, Facts, Reason, Stage
from veille.model.feedback import Budget, LookAlike, Mark, Rung, Spent
from veille.model.mention import Level, Mention, Signal, Urgency
from veille.model.volume import SpikeState
from veille.model.watch import Watch

DAY = timedelta(days=1)
GRAVE = urgency(90, "mourning", "undelivered")
DANGER = Urgency(90, (Signal("danger", 54, "intoxication"), Signal("names_product", 6, "bouquet")))
DOUBT = Urgency(90, (Signal("danger", 22, "risque"), Signal("names_product", 6, "bouquet")))
FICTION = Urgency(90, (*DANGER.signals, Signal("fiction", -30, "le film")))
NATIONAL = urgency(88, "national_press")


def said(n: int, site: str = "forum.example", judged: Urgency = GRAVE, **given: object) -> Mention:
    return mention(n, site=site, urgency=judged, **given)


FIRST_DAYS = {
    "a critical mention waits": (facts(said(1)), Action.HOLD),
    "explicit danger rings": (facts(said(1, judged=DANGER)), Action.TELL),
    "a doubt about danger is not explicit": (facts(said(1, judged=DOUBT)), Action.HOLD),
    "danger in a film is not explicit": (facts(said(1, judged=FICTION)), Action.HOLD),
    "two authors on two sites wait": (facts(said(2), before=(said(1, "b.example"),)), Action.HOLD),
    "three authors on one site wait": (facts(said(3), before=(said(1), said(2))), Action.HOLD),
    "three authors on two sites ring": (facts(said(3), before=(said(1), said(2, "b.example"))), Action.TELL),
    "own statements make no crowd": (
        facts(said(3), before=(said(1), said(2, "b.example", own=True))),
        Action.HOLD,
    ),
    "the past makes no crowd": (facts(said(3), before=(said(1), said(2, "b.example", backlog=True))), Action.HOLD),
    "the national press waits too": (facts(said(1, judged=NATIONAL)), Action.HOLD),
    "a spike of two authors waits": (facts(said(1), spike=spike(authors=2)), Action.HOLD),
    "a spike of three authors on two sites rings": (facts(said(1), spike=spike(authors=3)), Action.TELL),
}


@pytest.mark.parametrize(("given", "action"), FIRST_DAYS.values(), ids=FIRST_DAYS)
def test_in_the_first_days(given: Facts, action: Action) -> None:
    later = decide(given)
    early = decide(replace(given, learning=True))
    assert later.action is Action.TELL
    assert early.action is action
    if action is Action.HOLD:
        assert (early.reason, early.evidence) == (Reason.LEARNING, (later.reason.value,))


def test_what_would_not_ring_keeps_its_reason_in_the_first_days() -> None:
    given = facts(mention(urgency=urgency(10)), learning=True)
    assert decide(given).reason is Reason.NOT_URGENT


def test_a_spike_that_rang_in_the_first_days_ends_calmly() -> None:
    over = facts(spike=spike(SpikeState.OVER), story=story(said(1)), learning=True)
    assert decide(over).action is Action.HOLD  # nobody heard of it


@pytest.mark.parametrize(
    ("days", "since", "early"),
    [
        pytest.param(14, NOON - 13.9 * DAY, True, id="the thirteenth day"),
        pytest.param(14, NOON - 14 * DAY, False, id="two weeks later"),
        pytest.param(0, NOON, False, id="switched off"),
        pytest.param(3, NOON - 4 * DAY, False, id="three days asked for"),
        pytest.param(14, None, True, id="not in the settings yet"),
    ],
)
def test_how_long_the_first_days_last(days: int, since: datetime | None, early: bool) -> None:
    watch = Watch(id="w", name="w", query="w", learning_days=days)
    assert in_first_days(watch, since, NOON) is early


ALIKE = LookAlike(alike=3, words=("frégate", "marine"))
SURE = replace(ALIKE, alike=4, sure=True)

LOOK_ALIKES = {
    "a look-alike is held, with its words": (facts(said(1), look_alikes={1: ALIKE}), Reason.NOT_US),
    "so is an article of the national press": (facts(said(1, judged=NATIONAL), look_alikes={1: ALIKE}), Reason.NOT_US),
    "one that is sure is left out": (facts(said(1), look_alikes={1: SURE}), Reason.LEFT_OUT),
    "a calm one is left out too": (facts(said(1, judged=urgency(5)), look_alikes={1: SURE}), Reason.LEFT_OUT),
    "explicit danger always rings": (facts(said(1, judged=DANGER), look_alikes={1: SURE}), Reason.CRITICAL_MENTION),
    "a spike always rings": (facts(said(1), look_alikes={1: SURE}, spike=spike()), Reason.SPIKE_STARTED),
    "one that resembles nothing rings for all": (
        facts(said(1), said(2), look_alikes={1: SURE}),
        Reason.CRITICAL_MENTION,
    ),
    "an own statement stays one": (facts(said(1, own=True), look_alikes={1: SURE}), Reason.OWN_STATEMENT),
}


@pytest.mark.parametrize(("given", "reason"), LOOK_ALIKES.values(), ids=LOOK_ALIKES)
def test_look_alikes(given: Facts, reason: Reason) -> None:
    assert decide(given).reason is reason


def test_a_held_look_alike_names_how_many_and_their_words() -> None:
    assert decide(facts(said(1), look_alikes={1: ALIKE})).evidence == ("3", "frégate", "marine")


def rung(days_ago: float, mark: Mark | None = Mark.CALM, *, night: bool = False) -> Rung:
    return Rung(alert_id=1, client_id="floreal", at=NOON - days_ago * DAY, night=night, mark=mark)


SPENDING = {
    "nothing rang": ((), ()),
    "one wrong alert of two": ((rung(1),), ()),
    "two wrong ones, until the older leaves the week": (
        (rung(1), rung(3, Mark.NOT_US)),
        (Spent(wrong=2, night=False, until=NOON + 4 * DAY),),
    ),
    "three, until one is left": (
        (rung(1), rung(3), rung(6)),
        (Spent(wrong=3, night=False, until=NOON + 4 * DAY),),
    ),
    "useful ones spend nothing": ((rung(1, Mark.USEFUL), rung(2, Mark.URGENT), rung(3, None)), ()),
    "those of last week spend nothing": ((rung(7.1), rung(8)), ()),
    "one by night is enough, for a month": (
        (rung(20, night=True),),
        (Spent(wrong=1, night=True, until=NOON + 10 * DAY),),
    ),
    "one by night says nothing of the day": (
        (rung(1, night=True), rung(1)),
        (Spent(wrong=1, night=True, until=NOON + 29 * DAY),),
    ),
}


@pytest.mark.parametrize(("received", "used_up"), SPENDING.values(), ids=SPENDING)
def test_spending(received: tuple[Rung, ...], used_up: tuple[Spent, ...]) -> None:
    assert budget.spent(Budget(), received, NOON) == used_up


def test_a_budget_of_nothing_is_always_used_up() -> None:
    nothing = Budget(wrong_per_week=0, wrong_per_month_at_night=0)
    assert [part.night for part in budget.spent(nothing, (), NOON)] == [False, True]


BY_DAY, BY_NIGHT = (Spent(wrong=2, night=night, until=NOON + DAY) for night in (False, True))

RINGING = {
    "nothing is used up": (facts(said(1)), (), False, True),
    "one author is not enough": (facts(said(1)), (BY_DAY,), False, False),
    "a critical story of two authors is": (facts(said(2), before=(said(1),)), (BY_DAY,), False, True),
    "explicit danger is": (facts(said(1, judged=DANGER)), (BY_DAY, BY_NIGHT), False, True),
    "the night's budget does not hold the day": (facts(said(1)), (BY_NIGHT,), False, True),
    "the day's budget does not hold the night": (facts(said(1)), (BY_DAY,), True, True),
    "by night two authors are not enough": (facts(said(2), before=(said(1),)), (BY_NIGHT,), True, False),
    "by night explicit danger is": (facts(said(1, judged=DANGER)), (BY_NIGHT,), True, True),
    "by night three authors on two sites are": (
        facts(said(3), before=(said(1), said(2, "b.example"))),
        (BY_NIGHT,),
        True,
        True,
    ),
    "a spike of two authors is not": (facts(said(1), spike=spike(authors=2)), (BY_DAY,), False, False),
    "a spike of three is": (facts(said(1), spike=spike(authors=3)), (BY_DAY, BY_NIGHT), True, True),
}


@pytest.mark.parametrize(("given", "used_up", "night", "rings"), RINGING.values(), ids=RINGING)
def test_who_still_hears(given: Facts, used_up: tuple[Spent, ...], night: bool, rings: bool) -> None:
    decision = decide(given)
    assert decision.action is Action.TELL
    assert budget.rings(decision, given, used_up, night=night) is rings


def test_the_end_of_a_spike_is_no_page() -> None:
    over = Decision(action=Action.TELL, reason=Reason.SPIKE_OVER, level=Level.MEDIUM, stage=Stage.BUZZ)
    assert budget.rings(over, facts(), (BY_DAY, BY_NIGHT), night=True)
