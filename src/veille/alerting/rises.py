"""What makes a story go further by itself: a journalist at work on it, the client contradicted by its customer.

Both ring inside a running spike, which would hold any other mention as part of it: a spike says how much is said, not
that the press is on its way or that the client's word is denied.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from veille.model.alert import Action, Decision, Facts, Reason, Stage, Told
from veille.model.mention import Kinship, Level, Mention

#: Points of the signal from which someone looks for witnesses, rather than speaks of a journalist.
ENQUIRES = 40

#: An enquiry, or a denial of one statement, is told once in so long for a story.
_LATELY = timedelta(hours=24)

#: They pass the watch's daily limit when the story was told: a limit must not hide how a crisis told goes on.
BEYOND_LIMIT = frozenset({Reason.NATIONAL_PRESS, Reason.PRESS_ENQUIRY, Reason.STATEMENT_DENIED})


def press_enquiry(facts: Facts) -> Decision | None:
    """A journalist who looks for witnesses rings at once; the next one within a day is held as any other mention."""
    found = [m for m in _loud(facts.fresh) if _enquires(m)]
    if not found or _lately(facts, Reason.PRESS_ENQUIRY):
        return None
    lead = max(found, key=lambda m: (m.urgency.points, -m.id))
    return Decision(
        action=Action.TELL,
        reason=Reason.PRESS_ENQUIRY,
        level=Level.CRITICAL,
        stage=max(Stage.MENTION, _stage(facts)),
        evidence=(lead.author or lead.site,),
    )


def statement_denied(facts: Facts) -> Decision | None:
    """A denial of an own statement raises the level: to critical by the author of a told story, else by one."""
    denial = facts.denial
    if denial is None or _lately(facts, Reason.STATEMENT_DENIED, since=denial.statement):
        return None
    told = [*facts.told, *facts.told_of_spike]
    heard = max((each.level for each in told), default=Level.LOW)
    level = Level.CRITICAL if denial.by_author else _next(denial.mention.urgency.level)
    if not denial.by_author and (level <= heard or level < Level.CRITICAL):
        return None
    return Decision(
        action=Action.TELL,
        reason=Reason.STATEMENT_DENIED,
        level=level,
        stage=max(Stage.MENTION, _stage(facts)),
        evidence=("denial", *((denial.word,) if denial.word else ())),
    )


def beyond_limit(facts: Facts, decision: Decision) -> bool:
    """Whether the decision is how a story told already goes on."""
    return decision.reason in BEYOND_LIMIT and bool(facts.told or facts.told_of_spike or facts.denial)


def _enquires(mention: Mention) -> bool:
    return any(s.name == "press_enquiry" and s.points >= ENQUIRES for s in mention.urgency.signals)


def _loud(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    apart = Kinship.COPY
    return tuple(
        m for m in mentions if not (m.own or m.backlog or m.event or m.muted) and m.verdict.kinship is not apart
    )


def _lately(facts: Facts, reason: Reason, *, since: Mention | None = None) -> bool:
    """Whether that was told of the story, or of its spike, within a day; of a statement, since it was published."""
    floor = max(facts.now - _LATELY, since.published) if since else facts.now - _LATELY
    return any(each.reason is reason and each.at > floor for each in _told(facts))


def _told(facts: Facts) -> tuple[Told, ...]:
    return (*facts.told, *facts.told_of_spike)


def _stage(facts: Facts) -> Stage:
    return max((each.stage for each in _told(facts)), default=Stage.NONE)


def _next(level: Level) -> Level:
    return next((each for each in Level if each > level), Level.CRITICAL)
