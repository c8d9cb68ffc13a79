"""The evening look as a message: what nobody answered today, and what cannot wait for the morning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from veille.model.digest import EveningLook, Waiting
from veille.model.message import Message
from veille.rendering.brand import Brand, brand
from veille.rendering.catalogue import later
from veille.rendering.digest import opening
from veille.rendering.forms import Part, blocks, escape, section, short, slack_link
from veille.rendering.operator_report import Group
from veille.rendering.page import Pages
from veille.rendering.payload import client_data, dump, mention_data
from veille.rendering.story import by_whom, line
from veille.rendering.voice import Voice

#: Questions of one client that are shown.
_SHOWN = 10

_DUE = {"tomorrow": later("for tomorrow"), "today": later("for today")}
_FUNERAL = {"tomorrow": later("a funeral tomorrow"), "today": later("a funeral today")}


def evening_message(voice: Voice, pages: Pages, looks: Sequence[EveningLook], *, day: date) -> Message:
    """Render an evening look; `looks` holds the clients with something left open, at least one."""
    brands = tuple(brand(look.client) for look in looks)
    heading = voice.say("Evening look, {day}", day=voice.day(day))
    said = ", ".join(dict.fromkeys(_headline(voice, look) for look in looks[:2]))
    subject = f"{opening(brands)} {voice.label(heading)} {said}"
    groups = tuple(_group(voice, each, look) for each, look in zip(brands, looks, strict=True))
    return Message(
        kind="digest",
        client_id=looks[0].client.id if len(looks) == 1 else "",
        subject=subject,
        text="\n\n".join([subject, *(_text(group) for group in groups)]) + "\n",
        html=pages.html("evening.html", voice, heading=heading, subject=subject, looks=_rows(voice, brands, looks)),
        short=short(brands[0], [Part(9, f"{said}.")], tail=""),
        blocks=blocks([section(f"*{escape(subject)}*"), *(section(_slack(voice, look)) for look in looks)]),
        payload=dump(kind="evening", language=voice.language, day=day.isoformat(), clients=[*map(_data, looks)]),
        language=voice.language,
    )


def _headline(voice: Voice, look: EveningLook) -> str:
    """ "1 question sans réponse, obsèques demain"."""
    said = voice.count("{n} question without an answer", "{n} questions without an answer", len(look.waiting))
    near = next((_due(voice, each) for each in look.waiting if each.due), "")
    return f"{said}, {near}" if near else said


def _due(voice: Voice, waiting: Waiting) -> str:
    if not waiting.due:
        return ""
    words = _FUNERAL if waiting.mention.urgency.has("mourning") else _DUE
    return voice.say(words[waiting.due])


def _group(voice: Voice, who: Brand, look: EveningLook) -> Group:
    rows = tuple(_row(voice, each) for each in look.waiting[:_SHOWN])
    return Group(f"{who.title} · {_headline(voice, look)}", rows)


def _row(voice: Voice, waiting: Waiting) -> str:
    seen = line(voice, waiting.mention)
    due = _due(voice, waiting)
    said = voice.labelled(f"{seen.when}, {by_whom(seen)}", voice.quote(seen.title))
    return "\n  ".join(filter(None, (f"{said} ({due})" if due else said, seen.link)))


def _text(group: Group) -> str:
    return "\n".join([group.title, *(f"- {row}" for row in group.rows)])


def _rows(voice: Voice, brands: Sequence[Brand], looks: Sequence[EveningLook]) -> list[dict[str, object]]:
    return [
        {
            "brand": each,
            "headline": _headline(voice, look),
            "rows": [(line(voice, one.mention), _due(voice, one)) for one in look.waiting[:_SHOWN]],
        }
        for each, look in zip(brands, looks, strict=True)
    ]


def _slack(voice: Voice, look: EveningLook) -> str:
    rows = [(line(voice, each.mention), _due(voice, each)) for each in look.waiting[:_SHOWN]]
    said = [f"• {slack_link(seen.link, seen.title)} ({escape(by_whom(seen))}, {seen.when}) {due}" for seen, due in rows]
    return "\n".join([f"*{escape(brand(look.client).title)}* · {_headline(voice, look)}", *said])


def _data(look: EveningLook) -> dict[str, object]:
    waiting = [{"due": each.due, "mention": mention_data(each.mention)} for each in look.waiting]
    return {"client": client_data(brand(look.client)), "waiting": waiting}
