"""The answer to "why did you not warn us?", as one paragraph that a client can read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from veille.model.alert import Action, Decision
from veille.model.audit import Alerted, Asked, Attempt, Audit, Fit, Held, Sighting
from veille.model.mention import Level
from veille.rendering.author import author_sentence
from veille.rendering.catalogue import later
from veille.rendering.reasons import SENTENCES
from veille.rendering.voice import Voice, capital, shown, small

#: Sources, stories and attempts that are named; the rest stands in the table.
NAMED = 5
#: A publication seen so long after is late.
LATE = timedelta(minutes=15)
_TITLE, _ADDRESS, _ANSWER = 80, 200, 80

_FITS = {
    Fit.TAKEN: later("The settings in force took it."),
    Fit.EXCLUDED: later("The settings in force left it out, by an exclusion of the watch."),
    Fit.NOT_TAKEN: later("No query of the settings in force took it."),
    Fit.UNKNOWN: later("What the settings of that day made of it cannot be said any more."),
}


def audit_paragraph(voice: Voice, audit: Audit) -> str:
    """Write the paragraph; times are in the voice's zone."""
    said = _of_address(voice, audit) if audit.address else _of_time(voice, audit)
    whole = ""
    for sentence in filter(None, said):
        whole += f" {sentence}" if whole.endswith(":") else f" {capital(sentence)}"
    return whole.strip()


def _of_address(voice: Voice, audit: Audit) -> Iterator[str]:
    address = voice.quote(shown(audit.address, _ADDRESS))
    if not audit.sightings:
        yield voice.say("{address} was never seen.", address=address)
        yield from _unseen(voice, audit)
        return
    yield voice.say("{address}:", address=address)
    for sighting in audit.sightings[:NAMED]:
        yield from _seen(voice, sighting)
    if len(audit.sightings) > NAMED:
        yield _more(voice, len(audit.sightings) - NAMED)
    told = {alert.at: alert for sighting in audit.sightings for alert in sighting.alerts}
    for _, alert in sorted(told.items())[:NAMED]:
        yield _alerted(voice, alert)


def _unseen(voice: Voice, audit: Audit) -> Iterator[str]:
    if not audit.sources:
        yield voice.say("No watched source is of this site or has given anything of it: none could show it.")
        return
    yield voice.count(
        "{n} watched source is of this site, or has given something of it.",
        "{n} watched sources are of this site, or have given something of it.",
        len(audit.sources),
    )
    yield from _sources(voice, audit)
    yield voice.say("What they answered then did not hold this address.")


def _seen(voice: Voice, one: Sighting) -> Iterator[str]:
    yield voice.say(
        "published {published}, seen {seen} by the source {source}.",
        published=_when(voice, one.published),
        seen=_when(voice, one.seen),
        source=one.asked.source_id,
    )
    if one.seen - one.published > LATE:
        yield _delay(voice, one)
    yield _in_force(voice, one)
    if one.mention_id is None:
        return
    if one.backlog:
        yield voice.say("It stood in the first answer of its source: it is the past, and rings nobody.")
    yield voice.say(
        "It was given {points} points of 100, {level}, in the story {story}.",
        points=one.points,
        level=voice.level(one.level),
        story=one.story,
    )
    if one.author:
        yield author_sentence(voice, one.author) + "."
    for decision, at in one.decisions:
        yield _decided(voice, decision, _when(voice, at))


def _delay(voice: Voice, one: Sighting) -> str:
    minutes = int((one.seen - one.published) / timedelta(minutes=1))
    delay = voice.duration(minutes)
    if one.asked.since > one.published:
        return voice.say("The source is watched only since {moment}.", moment=_when(voice, one.asked.since))
    if not one.asked.polls:
        return voice.say("No poll of the source is known in the {delay} between.", delay=delay)
    return voice.say(
        "In the {delay} between, the source was asked {polls}; {errors}.",
        delay=delay,
        polls=_times(voice, one.asked.polls),
        errors=_errors(voice, one.asked),
    )


def _in_force(voice: Voice, one: Sighting) -> str:
    watches = ", ".join(one.watches)
    named = voice.labelled(voice.say("Watches"), watches) + "." if watches else ""
    dated = ""
    if one.settings_since is not None:
        dated = voice.say("These settings date from {day}.", day=_dated(voice, one.settings_since))
    return " ".join(filter(None, (voice.say(_FITS[one.fit]), named, dated)))


def _decided(voice: Voice, decision: Decision, moment: str) -> str:
    reason = voice.say(SENTENCES[decision.reason]).rstrip(".")
    if decision.action is Action.TELL:
        return voice.say("Decided {moment}: an alert, because: {reason}.", moment=moment, reason=small(reason))
    return voice.say("Decided {moment}: no alert, because: {reason}.", moment=moment, reason=small(reason))


