"""Which of the client's instructions applies to a story ("consigne")."""

from __future__ import annotations

from veille.model.alert import Story
from veille.model.watch import Client


def instruction(client: Client, story: Story) -> str:
    """The playbook's line for the heaviest signal that has one, else its `default` line, else ""."""
    lines = dict(client.playbook)
    signals = sorted((s for m in story.mentions if not m.own for s in m.urgency.signals), key=lambda s: -s.points)
    named = (lines[s.name] for s in signals if s.name in lines)
    return next(named, lines.get("default", ""))
