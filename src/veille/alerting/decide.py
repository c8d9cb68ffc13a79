"""Whether a story is told now, held for the digest or dropped, and why.

The rules are asked in order; the first that has an opinion decides:

    spike            its start rings once, or its growth when the start was held; its end is said calmly; a calm
                     crowd does not ring
    never rings      own statements, the past, planned events, muted
    not us           what resembles mentions marked so is held, danger apart
    national press   rings once more
    press enquiry    a journalist who looks for witnesses rings, even inside a spike (alerting/rises.py)
    denied           what the client said is contradicted: the level rises
    told already     what a running alert covers, until the level rises
    critical         rings when something stands beside the crisis word
    copies           folded
    routed           rings where a route asks for less than critical
    not urgent       the digest says it

What rings then passes the first days of its watch, when little does, and the watch's daily limit: after it, one
summary, then the digest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

from veille.alerting.learning import danger, rings_early
from veille.alerting.rises import beyond_limit, press_enquiry, statement_denied
from veille.model.alert import Action, Decision, Facts, Reason, Stage
from veille.model.mention import Kinship, Level, Mention
from veille.model.volume import Spike, SpikeState

#: A story told as a buzz within so long is not told as one again.
_LATELY = timedelta(hours=24)

Rule = Callable[[Facts], Decision | None]


def decide(facts: Facts) -> Decision:
    """The decision about one story of one client, at `facts.now`."""
    opinions = (rule(facts) for rule in _RULES)
    decision = next(opinion for opinion in opinions if opinion is not None)
    return _within_budget(facts, _in_first_days(facts, decision))


def _never_rings(facts: Facts) -> Decision | None:
    traits = (
        (Reason.OWN_STATEMENT, lambda m: m.own),
        (Reason.BACKLOG, lambda m: m.backlog),
        (Reason.PLANNED_EVENT, lambda m: bool(m.event)),
        (Reason.MUTED, lambda m: m.muted),
    )
    if facts.spike or _loud(facts.fresh):
        return None
    return next((_hold(facts, reason) for reason, has in traits if any(map(has, facts.fresh))), None)


def _spike(facts: Facts) -> Decision | None:
    spike = facts.spike
    if spike is None or (spike.state is SpikeState.ESCALATED and facts.told_of_spike):
        return None
    if spike.state is SpikeState.OVER:
        return _spike_over(facts, spike)
    if not spike.negative:
        return None
    if _told_lately(facts) >= Stage.BUZZ and not _rises(facts):
        return _hold(facts, Reason.ALREADY_TOLD)
    level = max(Level.HIGH, facts.story.level)
    return Decision(
        action=Action.TELL, reason=Reason.SPIKE_STARTED, level=level, stage=Stage.BUZZ, evidence=_names(facts)
    )


def _spike_over(facts: Facts, spike: Spike) -> Decision:
    if not spike.negative:
        return _hold(facts, Reason.CALM_CROWD)
    if not facts.told_of_spike:
        return _hold(facts, Reason.NOT_URGENT)
    return Decision(action=Action.TELL, reason=Reason.SPIKE_OVER, level=Level.MEDIUM, stage=Stage.BUZZ)


def _not_us(facts: Facts) -> Decision | None:
    """All that is fresh resembles what was marked "not us": one slip of a mark cannot hide danger or a spike."""
    loud = _loud(facts.fresh)
    found = [facts.look_alikes[m.id] for m in loud if m.id in facts.look_alikes]
    if not loud or len(found) < len(loud) or danger(loud):
        return None
    most = max(found, key=lambda alike: alike.alike)
    reason = Reason.LEFT_OUT if all(alike.sure for alike in found) else Reason.NOT_US
    return replace(_hold(facts, reason), evidence=(str(most.alike), *most.words))


def _national_press(facts: Facts) -> Decision | None:
    articles = [m for m in _loud(facts.fresh) if m.urgency.has("national_press")]
    serious = any(m.urgency.level >= Level.HIGH for m in articles) or (articles and _told(facts))
    if not serious:
        return None
    if _told_stage(facts) >= Stage.NATIONAL_PRESS:
        return _hold(facts, Reason.ALREADY_TOLD)
    return Decision(
        action=Action.TELL,
        reason=Reason.NATIONAL_PRESS,
        level=Level.CRITICAL,
        stage=Stage.NATIONAL_PRESS,
        evidence=tuple(m.site for m in articles),
    )


def _told_already(facts: Facts) -> Decision | None:
    if not _told(facts) or _rises(facts):
        return None
    if facts.told_of_spike:
        return _hold(facts, Reason.PART_OF_SPIKE)
    known = _authors(m for m in facts.story.mentions if m not in facts.fresh)
    same = _authors(_loud(facts.fresh)) <= known
    return _hold(facts, Reason.SAME_AUTHOR if same else Reason.ALREADY_TOLD)


def _critical(facts: Facts) -> Decision | None:
    """A crisis word held when it stood alone rings when something comes to stand beside it."""
    if _level(facts) < Level.CRITICAL or not facts.second_signals:
        return None
    reason = Reason.LEVEL_RISES if _told(facts) else Reason.CRITICAL_MENTION
    return _tell_mention(facts, reason, Level.CRITICAL)


def _copies(facts: Facts) -> Decision | None:
    loud = _loud(facts.fresh)
    folded = loud and all(m.verdict.kinship is Kinship.COPY for m in loud)
    return _hold(facts, Reason.COPY_FOLDED) if folded else None


def _routed(facts: Facts) -> Decision | None:
    asked = any(_reaches(m, least, names) for m in _loud(facts.fresh) for least, names in facts.routed)
    if not asked:
        return None
    reason = Reason.LEVEL_RISES if _told(facts) else Reason.ROUTED_MENTION
    return _tell_mention(facts, reason, min(_level(facts), Level.HIGH))


def _reaches(mention: Mention, least: Level, categories: tuple[str, ...]) -> bool:
    fits = not categories or mention.urgency.category in categories
    return fits and least <= mention.urgency.level


def _not_urgent(facts: Facts) -> Decision:
    if facts.spike and not facts.spike.negative:
        return _hold(facts, Reason.CALM_CROWD)
    reasons = {Level.CRITICAL: Reason.CRISIS_WORD_ALONE, Level.HIGH: Reason.HIGH_NOT_ROUTED}
    return _hold(facts, reasons.get(_level(facts), Reason.NOT_URGENT))


_RULES: tuple[Rule, ...] = (
    _spike,
    _never_rings,
    _not_us,
    _national_press,
    press_enquiry,
    statement_denied,
    _told_already,
    _critical,
    _copies,
    _routed,
    _not_urgent,
)


def _in_first_days(facts: Facts, decision: Decision) -> Decision:
    rings = decision.action is Action.TELL and decision.reason is not Reason.SPIKE_OVER
    if not (rings and facts.learning) or rings_early(facts):
        return decision
    return replace(decision, action=Action.HOLD, reason=Reason.LEARNING, evidence=(decision.reason.value,))


def _within_budget(facts: Facts, decision: Decision) -> Decision:
    rings = decision.action is Action.TELL and decision.reason is not Reason.SPIKE_OVER
    if not rings or facts.urgent_today < facts.urgent_per_day or beyond_limit(facts, decision):
        return decision
    if facts.summary_sent:
        return replace(decision, action=Action.HOLD, reason=Reason.OVER_BUDGET)
    return replace(decision, reason=Reason.OVER_BUDGET_SUMMARY, evidence=(decision.reason.value,))


def _loud(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Those that may ring at all."""
    return tuple(m for m in mentions if not (m.own or m.backlog or m.event or m.muted))


