"""Who is told what and why, as a table of situations."""

from __future__ import annotations

import pytest

from kit_model import copy, facts, mention, minutes, spike, told, urgency
from veille.alerting.decide import decide
from veille.model.alert import Action, Facts, Reason, Stage
from veille.model.mention import Category, Level
from veille.model.volume import SpikeState

CALM = urgency(10)
HIGH = urgency(65, "undelivered")
CRITICAL = urgency(90, "mourning", "undelivered")
NATIONAL = urgency(88, "national_press")
PRAISE_IN_PRESS = urgency(20, "national_press", "praise")

TELL, HOLD, DROP = Action.TELL, Action.HOLD, Action.DROP

SITUATIONS = {
    "an ordinary mention waits for the digest": (facts(mention(urgency=CALM)), HOLD, Reason.NOT_URGENT),
    "a high one waits too when no route asks for it": (
        facts(mention(urgency=HIGH)),
        HOLD,
        Reason.HIGH_NOT_ROUTED,
    ),
    "a high one is told when a route asks for high": (
        facts(mention(urgency=HIGH), routed=((Level.HIGH, ()),)),
        TELL,
        Reason.ROUTED_MENTION,
    ),
    "a route for questions does not take a complaint": (
        facts(mention(urgency=HIGH), routed=((Level.HIGH, ("question",)),)),
        HOLD,
        Reason.HIGH_NOT_ROUTED,
    ),
    "a route for questions takes a question": (
        facts(
            mention(urgency=urgency(40, "question", category=Category.QUESTION)),
            routed=((Level.MEDIUM, ("question",)),),
        ),
        TELL,
        Reason.ROUTED_MENTION,
    ),
    "a critical one with a second signal rings": (
        facts(mention(urgency=CRITICAL)),
        TELL,
        Reason.CRITICAL_MENTION,
    ),
    "a crisis word alone does not ring": (
        facts(mention(urgency=CRITICAL), second_signals=()),
        HOLD,
        Reason.CRISIS_WORD_ALONE,
    ),
    "the same author again does not ring twice": (
        facts(mention(2, author="claire"), before=(mention(1, author="claire"),), told=(told(),)),
        HOLD,
        Reason.SAME_AUTHOR,
    ),
    "another author in a told story does not ring either": (
        facts(mention(2, urgency=CRITICAL), before=(mention(1),), told=(told(),)),
        HOLD,
        Reason.ALREADY_TOLD,
    ),
    "a told story rings again when its level rises": (
        facts(mention(2, urgency=CRITICAL), before=(mention(1),), told=(told(level=Level.HIGH),)),
        TELL,
        Reason.LEVEL_RISES,
    ),
    "a copy is folded even when its words are critical": (
        facts(copy(2, urgency=CRITICAL), before=(mention(1),)),
        HOLD,
        Reason.COPY_FOLDED,
    ),
    "an own statement never rings": (facts(mention(own=True, urgency=CRITICAL)), HOLD, Reason.OWN_STATEMENT),
    "the past never rings": (facts(mention(backlog=True, urgency=CRITICAL)), HOLD, Reason.BACKLOG),
    "a planned event never rings": (
        facts(mention(event="fete", urgency=CRITICAL)),
        HOLD,
        Reason.PLANNED_EVENT,
    ),
    "a muted mention never rings": (facts(mention(muted=True, urgency=CRITICAL)), HOLD, Reason.MUTED),
    "an own statement beside a critical mention does not hide it": (
        facts(mention(1, own=True), mention(2, urgency=CRITICAL)),
        TELL,
        Reason.CRITICAL_MENTION,
    ),
    "a spike that starts rings": (facts(mention(), spike=spike()), TELL, Reason.SPIKE_STARTED),
    "a spike rings although its first mention already did": (
        facts(mention(2), before=(mention(1),), spike=spike(), told=(told(),)),
        TELL,
        Reason.SPIKE_STARTED,
    ),
    "a spike that grows does not ring again": (
        facts(
            mention(2),
            before=(mention(1),),
            spike=spike(SpikeState.ESCALATED),
            told_of_spike=(told(Stage.BUZZ),),
        ),
        HOLD,
        Reason.PART_OF_SPIKE,
    ),
    "what comes during a told spike is part of it": (
        facts(mention(urgency=CRITICAL), told_of_spike=(told(Stage.BUZZ),)),
        HOLD,
        Reason.PART_OF_SPIKE,
    ),
    "a critical mention during a spike told as high rings": (
        facts(mention(urgency=CRITICAL), told_of_spike=(told(Stage.BUZZ, Level.HIGH),)),
        TELL,
        Reason.LEVEL_RISES,
    ),
    "the national press rings during a told spike": (
        facts(mention(urgency=NATIONAL), told_of_spike=(told(Stage.BUZZ),)),
        TELL,
        Reason.NATIONAL_PRESS,
    ),
    "the second national title does not": (
        facts(mention(urgency=NATIONAL), told_of_spike=(told(Stage.NATIONAL_PRESS),)),
        HOLD,
        Reason.ALREADY_TOLD,
    ),
    "a kind word in the national press does not ring": (
        facts(mention(urgency=PRAISE_IN_PRESS)),
        HOLD,
        Reason.NOT_URGENT,
    ),
    "the end of a told spike is said": (
        facts(spike=spike(SpikeState.OVER), story=None, before=(mention(),), told_of_spike=(told(Stage.BUZZ),)),
        TELL,
        Reason.SPIKE_OVER,
    ),
    "the end of a spike nobody heard of is not": (
        facts(spike=spike(SpikeState.OVER), before=(mention(),)),
        HOLD,
        Reason.NOT_URGENT,
    ),
    "a lone critical post held before rings when a second author joins at high": (
        facts(mention(2, urgency=HIGH), before=(mention(1, urgency=CRITICAL),)),
        TELL,
        Reason.CRITICAL_MENTION,
    ),
    "a lone critical post held before rings when another site copies it": (
        facts(copy(2, urgency=CRITICAL), before=(mention(1, urgency=CRITICAL),)),
        TELL,
        Reason.CRITICAL_MENTION,
    ),
    "a lone critical word rings where a route asks for high": (
        facts(mention(urgency=CRITICAL), second_signals=(), routed=((Level.HIGH, ()),)),
        TELL,
        Reason.ROUTED_MENTION,
    ),
    "a spike held at its start rings when it grows": (
        facts(mention(), spike=spike(SpikeState.ESCALATED)),
        TELL,
        Reason.SPIKE_STARTED,
    ),
    "a spike that grows with nothing fresh in its lead is no folded copy": (
        facts(before=(mention(1),), spike=spike(SpikeState.ESCALATED), told_of_spike=(told(Stage.BUZZ),)),
        HOLD,
        Reason.PART_OF_SPIKE,
    ),
    "a story told as a buzz an hour ago is not told as one again": (
        facts(mention(2), before=(mention(1),), spike=spike(), told=(told(Stage.BUZZ, at=minutes(-60)),)),
        HOLD,
        Reason.ALREADY_TOLD,
    ),
    "a story told as a buzz days ago is told again when a new spike starts": (
        facts(mention(2), before=(mention(1),), spike=spike(), told=(told(Stage.BUZZ, at=minutes(-3 * 1440)),)),
        TELL,
        Reason.SPIKE_STARTED,
    ),
    "the fourth urgent alert of the day is a summary": (
        facts(mention(urgency=CRITICAL), urgent_today=3),
        TELL,
        Reason.OVER_BUDGET_SUMMARY,
    ),
    "after the summary the digest takes over": (
        facts(mention(urgency=CRITICAL), urgent_today=3, summary_sent=True),
        HOLD,
        Reason.OVER_BUDGET,
    ),
    "the end of a spike is not counted as urgent": (
        facts(
            spike=spike(SpikeState.OVER),
            before=(mention(),),
            told_of_spike=(told(Stage.BUZZ),),
            urgent_today=3,
            summary_sent=True,
        ),
        TELL,
        Reason.SPIKE_OVER,
    ),
}


@pytest.mark.parametrize(("given", "action", "reason"), SITUATIONS.values(), ids=SITUATIONS)
def test_decision(given: Facts, action: Action, reason: Reason) -> None:
    decision = decide(given)
    assert (decision.action, decision.reason) == (action, reason)


def test_what_rings_says_how_far_the_story_has_gone() -> None:
    assert decide(facts(mention(urgency=CRITICAL))).stage is Stage.MENTION
    assert decide(facts(mention(), spike=spike())).stage is Stage.BUZZ
    assert decide(facts(mention(urgency=NATIONAL))).stage is Stage.NATIONAL_PRESS


def test_a_negative_spike_is_at_least_high() -> None:
    assert decide(facts(mention(urgency=CALM), spike=spike())).level is Level.HIGH
