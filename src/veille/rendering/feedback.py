"""What marks and budgets come to, in the digest: look-alikes set aside, what would have rung, a budget used up."""

from __future__ import annotations

from collections.abc import Iterable

from veille.model.alert import Reason
from veille.model.digest import StoryLine
from veille.model.feedback import Spent
from veille.rendering.voice import Voice, shown

_WORD = 40


def set_aside(voice: Voice, number: int) -> str:
    """Say how many mentions are left out of the digest as "not us" ("" = none)."""
    if not number:
        return ""
    return voice.count("{n} mention set aside as “not us”.", "{n} mentions set aside as “not us”.", number)


def held_for(voice: Voice, line: StoryLine) -> str:
    """Say why a story was held where the reader can answer ("" = nothing to add to the reason)."""
    if line.reason is Reason.LEARNING:
        return asked(voice, line.story.lead.id)
    if line.reason in (Reason.NOT_US, Reason.LEFT_OUT) and len(line.evidence) > 1:
        return voice.say("No alert: {reason}.", reason=alike(voice, line.evidence))
    return ""


def asked(voice: Voice, mention_id: int) -> str:
    """Ask whether what would have rung was a good idea, with how to answer."""
    return voice.say(
        "Would have alerted: a good idea? Yes: {yes}; no: {no}",
        yes=f"veille feedback {mention_id} useful",
        no=f"veille feedback {mention_id} calm",
    )


def alike(voice: Voice, evidence: tuple[str, ...]) -> str:
    """Say what a mention resembles; `evidence` is how many, then their words."""
    number, *words = evidence
    quoted = ", ".join(voice.quote(shown(word, _WORD)) for word in words)
    return voice.count(
        "like {n} other that you set aside: {words}",
        "like {n} others that you set aside: {words}",
        int(number) if number.isdigit() else len(words),
        words=quoted,
    )


def spent_sentences(voice: Voice, spent: Iterable[Spent]) -> tuple[str, ...]:
    """Say which budgets of wrong alerts are used up, and until when."""
    return tuple(_spent(voice, part) for part in spent if part.wrong)


def _spent(voice: Voice, part: Spent) -> str:
    until = voice.dated(part.until)
    if part.night:
        return voice.count(
            "{n} wrong alert this month by night: until {until}, only danger or several people ring by night.",
            "{n} wrong alerts this month by night: until {until}, only danger or several people ring by night.",
            part.wrong,
            until=until,
        )
    return voice.count(
        "{n} wrong alert this week: until {until}, only grave and confirmed ones ring.",
        "{n} wrong alerts this week: until {until}, only grave and confirmed ones ring.",
        part.wrong,
        until=until,
    )
