"""An alert as plain text, as a text message, as Slack blocks and as JSON for webhooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from veille.model.alert import Alert, Reason
from veille.rendering.alert_view import AlertView
from veille.rendering.customer import denies_short, gender
from veille.rendering.followed import copy_text
from veille.rendering.forms import TAIL, Part, blocks, bold, context, escape, quoted, section, short, slack_link
from veille.rendering.headings import matter, spike_said, told_mention, what
from veille.rendering.links import without_scheme
from veille.rendering.payload import dump, gone_data, mention_data, spike_data, story_data
from veille.rendering.story import (
    Line,
    StoryView,
    also_in_press,
    bare_counts,
    by_whom,
    crowd_counts,
    figures,
    network,
    publisher,
)
from veille.rendering.voice import Voice, capital, shown, small


def alert_text(voice: Voice, view: AlertView) -> str:
    """Write the plain text of the mail: the client first, then what, why, how many, what to do."""
    story, instruction = view.story, voice.say("Instruction")
    parts = [
        f"{view.brand.title} · {view.level_word}\n{view.heading}",
        told(voice, story),
        view.figures,
        _listed(voice.label(voice.say("Why now")), view.reasons),
        voice.labelled(instruction, view.instruction) if view.instruction else "",
        voice.labelled(voice.say("To do"), small(view.todo)),
        _openings(voice, view),
        _listed(voice.label(voice.say("No longer visible")), [copy_text(voice, copy) for copy in view.gone]),
        _listed(voice.label(voice.say("Messages")), [one_line(voice, line) for line in story.lines]),
        _listed(voice.label(voice.say("The other stories")), [_other(voice, other) for other in view.others]),
        "-- \n" + footer(voice, view),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def told(voice: Voice, story: StoryView) -> str:
    """Quote the lead, with who said it, where and when."""
    return f"{voice.quote(story.excerpt)}\n{by_whom(story.lead)}, {story.lead.when}"


def footer(voice: Voice, view: AlertView) -> str:
    """Say which story, told when, by which watch."""
    said = voice.say("Story {code}, alert sent {moment}.", code=view.story.code, moment=view.told_at)
    return " ".join((said, voice.say("Watch: {watches}.", watches=view.watches))) if view.watches else said


def alert_short(voice: Voice, alert: Alert, view: AlertView) -> str:
    """Write the text message: at most 160 septets, with the link or else the site and the code."""
    link = without_scheme(view.page)
    # A link cut short leads nowhere.
    tail = link if link and len(link) <= TAIL else f"{shown(told_mention(alert).site, 40)} {alert.story.code}"
    parts = [*_short_parts(voice, alert, view)]
    if view.instruction:
        worth = 7 if alert.decision.reason is Reason.STATEMENT_DENIED else 2
        parts.append(Part(worth, voice.labelled(voice.say("Instruction"), _stopped(view.instruction))))
    return short(view.brand, parts, tail=tail)


def _short_parts(voice: Voice, alert: Alert, view: AlertView) -> list[Part]:
    reason, lead = alert.decision.reason, view.story.lead
    if reason in _OF_RISES:
        return _OF_RISES[reason](voice, alert, view)
    if reason is Reason.OVER_BUDGET_SUMMARY:
        return [
            Part(9, f"{view.heading}."),
            *(Part(5, f"{capital(story.headline)}.") for story in (view.story, *view.others[:2])),
        ]
    where = f"{matter(voice, alert)} ({network(lead.site) or by_whom(lead)} {lead.when})."
    if reason is Reason.CRITICAL_MENTION:
        return [Part(9, where), Part(3, f"{what(voice, alert)}.")]
    if reason in (Reason.SPIKE_STARTED, Reason.LEVEL_RISES, Reason.SPIKE_OVER):
        opening = what(voice, alert)
        return [
            Part(9, f"{small(opening)}."),
            Part(8, _short_figures(voice, alert)),
            Part(5, f"{capital(matter(voice, alert))}."),
        ]
    return [Part(9, f"{what(voice, alert)}:"), Part(8, where)]


def _short_press(voice: Voice, alert: Alert, view: AlertView) -> list[Part]:
    others = also_in_press(voice, alert.story, but=told_mention(alert))
    said = f"{publisher(told_mention(alert))} {view.story.lead.when}"
    paper = f"{said}, {others}." if others else f"{said}."
    return [Part(9, voice.say("NATIONAL PRESS.")), Part(8, paper), Part(7, view.todo)]


def _short_enquiry(voice: Voice, alert: Alert, view: AlertView) -> list[Part]:
    said = f"{matter(voice, alert)} ({view.story.lead.when})."
    return [Part(9, said), Part(6, f"{what(voice, alert)}."), Part(7, view.todo)]


def _short_denial(voice: Voice, alert: Alert, view: AlertView) -> list[Part]:
    denial = alert.denial
    if denial is None or not denial.contradicts:
        return [Part(9, f"{matter(voice, alert)}."), Part(6, f"{bare_counts(voice, alert.story)}.")]
    who, clock = gender(denial.mention.author, alert.story.mentions), voice.clock(denial.statement.published)
    word = f' ("{shown(denial.word, 20)}")' if denial.word else ""
    crowd = crowd_counts(voice, alert.story)
    return [Part(9, f"{denies_short(voice, who, clock)}{word}."), Part(8, f"{crowd}.")]


#: How a story goes further, on a telephone.
_OF_RISES: Mapping[Reason, Callable[[Voice, Alert, AlertView], list[Part]]] = {
    Reason.NATIONAL_PRESS: _short_press,
    Reason.PRESS_ENQUIRY: _short_enquiry,
    Reason.STATEMENT_DENIED: _short_denial,
}


def _short_figures(voice: Voice, alert: Alert) -> str:
    said, spike = bare_counts(voice, alert.story), alert.spike
    if spike is not None and alert.decision.reason is Reason.SPIKE_OVER:
        said = spike_said(voice, spike)
    if spike is not None and alert.decision.reason is Reason.SPIKE_STARTED:
        counted = figures(voice, messages=spike.observed, authors=spike.authors, sites=spike.sites)
        said = voice.say("{figures} in {window}", figures=counted, window=voice.duration(spike.window_minutes))
    usual = voice.usual_short(alert.usual_per_day)
    return f"{said} ({usual})." if usual else f"{said}."


def alert_blocks(voice: Voice, view: AlertView) -> str:
    """Write Slack blocks: text from outside escaped once, no button that nothing would answer."""
    lead = view.story.lead
    openings = ((voice.say("Open the message"), lead.link), (voice.say("See the alert"), view.page))
    parts = [
        f"*{escape(f'{view.brand.title} · {view.heading}')}* ({escape(view.story.code)}, {view.clock})",
        f"{quoted(voice, view.story.excerpt)}\n{escape(by_whom(lead))}, {lead.when}",
        escape(view.figures),
        bold(voice.label(voice.say("Why now")), " ".join(view.reasons)),
        *(escape(copy_text(voice, copy)) for copy in view.gone),
        bold(voice.label(voice.say("Instruction")), view.instruction) if view.instruction else "",
        bold(voice.label(voice.say("To do")), small(view.todo)),
        *(f"• {slack_link(other.lead.link, other.lead.title)}\n{escape(other.counts)}" for other in view.others),
        " · ".join(slack_link(address, label) for label, address in openings if address),
    ]
    return blocks([*(section(part) for part in parts if part), context(escape(footer(voice, view)))])


def alert_payload(voice: Voice, alert: Alert, view: AlertView) -> str:
    """Write the JSON that a webhook posts; its keys are documented in docs/configuration.md."""
    return dump(
        kind="spike_over" if alert.decision.reason is Reason.SPIKE_OVER else "alert",
        client=view.brand,
        language=voice.language,
        alert={
            "code": alert.code,
            "at": alert.at.isoformat(),
            "reason": alert.decision.reason.value,
            "level": alert.decision.level.name.lower(),
            "stage": alert.decision.stage.name.lower(),
            "heading": view.heading,
            "why": list(view.reasons),
            "figures": view.figures,
            "usual_per_day": alert.usual_per_day,
            "instruction": view.instruction,
            "todo": view.todo,
            "url": view.page,
            "watches": list(alert.watches),
            "told": mention_data(told_mention(alert)),
            "story": story_data(alert.story),
            "spike": spike_data(alert.spike),
            "others": [story_data(story) for story in alert.others],
            "gone": [gone_data(gone) for gone in alert.gone],
            "earlier": alert.earlier.code if alert.earlier else None,
        },
    )


def _stopped(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _listed(title: str, rows: Sequence[str]) -> str:
    return "\n".join([title, *(f"- {row}" for row in rows)]) if rows else ""


def one_line(voice: Voice, line: Line) -> str:
    """List one mention on a line, its address on the next."""
    return voice.labelled(f"{line.when}, {by_whom(line)}", line.title) + (f"\n  {line.link}" if line.link else "")


def _other(voice: Voice, story: StoryView) -> str:
    return f"{story.lead.level_word} · {one_line(voice, story.lead)}\n  {story.counts}"


def _openings(voice: Voice, view: AlertView) -> str:
    openings = (
        (voice.say("Open the message"), view.story.lead.link),
        (voice.say("See the alert"), view.page),
    )
    return "\n".join(voice.labelled(label, address) for label, address in openings if address)
