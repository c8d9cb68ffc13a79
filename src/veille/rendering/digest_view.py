"""A digest as its reader sees it: a section a client, most urgent first, and what could not be watched."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from veille.model.digest import DayCount, Delivery, Digest, Fate, Section, StoryLine
from veille.model.mention import Level
from veille.model.volume import Spike
from veille.rendering.brand import Brand, brand
from veille.rendering.feedback import held_for, set_aside, spent_sentences
from veille.rendering.followed import Copy, after_sentences, copies_kept
from veille.rendering.reasons import HELD, SENTENCES
from veille.rendering.story import StoryView, figures, story_view
from veille.rendering.trouble import delays, trouble_sentences
from veille.rendering.unwatched import not_watched
from veille.rendering.voice import Voice

_TROUBLE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One column of the table under the picture."""

    #: "13"
    number: str
    #: "sam."
    name: str
    mentions: int
    copies: int
    urgent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story in the digest, with what was or was not told of it."""

    story: StoryView
    fresh: str
    reason: str
    alerted: bool
    #: What followed: returns, questions left open, edits.
    after: tuple[str, ...] = ()
    #: The dated copies of what is no longer visible.
    gone: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """One client's part, ready to be shown; nothing in it is markup."""

    brand: Brand
    #: "12 mentions, 11 copies; usually 1 a day"
    counts: str
    stories: tuple[Told, ...]
    #: "3 other stories" ("" = none).
    hidden: str
    #: Planned, own, muted, excluded: one sentence ("" = none).
    apart: str
    trouble: tuple[str, ...]
    not_watched: str
    #: Each source's usual time from publication to seen, in one sentence ("" = not known yet).
    delays: str
    days: tuple[Day, ...]
    #: Content id and description of the picture ("" = none).
    cid: str
    alt: str
    #: Whether the picture has a line at the usual.
    dashes: bool
    #: The zone of its times, when it is not the reader's ("" = it is).
    zone: str
    #: How many stories are to be handled, for headlines.
    urgent: int
    #: How many there are, the hidden ones included.
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestView:
    """A digest, ready to be shown; nothing in it is markup."""

    heading: str
    period: str
    late: str
    sections: tuple[SectionView, ...]
    quiet: tuple[SectionView, ...]
    #: Whose part could not be made, in one sentence ("" = nobody's).
    failed: str = ""
    #: Budgets of wrong alerts that are used up, in one sentence each.
    spent: tuple[str, ...] = ()

    @property
    def brands(self) -> tuple[Brand, ...]:
        """Whose digest it is, in the order of the message."""
        return tuple(section.brand for section in (*self.sections, *self.quiet))


def digest_view(voice: Voice, digest: Digest, *, stories: int, days: bool) -> DigestView:
    """Prepare a digest, with at most so many stories a section, with or without the days' tables."""
    return DigestView(
        heading=voice.say("Morning digest, {day}", day=voice.day(digest.local_date)),
        period=voice.say("From {since} to {until}", since=voice.dated(digest.since), until=voice.dated(digest.until)),
        late=_late(voice, digest.due),
        sections=tuple(section_view(voice, section, stories=stories, days=days) for section in digest.sections),
        quiet=tuple(section_view(voice, section, stories=0, days=False) for section in digest.quiet),
        failed=_failed(voice, digest),
        spent=spent_sentences(voice, digest.spent),
    )


def section_view(reader: Voice, section: Section, *, stories: int, days: bool) -> SectionView:
    """Prepare one client's part; its times are in the client's zone."""
    voice = replace(reader, zone=ZoneInfo(section.client.zone))
    hidden = section.hidden + max(len(section.stories) - stories, 0)
    levels = [line.story.level for line in section.stories]
    return SectionView(
        brand=brand(section.client),
        counts=_counts(voice, section),
        stories=tuple(_told(voice, line) for line in section.stories[:stories]),
        hidden=voice.count("{n} other story, less urgent", "{n} other stories, less urgent", hidden) if hidden else "",
        apart=_apart(voice, section),
        trouble=trouble_sentences(voice, section.trouble, most=_TROUBLE),
        not_watched=not_watched(voice, section.client),
        delays=delays(voice, section.delays),
        days=tuple(day_column(voice, day) for day in section.days) if days else (),
        cid=f"days-{section.client.id}@veille" if days and section.days else "",
        alt=days_described(voice, section.days),
        dashes=section.usual > 0,
        zone=section.client.zone if section.client.zone != reader.zone.key else "",
        urgent=sum(level >= Level.HIGH for level in levels),
        total=len(section.stories) + section.hidden,
    )


