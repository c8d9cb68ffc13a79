"""What a channel could not carry while it was down, in one message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from veille.model.message import Message
from veille.rendering.forms import blocks, escape, section, tight
from veille.rendering.operator_report import Group, listed
from veille.rendering.page import Pages
from veille.rendering.payload import dump
from veille.rendering.voice import Voice, shown
from veille.text.gsm import to_gsm

_SUBJECT, _ROWS = 200, 40


def missed_message(voice: Voice, pages: Pages, missed: Sequence[tuple[datetime, str]], *, since: datetime) -> Message:
    """Render the subjects of what did not leave, each with its time, the latest first."""
    heading = voice.count("{n} message could not reach you", "{n} messages could not reach you", len(missed))
    moment = voice.dated(since)
    why = voice.say("This channel did not work since {moment}. The digest has the whole story.", moment=moment)
    latest = sorted(missed, reverse=True)[:_ROWS]
    group = Group(why, tuple(f"{voice.dated(at)} · {shown(subject, _SUBJECT)}" for at, subject in latest), grave=True)
    subject = f"{_opening(missed)} {heading}"
    return Message(
        kind="missed",
        client_id="",
        subject=subject,
        text=f"{subject}\n\n{listed(voice, group)}\n",
        html=pages.html("operator.html", voice, heading=heading, groups=(group,)),
        short=to_gsm(tight(f"veille: {heading}. {group.rows[0]}")),
        blocks=blocks([section(f"*{escape(subject)}*"), section(escape(listed(voice, group)))]),
        payload=dump(kind="missed", language=voice.language, missed=list(group.rows)),
        language=voice.language,
    )


def _opening(missed: Sequence[tuple[datetime, str]]) -> str:
    """What the missed subjects open with, when that is the same client for all."""
    opened = {subject.partition("]")[0] for _, subject in missed}
    return f"{opened.pop()}]" if len(opened) == 1 else "[veille]"
