"""Whether a story goes further: a journalist at work, a statement denied. A table of situations."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kit_model import copy, facts, mention, minutes, told, urgency
from veille.alerting.decide import decide
from veille.model.alert import Action, Facts, Reason, Stage
from veille.model.following import Denial
from veille.model.mention import Category, Level, Mention, Signal, Urgency

TELL, HOLD = Action.TELL, Action.HOLD
BUZZ = told(Stage.BUZZ, reason=Reason.SPIKE_STARTED)

ENQUIRY = Urgency(80, (Signal("press_enquiry", 52, "je prépare un article"),), Category.PRESS)
WORD = Urgency(30, (Signal("press_enquiry", 18, "journaliste"),), Category.PRESS)


def denial(*, by_author: bool = True, points: int = 51) -> tuple[Mention, Denial]:
    statement = mention(90, own=True, published=minutes(-8))
    denying = mention(2, published=minutes(0), urgency=urgency(points, "denial"))
    return denying, Denial(mention=denying, statement=statement, by_author=by_author, word="remboursée")


def denied(*, by_author: bool = True, points: int = 51, **given: object) -> Facts:
    denying, found = denial(by_author=by_author, points=points)
    return facts(denying, denial=found, **given)


SITUATIONS = {
    "a journalist at work rings": (facts(mention(urgency=ENQUIRY)), TELL, Reason.PRESS_ENQUIRY),
    "even inside a running spike": (
        facts(mention(urgency=ENQUIRY), told_of_spike=(BUZZ,)),
        TELL,
        Reason.PRESS_ENQUIRY,
    ),
    "once": (
        facts(mention(urgency=ENQUIRY), told_of_spike=(BUZZ, told(reason=Reason.PRESS_ENQUIRY))),
        HOLD,
        Reason.PART_OF_SPIKE,
    ),
    "and again another day": (
        facts(mention(urgency=ENQUIRY), told=(told(reason=Reason.PRESS_ENQUIRY, at=minutes(-25 * 60)),)),
        TELL,
        Reason.PRESS_ENQUIRY,
    ),
    "its copy does not": (facts(copy(2, urgency=ENQUIRY), told_of_spike=(BUZZ,)), HOLD, Reason.PART_OF_SPIKE),
    "the word journalist alone does not": (facts(mention(urgency=WORD)), HOLD, Reason.NOT_URGENT),
    "after the day's limit it rings all the same, once the story was told": (
        facts(mention(urgency=ENQUIRY), told_of_spike=(BUZZ,), urgent_today=3),
        TELL,
        Reason.PRESS_ENQUIRY,
    ),
    "of a story nobody heard of, the limit holds": (
        facts(mention(urgency=ENQUIRY), urgent_today=3, summary_sent=True),
        HOLD,
        Reason.OVER_BUDGET,
    ),
    "a denial by the author of a told story rings inside a spike": (
        denied(told_of_spike=(BUZZ,)),
        TELL,
        Reason.STATEMENT_DENIED,
    ),
    "one statement is denied once": (
        denied(told_of_spike=(BUZZ, told(reason=Reason.STATEMENT_DENIED, at=minutes(-2)))),
        HOLD,
        Reason.PART_OF_SPIKE,
    ),
    "a newer statement can be denied again": (
        denied(told_of_spike=(BUZZ, told(reason=Reason.STATEMENT_DENIED, at=minutes(-20)))),
        TELL,
        Reason.STATEMENT_DENIED,
    ),
    "a bystander's denial raises the level by one": (
        denied(by_author=False, points=65),
        TELL,
        Reason.STATEMENT_DENIED,
    ),
    "one level up is not yet critical": (denied(by_author=False, points=35), HOLD, Reason.NOT_URGENT),
    "nor is it worse than what was told": (
        denied(by_author=False, points=65, told_of_spike=(BUZZ,)),
        HOLD,
        Reason.PART_OF_SPIKE,
    ),
}


@pytest.mark.parametrize(("given", "action", "reason"), SITUATIONS.values(), ids=SITUATIONS)
def test_decision(given: Facts, action: Action, reason: Reason) -> None:
    decision = decide(given)
    assert (decision.action, decision.reason) == (action, reason)


def test_what_goes_further_is_critical_and_keeps_its_stage() -> None:
    decision = decide(denied(told_of_spike=(BUZZ,)))
    assert (decision.level, decision.stage, decision.evidence) == (
        Level.CRITICAL,
        Stage.BUZZ,
        ("denial", "remboursée"),
    )


def test_an_own_statement_never_rings_by_itself() -> None:
    statement = mention(90, own=True, urgency=replace(ENQUIRY))
    assert decide(facts(statement)).reason is Reason.OWN_STATEMENT
