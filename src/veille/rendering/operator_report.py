"""The operator's mail (sources in trouble, dead channels, blind clients), and the sample message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from veille.model.digest import OperatorReport, Silence, SourceHealth
from veille.model.message import Message, Urgent
from veille.model.person import Channel, Person
from veille.rendering.forms import blocks, escape, section, tight
from veille.rendering.page import Pages
from veille.rendering.payload import dump
from veille.rendering.trouble import trouble_sentence, with_the_rest
from veille.rendering.voice import Voice, shown
from veille.text.gsm import to_gsm

_NAME, _SAID, _ROWS = 80, 200, 40


@dataclass(frozen=True, slots=True)
class Group:
    """One list of the mail."""

    title: str
    rows: tuple[str, ...]
    grave: bool = False


def operator_message(voice: Voice, pages: Pages, report: OperatorReport) -> Message:
    """Render the operator's report; urgent when a client is blind or a channel is dead."""
    groups = tuple(group for group in _groups(voice, report) if group.rows)
    operator = voice.say("Operator")
    grave = bool(report.blind or report.blinded or report.refused or report.dead_channels)
    said = (
        voice.say("attention needed") if grave else voice.say("sources in trouble") if groups else voice.say("all well")
    )
    subject = f"[veille] {voice.labelled(operator, said)}"
    return Message(
        kind="operator",
        client_id="",
        subject=subject,
        text="\n\n".join([subject, *(listed(voice, group) for group in groups)]) + "\n",
        html=pages.html("operator.html", voice, heading=said, groups=groups),
        short=to_gsm(tight(f"veille: {said}. {' '.join(_first(voice, group) for group in groups)}")),
        blocks=blocks([section(f"*{escape(subject)}*"), *(section(escape(listed(voice, g))) for g in groups)]),
        payload=dump(
            kind="operator",
            language=voice.language,
            report={group.title: list(group.rows) for group in groups},
        ),
        language=voice.language,
        urgent=Urgent.NOW if grave else Urgent.CALM,
    )


def sample_message(voice: Voice, pages: Pages, person: Person, channel: Channel) -> Message:
    """Render the message of `veille test-channel`."""
    heading = voice.say("Sample message")
    said = voice.say(
        "If you read this, {name}, the channel {channel} ({kind}) works. There is nothing to do.",
        name=shown(person.name, _NAME),
        channel=shown(channel.id, _NAME),
        kind=shown(channel.kind, _NAME),
    )
    subject = f"[veille] {heading}"
    return Message(
        kind="sample",
        client_id="",
        subject=subject,
        text=f"{heading}\n\n{said}\n",
        html=pages.html("operator.html", voice, heading=heading, groups=(Group(said, ()),)),
        short=to_gsm(tight(f"veille: {heading}. {said}")),
        blocks=blocks([section(f"*{escape(subject)}*"), section(escape(said))]),
        payload=dump(kind="sample", language=voice.language, text=said),
        language=voice.language,
    )


def _groups(voice: Voice, report: OperatorReport) -> tuple[Group, ...]:
    return (
        Group(voice.say("Clients that nothing watches"), tuple(shown(id_, _NAME) for id_ in report.blind), True),
        Group(
            voice.say("Nothing of this kind works any more"),
            tuple(f"{shown(id_, _NAME)} · {shown(kind, _NAME)}" for id_, kind in report.blinded[:_ROWS]),
            True,
        ),
        Group(voice.say("Keys that the service refuses"), _listed(voice, _refused, report.refused), True),
        Group(voice.say("Keys that end soon"), _listed(voice, _ending, report.ending)),
        Group(voice.say("Dead channels"), tuple(_channel(voice, *dead) for dead in report.dead_channels), True),
        Group(voice.say("Sources in trouble"), _listed(voice, _source, report.trouble)),
        Group(voice.say("Watches fallen silent: possible blindness"), _silent(voice, report.silent), True),
        Group(voice.say("Watches that speak again"), tuple(shown(name, _NAME) for name in report.speaking)),
        Group(
            voice.say("Sources that answer again"),
            _listed(voice, _back, report.recovered),
        ),
        Group(voice.say("Notes"), tuple(shown(note, _SAID) for note in report.notes[:_ROWS])),
    )


def _listed(
    voice: Voice, said: Callable[[Voice, str, SourceHealth], str], rows: Sequence[tuple[str, SourceHealth]]
) -> tuple[str, ...]:
    return with_the_rest(voice, (said(voice, *row) for row in rows[:_ROWS]), len(rows) - _ROWS)


def _source(voice: Voice, client_id: str, source: SourceHealth) -> str:
    return f"{shown(client_id, _NAME)} · {trouble_sentence(voice, source)}"


def _refused(voice: Voice, client_id: str, source: SourceHealth) -> str:
    return voice.labelled(_back(voice, client_id, source), shown(source.error, _SAID))


def _ending(voice: Voice, client_id: str, source: SourceHealth) -> str:
    name = _back(voice, client_id, source)
    assert source.expires is not None
    return voice.say("{source}: its key ends {moment}", source=name, moment=voice.dated(source.expires))


def _back(voice: Voice, client_id: str, source: SourceHealth) -> str:
    return f"{shown(client_id, _NAME)} · {shown(source.source_id, _NAME)} ({shown(source.url, _NAME)})"


def _silent(voice: Voice, found: Sequence[Silence]) -> tuple[str, ...]:
    """What to look at: the sources answer, and what they say does not match any more."""
    rows = (
        voice.say(
            "{client} · {watch}: nothing since {since}, usually {usual} a day. Do its sources show what they did?",
            client=shown(one.client_id, _NAME),
            watch=shown(one.watch_id, _NAME),
            since=voice.moment(one.since),
            usual=voice.number(round(one.usual, 1)),
        )
        for one in found[:_ROWS]
    )
    return with_the_rest(voice, rows, len(found) - _ROWS)


def _channel(voice: Voice, person_id: str, channel_id: str, answer: str) -> str:
    return voice.labelled(f"{shown(person_id, _NAME)}, {shown(channel_id, _NAME)}", shown(answer, _SAID))


def listed(voice: Voice, group: Group) -> str:
    """Write a list of the mail as plain text."""
    return "\n".join([voice.label(group.title), *(f"- {row}" for row in group.rows)])


def _first(voice: Voice, group: Group) -> str:
    return f"{voice.label(group.title)} {group.rows[0]}."