def _when(voice: Voice, at: datetime) -> str:
    """A moment that reads the same whenever the paragraph is printed."""
    day = voice.short_day(at.astimezone(voice.zone).date(), year=True)
    return voice.say("on {day} at {clock}", day=day, clock=voice.clock(at))


def _dated(voice: Voice, at: datetime) -> str:
    """A day and its time, with the year when it is not this one."""
    local, now = at.astimezone(voice.zone).date(), voice.now.astimezone(voice.zone).date()
    return voice.dated(at) if local.year == now.year else f"{voice.short_day(local, year=True)} {voice.clock(at)}"


def _of_time(voice: Voice, audit: Audit) -> Iterator[str]:
    yield voice.say("From {since} to {until}:", since=_dated(voice, audit.since), until=_dated(voice, audit.until))
    yield from _sources(voice, audit)
    yield voice.count("{n} mention was seen.", "{n} mentions were seen.", audit.mentions)
    yield voice.count("{n} alert was decided.", "{n} alerts were decided.", len(audit.alerts))
    for alert in audit.alerts[:NAMED]:
        yield _alerted(voice, alert)
    if len(audit.alerts) > NAMED:
        yield _more(voice, len(audit.alerts) - NAMED)
    if audit.held:
        yield voice.count(
            "{n} story to handle was held for the digest:",
            "{n} stories to handle were held for the digest:",
            len(audit.held),
        )
    for held in audit.held[:NAMED]:
        yield _held(voice, held)
    if len(audit.held) > NAMED:
        yield _more(voice, len(audit.held) - NAMED)


def _sources(voice: Voice, audit: Audit) -> Iterator[str]:
    polls = sum(asked.polls for asked in audit.sources)
    errors = sum(asked.errors for asked in audit.sources)
    if audit.polls_since is None or audit.polls_since > audit.since:
        yield voice.say("Polls of before {moment} are not kept.", moment=_dated(voice, audit.polls_since or audit.at))
    sources, times = voice.count("{n} source", "{n} sources", len(audit.sources)), _times(voice, polls)
    failed = voice.count("{n} failed", "{n} failed", errors)
    since, until = _dated(voice, audit.since), _dated(voice, audit.until)
    if audit.address:
        yield voice.say("From {since} to {until}:", since=since, until=until)
    yield voice.say("{sources} asked {polls}; {errors}.", sources=sources, polls=times, errors=failed)
    failing = sorted((a for a in audit.sources if a.errors), key=lambda asked: -asked.errors)
    for asked in failing[:NAMED]:
        name = shown(asked.source_id)
        error = voice.quote(shown(asked.error, _ANSWER))
        yield voice.say("source {source}: {errors}, {error}.", source=name, errors=_errors(voice, asked), error=error)


def _alerted(voice: Voice, alert: Alerted) -> str:
    title = voice.quote(shown(alert.title, _TITLE)) if alert.title else ""
    said = voice.say(
        "An alert left {moment} about {story}.", moment=_when(voice, alert.at), story=f"{alert.code} {title}".strip()
    )
    accepted = [tried for tried in alert.attempts if tried.accepted]
    if not accepted:
        return " ".join((said, voice.say("No provider has accepted it.")))
    names = ", ".join(_attempt(voice, tried) for tried in accepted[:NAMED])
    accepted_by = voice.say("Accepted by the provider, which does not say read: {who}.", who=names)
    more = _more(voice, len(accepted) - NAMED) if len(accepted) > NAMED else ""
    return " ".join(filter(None, (said, accepted_by, more)))


def _attempt(voice: Voice, tried: Attempt) -> str:
    answer = voice.quote(shown(tried.answer, _ANSWER)) if tried.answer else ""
    return f"{tried.person_id}/{tried.channel_id} {voice.clock(tried.at)} {answer}".rstrip()


def _held(voice: Voice, held: Held) -> str:
    return voice.say(
        "{code} {title}, {level}, {moment}: {reason}.",
        code=held.code,
        title=voice.quote(shown(held.title, _TITLE)),
        level=voice.level(Level(held.level)),
        moment=_when(voice, held.at),
        reason=voice.say(SENTENCES[held.decision.reason]).rstrip("."),
    )


def _times(voice: Voice, number: int) -> str:
    return voice.count("{n} time", "{n} times", number)


def _errors(voice: Voice, asked: Asked) -> str:
    if not asked.errors:
        return voice.say("it answered each time")
    return voice.count("{n} poll failed", "{n} polls failed", asked.errors)


def _more(voice: Voice, number: int) -> str:
    return voice.count("And {n} other.", "And {n} others.", number)
