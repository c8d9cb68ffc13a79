"""What is paged is counted: a person whose wrong alerts are used up hears of grave things only, for a while.

An alert is wrong when someone marked it "not us" or calm. The budget is a person's, whatever rang: a mention, a spike,
the press. By night only danger or a crowd is grave; explicit danger always rings.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from veille.alerting.learning import crowd, danger
from veille.model.alert import Action, Decision, Facts, Reason
from veille.model.feedback import MONTH, WEEK, Budget, Rung, Spent
from veille.model.mention import Level

#: By day, so many authors confirm a critical message.
CONFIRMING_AUTHORS = 2


def spent(budget: Budget, rung: Sequence[Rung], now: datetime) -> tuple[Spent, ...]:
    """The parts of a person's budget that are used up: by day, by night, both or none.

    `rung`: what the person received in the last 30 days, any order.
    """
    parts = ((budget.wrong_per_week, False, WEEK), (budget.wrong_per_month_at_night, True, MONTH))
    found = []
    for most, night, period in parts:
        wrong = sorted((r.at for r in rung if r.wrong and r.night is night and r.at > now - period), reverse=True)
        if len(wrong) >= most:
            # It is so until the oldest of those that fill the budget leaves the period.
            until = (wrong[most - 1] if most else now) + period
            found.append(Spent(wrong=len(wrong), night=night, until=until))
    return tuple(found)


def rings(decision: Decision, facts: Facts, used_up: Sequence[Spent], *, night: bool) -> bool:
    """Whether an alert still rings for someone who has used up these parts of their budget; `night`: it is theirs."""
    if decision.action is not Action.TELL or decision.reason is Reason.SPIKE_OVER:
        return True
    if all(part.night is not night for part in used_up):
        return True
    return danger(facts.fresh) or crowd(facts) or (not night and _confirmed(decision, facts))


def _confirmed(decision: Decision, facts: Facts) -> bool:
    if decision.reason is Reason.NATIONAL_PRESS:
        return True
    return decision.level >= Level.CRITICAL and len(facts.story.authors) >= CONFIRMING_AUTHORS
