"""What an alert is about, in one line, and what is to be done, by the reason that told it."""

from __future__ import annotations

from veille.model.alert import Alert, Reason, Story
from veille.model.following import Denial
from veille.model.mention import Mention
from veille.model.volume import Spike, SpikeState
from veille.rendering.catalogue import later
from veille.rendering.customer import denies, enquires, gender, is_back
from veille.rendering.followed import gone_words
from veille.rendering.signals import headline_words
from veille.rendering.story import NAME, publisher, title
from veille.rendering.voice import Voice, capital, shown

_TODO = {
    Reason.CRITICAL_MENTION: later("Open the message, then answer it or warn whoever must."),
    Reason.ROUTED_MENTION: later("Open the message and decide whether to answer."),
    Reason.SPIKE_STARTED: later("Read the first messages before publishing anything."),
    Reason.NATIONAL_PRESS: later("Warn the management."),
    Reason.PRESS_ENQUIRY: later("Warn the management."),
    Reason.STATEMENT_DENIED: later("Publish nothing more before you have spoken to the person."),
    Reason.LEVEL_RISES: later("Open the story again: what you decided may have to change."),
    Reason.SPIKE_OVER: later("Nothing for now: the digest will have the whole story."),
    Reason.OVER_BUDGET_SUMMARY: later("Go through the stories below, the most urgent first."),
}


#: What only customers tell of: beside them, mourning is a customer's.
_CUSTOMERS = ("undelivered", "unreachable", "unpaid", "own_page", "censorship", "low_rating")


def heading(voice: Voice, alert: Alert) -> str:
    """Say what it is about: "Début de bad buzz : deuil, commande non livrée"."""
    reason = alert.decision.reason
    if reason is Reason.NATIONAL_PRESS:
        first = press_mention(alert)
        paper = f"{publisher(first)}, {voice.spoken_clock(first.published)}"
        return voice.labelled(what(voice, alert), paper)
    if reason is Reason.OVER_BUDGET_SUMMARY:
        return voice.count("{n} more urgent story today", "{n} more urgent stories today", len(summed(alert)))
    if reason is Reason.SPIKE_OVER and alert.spike is not None:
        return voice.labelled(what(voice, alert), spike_said(voice, alert.spike))
    return voice.labelled(what(voice, alert), matter(voice, alert))


def what(voice: Voice, alert: Alert) -> str:
    """Say what happens in two or three words: "Début de bad buzz"."""
    reason, spike = alert.decision.reason, alert.spike
    if reason is Reason.SPIKE_OVER:
        return voice.say("The peak is over")
    if reason is Reason.PRESS_ENQUIRY:
        return voice.say("An article is likely")
    grows = spike is not None and spike.state is SpikeState.ESCALATED
    if grows or reason in (Reason.LEVEL_RISES, Reason.STATEMENT_DENIED):
        return voice.say("It is growing")
    if reason is Reason.SPIKE_STARTED:
        negative = spike is not None and spike.negative
        return voice.say("A bad buzz begins") if negative else voice.say("Peak")
    if reason is Reason.CRITICAL_MENTION:
        return voice.say("To handle now")
    if reason is Reason.NATIONAL_PRESS:
        return voice.say("National press")
    return capital(voice.level(alert.decision.level))


def matter(voice: Voice, alert: Alert) -> str:
    """Say what is the matter: a few words from the signals, else the title in quotation marks."""
    denial, reason = alert.denial, alert.decision.reason
    if reason is Reason.STATEMENT_DENIED and denial is not None:
        return denied(voice, alert, denial)
    if reason is Reason.PRESS_ENQUIRY:
        return enquires(voice, told_mention(alert), client=alert.client_name)
    lead, gone = alert.story.lead, gone_words(voice, alert.gone)
    words = headline_words(voice, lead.urgency, who=_customer(alert), alone=bool(gone))
    said = ", ".join([*words[:1], gone] if gone else words)
    return said or voice.quote(shown(title(lead), NAME).rstrip("."))


def _customer(alert: Alert) -> str | None:
    """The gender of the customer that a story is about; None when its lead is no customer's."""
    lead = alert.story.lead
    if lead.own or lead.place in ("press", "national_press") or not lead.urgency.has(*_CUSTOMERS):
        return None
    return gender(lead.author, alert.story.mentions)


def denied(voice: Voice, alert: Alert, denial: Denial) -> str:
    """Say who denies what, or who is back unhappy: "la cliente dément le statut de 13 h 30"."""
    clock = voice.spoken_clock(denial.statement.published)
    who = gender(denial.mention.author, alert.story.mentions)
    return denies(voice, who, clock) if denial.contradicts else is_back(voice, who, clock)


def told_mention(alert: Alert) -> Mention:
    """Return the mention it is about: the article, the denial, the enquiry when they are the reason, else the lead."""
    reason = alert.decision.reason
    if reason is Reason.NATIONAL_PRESS:
        return press_mention(alert)
    if reason is Reason.STATEMENT_DENIED and alert.denial is not None:
        return alert.denial.mention
    if reason is Reason.PRESS_ENQUIRY:
        asked = [m for m in alert.story.mentions if m.urgency.has("press_enquiry") and not m.own]
        return max(asked, key=lambda m: m.published, default=alert.story.lead)
    return alert.story.lead


def spike_said(voice: Voice, spike: Spike) -> str:
    """Say how many messages a spike was made of."""
    return voice.count("{n} message in all", "{n} messages in all", max(spike.peak, spike.observed))


def todo(voice: Voice, reason: Reason) -> str:
    """Say what the reader should do."""
    return voice.say(_TODO.get(reason, _TODO[Reason.ROUTED_MENTION]))


def summed(alert: Alert) -> tuple[Story, ...]:
    """Return the stories of a summary over the day's limit: its own first, each once."""
    return (alert.story, *(story for story in alert.others if story.id != alert.story.id))


def press_mention(alert: Alert) -> Mention:
    """Return the first mention of the national press, else the lead."""
    press = [m for m in alert.story.mentions if m.place == "national_press" or m.urgency.has("national_press")]
    return min((m for m in press if not m.own), key=lambda m: m.published, default=alert.story.lead)
