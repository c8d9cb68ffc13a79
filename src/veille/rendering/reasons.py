"""One sentence for each reason why veille told, or did not."""

from __future__ import annotations

from veille.model.alert import Reason
from veille.rendering.catalogue import later

#: Why it was told now.
TOLD = {
    Reason.CRITICAL_MENTION: later("One message is critical by itself."),
    Reason.ROUTED_MENTION: later("You asked to be told at once of messages of this level."),
    Reason.SPIKE_STARTED: later("More is being said than on a usual day."),
    Reason.NATIONAL_PRESS: later("The national press is talking about it."),
    Reason.PRESS_ENQUIRY: later("A journalist is looking for accounts: an article is likely."),
    Reason.STATEMENT_DENIED: later("What the client said is contradicted."),
    Reason.LEVEL_RISES: later("The story you were told about is getting more urgent."),
    Reason.SPIKE_OVER: later("The volume is back to what is usual."),
    Reason.OVER_BUDGET_SUMMARY: later(
        "The day's limit of urgent alerts is reached: the others are here, in one message."
    ),
}

#: Why it waited for the digest.
HELD = {
    Reason.NOT_URGENT: later("nothing urgent in it"),
    Reason.HIGH_NOT_ROUTED: later("to handle, but this level is not told at once"),
    Reason.ALREADY_TOLD: later("an alert about this story had already left, and nothing worse followed"),
    Reason.PART_OF_SPIKE: later("it belongs to a peak that was already told"),
    Reason.CALM_CROWD: later("many messages, neutral in tone"),
    Reason.CRISIS_WORD_ALONE: later("one alarming word, and nothing else to confirm it"),
    Reason.OVER_BUDGET: later("the day's limit of urgent alerts was reached"),
    Reason.BUDGET_SPENT: later("too many wrong alerts rang lately: only grave ones ring for now"),
    Reason.LEARNING: later("its watch is in its first days: only danger or several people ring"),
    Reason.NOT_US: later("it looks like messages that you set aside"),
    Reason.LEFT_OUT: later("it looks like several messages that you set aside: the digest only counts it"),
    Reason.COPY_FOLDED: later("a copy of a message already counted"),
    Reason.SAME_AUTHOR: later("the same author, on the same site, as a message already told"),
    Reason.OWN_STATEMENT: later("published by the client itself"),
    Reason.PLANNED_EVENT: later("part of a planned event"),
    Reason.MUTED: later("its watch is muted"),
    Reason.BACKLOG: later("published before the watch began"),
    Reason.QUIET_HOURS: later("it arrived during do-not-disturb hours"),
    Reason.PAUSED: later("sending was paused"),
}

#: Why nobody is told.
DROPPED = {
    Reason.EXCLUDED: later("excluded by the query"),
    Reason.NO_ONE_TO_TELL: later("nobody is to be told about it"),
    Reason.ARCHIVED: later("its client or watch was archived"),
    Reason.EXPIRED: later("it had become too old to be of use"),
}

SENTENCES = {**TOLD, **HELD, **DROPPED}
