"""Which of the client's instructions applies to a story ("consigne")."""

from __future__ import annotations

from veille.model.alert import Reason, Story
from veille.model.watch import Client

#: Reasons that have a line of their own, whatever the heaviest signal.
_OF_REASON = {
    Reason.STATEMENT_DENIED: "denial",
    Reason.PRESS_ENQUIRY: "press_enquiry",
    Reason.NATIONAL_PRESS: "national_press",
}


def instruction(client: Client, story: Story, *, reason: Reason | None = None) -> str:
    """The playbook's line for why it is told, else for the heaviest signal that has one, else `default`, else ""."""
    lines = dict(client.playbook)
    if reason and (first := lines.get(_OF_REASON.get(reason, ""))):
        return first
    signals = sorted((s for m in story.mentions if not m.own for s in m.urgency.signals), key=lambda s: -s.points)
    named = (lines[s.name] for s in signals if s.name in lines)
    return next(named, lines.get("default", ""))