def day_column(voice: Voice, day: DayCount) -> Day:
    """Prepare one day of the table."""
    return Day(
        number=str(day.day.day),
        name=voice.weekday(day.day),
        mentions=day.mentions,
        copies=day.copies,
        urgent=day.urgent > 0,
    )


def days_described(voice: Voice, days: tuple[DayCount, ...]) -> str:
    """Say in words what the picture shows."""
    if not days:
        return ""
    numbers = ", ".join(str(day.mentions) for day in days)
    said = voice.say("Mentions a day until {day}: {numbers}.", day=voice.short_day(days[-1].day), numbers=numbers)
    urgent = ", ".join(voice.short_day(day.day) for day in days if day.urgent)
    return " ".join((said, voice.say("Days with something to handle: {days}", days=urgent))) if urgent else said


def _failed(voice: Voice, digest: Digest) -> str:
    if not digest.failed:
        return ""
    clients = ", ".join(brand(client).title for client in digest.failed)
    return voice.say("Could not be made, the operator is told: {clients}", clients=clients)


def _late(voice: Voice, due: datetime | None) -> str:
    if due is None or voice.dated(due) == voice.dated(voice.now):
        return ""
    return voice.say("Planned {due}, left {left}.", due=voice.at(due), left=voice.at(voice.now))


def _counts(voice: Voice, section: Section) -> str:
    if not section.mentions and not section.copies:
        said = voice.say("Nothing tonight")
    else:
        said = voice.count("{n} mention", "{n} mentions", section.mentions)
    if section.copies:
        said += ", " + voice.count("{n} copy", "{n} copies", section.copies)
    usual = voice.usual(section.usual)
    said = voice.say("{figures}; {usual}", figures=said, usual=usual) if usual else said
    return ". ".join((said, *(_calm(voice, crowd) for crowd in section.calm)))


def _calm(voice: Voice, crowd: Spike) -> str:
    """Say that many spoke and nobody was angry: "Beaucoup de mentions, ton neutre : ..."."""
    said = figures(voice, messages=crowd.observed, authors=crowd.authors, sites=crowd.sites)
    begun = voice.at(crowd.started)
    return voice.say("Many messages, neutral in tone: {figures}, {moment}", figures=said, moment=begun)


def _told(voice: Voice, line: StoryLine) -> Told:
    return Told(
        story=story_view(voice, line.story, lines=3),
        fresh=_fresh(voice, line),
        reason=_told_or_held(voice, line),
        alerted=line.alerted_at is not None,
        after=after_sentences(voice, line.after),
        gone=copies_kept(voice, line.after.gone),
    )


def _fresh(voice: Voice, line: StoryLine) -> str:
    if line.fresh:
        return voice.count("{n} new message", "{n} new messages", line.fresh)
    return voice.say("a message was edited") if line.edited or line.after.edits else voice.say("nothing new")


def _told_or_held(voice: Voice, line: StoryLine) -> str:
    sentence = voice.say(SENTENCES[line.reason])
    if line.missed is not None:
        return _missed(voice, line.missed)
    if line.alerted_at is None and (said := held_for(voice, line)):
        return said
    if line.alerted_at is None:
        return voice.say("No alert: {reason}.", reason=sentence.rstrip("."))
    told = voice.say("Alert sent {moment}.", moment=voice.at(line.alerted_at))
    return told if line.reason in HELD else f"{told} {sentence}"


def _missed(voice: Voice, missed: Delivery) -> str:
    if missed.fate is Fate.OTHERS:
        return voice.say("An alert went to others.")
    if missed.fate is Fate.LOST:
        return voice.say("An alert could not be sent to you.")
    if missed.at <= voice.now:
        return voice.say("An alert has not left yet.")
    return voice.say("An alert will leave {moment}.", moment=voice.at(missed.at))


def _apart(voice: Voice, section: Section) -> str:
    counted = (
        (section.planned, voice.count("{n} of a planned event", "{n} of a planned event", section.planned)),
        (section.own, voice.count("{n} of the client's own", "{n} of the client's own", section.own)),
        (section.muted, voice.count("{n} muted", "{n} muted", section.muted)),
        (
            section.excluded,
            voice.count("{n} excluded by the query", "{n} excluded by the query", section.excluded),
        ),
    )
    said = ", ".join(sentence for number, sentence in counted if number)
    apart = voice.say("Counted apart: {counts}.", counts=said) if said else ""
    return " ".join(filter(None, (apart, set_aside(voice, section.not_us))))