def _level(facts: Facts) -> Level:
    """The level that counts: of what is fresh, and of the whole story while nothing was told of it; copies add none."""
    counted = facts.fresh if _told(facts) else (*facts.story.mentions, *facts.fresh)
    own_words = (m for m in _loud(counted) if m.verdict.kinship is not Kinship.COPY)
    return max((m.urgency.level for m in own_words), default=Level.LOW)


def _told(facts: Facts) -> bool:
    return bool(facts.told or facts.told_of_spike)


def _told_stage(facts: Facts) -> Stage:
    return max((told.stage for told in (*facts.told, *facts.told_of_spike)), default=Stage.NONE)


def _told_lately(facts: Facts) -> Stage:
    """How far the story was told within a day: an older buzz does not silence a new one."""
    return max((told.stage for told in facts.told if facts.now - told.at <= _LATELY), default=Stage.NONE)


def _rises(facts: Facts) -> bool:
    heard = max((told.level for told in (*facts.told, *facts.told_of_spike)), default=Level.LOW)
    return max((m.urgency.level for m in _loud(facts.fresh)), default=Level.LOW) > heard


def _authors(mentions: Iterable[Mention]) -> frozenset[str]:
    return frozenset(m.author or f"@{m.site}" for m in mentions)


def _names(facts: Facts) -> tuple[str, ...]:
    named = (signal.name for signal in facts.story.lead.urgency.signals)
    return tuple(dict.fromkeys((*named, *facts.second_signals)))


def _tell_mention(facts: Facts, reason: Reason, level: Level) -> Decision:
    return Decision(action=Action.TELL, reason=reason, level=level, stage=Stage.MENTION, evidence=_names(facts))


def _hold(facts: Facts, reason: Reason) -> Decision:
    return Decision(action=Action.HOLD, reason=reason, level=_level(facts))
