"""An alert as its reader sees it: what, why now, how many, what to do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from veille.model.alert import Alert, Reason
from veille.model.mention import Level
from veille.model.volume import Spike, SpikeState
from veille.model.watch import Client
from veille.rendering.brand import Brand, brand
from veille.rendering.followed import Copy, copies_kept, gone_sentence, returns_sentence
from veille.rendering.headings import heading, spike_said, todo, told_mention
from veille.rendering.links import page_link
from veille.rendering.reasons import SENTENCES
from veille.rendering.signals import beside_sentences, signal_sentences
from veille.rendering.story import StoryView, copies, counts, excerpt, figures, heard, line, story_view
from veille.rendering.voice import Voice, shown

_INSTRUCTION, _EVIDENCE = 600, 80
_OTHERS = 10
_CHANCE_FLOOR = 1e-6
#: Told for other reasons than what the lead says.
_NOT_ABOUT_ONE = (Reason.SPIKE_OVER, Reason.OVER_BUDGET_SUMMARY)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertView:
    """An alert, ready to be shown; nothing in it is markup."""

    brand: Brand
    reason: Reason
    level: Level
    level_word: str
    heading: str
    story: StoryView
    #: "Since 10:52: 3 messages, 2 authors, 2 sites; usually 1 a day."
    figures: str
    copies: str
    reasons: tuple[str, ...]
    instruction: str
    todo: str
    #: On veille's own page ("" = none).
    page: str
    watches: str
    #: "à 10:54"
    told_at: str
    clock: str
    others: tuple[StoryView, ...]
    #: The dated copies of what is no longer visible.
    gone: tuple[Copy, ...] = ()


def alert_view(voice: Voice, alert: Alert, *, client: Client, public_url: str) -> AlertView:
    """Prepare an alert for display."""
    names = {watch.id: watch.name for watch in client.watches}
    return AlertView(
        brand=brand(client),
        reason=alert.decision.reason,
        level=alert.decision.level,
        level_word=voice.level(alert.decision.level),
        heading=heading(voice, alert),
        story=_story(voice, alert),
        figures=_figures(voice, alert),
        copies=copies(voice, alert.story),
        reasons=_reasons(voice, alert),
        instruction=shown(alert.instruction, _INSTRUCTION),
        todo=todo(voice, alert.decision.reason),
        page=page_link(public_url, alert.code),
        watches=", ".join(shown(names.get(watch, watch), _EVIDENCE) for watch in alert.watches),
        told_at=voice.at(alert.at),
        clock=voice.moment(alert.at),
        others=tuple(story_view(voice, story) for story in alert.others[:_OTHERS]),
        gone=copies_kept(voice, alert.gone),
    )


def _story(voice: Voice, alert: Alert) -> StoryView:
    seen, mention = story_view(voice, alert.story), told_mention(alert)
    signals = signal_sentences(voice, mention.urgency)
    return replace(seen, lead=line(voice, mention), excerpt=excerpt(mention), signals=signals)


def _figures(voice: Voice, alert: Alert) -> str:
    usual = voice.usual(alert.usual_per_day)
    said = _counted(voice, alert)
    return voice.say("{figures}; {usual}.", figures=said, usual=usual) if usual else f"{said}."


def _counted(voice: Voice, alert: Alert) -> str:
    spike = alert.spike
    if spike is not None and len(spike.stories) > 1:
        said = figures(voice, messages=spike.observed, authors=spike.authors, sites=spike.sites)
        if spike.state is SpikeState.OVER:  # its counts are of the whole spike, no longer of one window
            return voice.say("Since {moment}: {figures}", moment=voice.moment(spike.started), figures=said)
        return voice.say("{figures} in {window}", figures=said, window=voice.duration(spike.window_minutes))
    since = min((mention.published for mention in heard(alert.story)), default=alert.story.first_seen)
    return voice.say("Since {moment}: {figures}", moment=voice.moment(since), figures=counts(voice, alert.story))


def _reasons(voice: Voice, alert: Alert) -> tuple[str, ...]:
    said = [voice.say(SENTENCES[alert.decision.reason])]
    said += filter(None, (returns_sentence(voice, alert.earlier), gone_sentence(voice, alert.gone)))
    if alert.spike is not None:
        said += _spike_reasons(voice, alert.spike, since=alert.spike.started)
    if alert.planned:
        name = voice.quote(shown(alert.planned, _EVIDENCE))
        said.append(voice.say("Part of it is about the planned event {name}.", name=name))
    if alert.decision.reason in _NOT_ABOUT_ONE:
        return tuple(said)
    urgency = told_mention(alert).urgency
    beside = beside_sentences(voice, (name for name in alert.decision.evidence if name != "disappeared"), urgency)
    return (*said, *(_sentence(text) for text in (*signal_sentences(voice, urgency), *beside)))


def _spike_reasons(voice: Voice, spike: Spike, *, since: datetime) -> list[str]:
    if spike.state is SpikeState.OVER:
        peak = spike_said(voice, spike)
        return [voice.say("The peak began {moment}: {peak}.", moment=voice.at(since), peak=peak)]
    said = [_alone(voice, spike) if spike.alone else _many(voice, spike)]
    if 0 <= spike.probability < 0.01:
        chance = voice.number(round(1 / max(spike.probability, _CHANCE_FLOOR), -2))
        said.append(voice.say("By chance alone, that happens less than once in {chance}.", chance=chance))
    if spike.little_history:
        said.append(voice.say("There are less than 14 days of past to compare with."))
    return said


def _many(voice: Voice, spike: Spike) -> str:
    return voice.count(
        "{n} message in {window}, where {expected} could be expected.",
        "{n} messages in {window}, where {expected} could be expected.",
        spike.observed,
        window=voice.duration(spike.window_minutes),
        expected=voice.number(round(spike.expected, 1)),
    )


def _alone(voice: Voice, spike: Spike) -> str:
    """Say that one story grows in a watch that is as usual."""
    return voice.count(
        "{n} message of this one story in {window}: as a whole no more is said than usual,"
        " but one story seldom has so many.",
        "{n} messages of this one story in {window}: as a whole no more is said than usual,"
        " but one story seldom has so many.",
        spike.observed,
        window=voice.duration(spike.window_minutes),
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
