"""An alert, the end of a spike, or the summary over the day's limit, as a message."""

from __future__ import annotations

from veille.model.alert import Alert, Reason
from veille.model.mention import Level
from veille.model.message import Message, Urgent
from veille.model.watch import Client
from veille.rendering.alert_forms import alert_blocks, alert_payload, alert_short, alert_text
from veille.rendering.alert_view import alert_view
from veille.rendering.page import Pages
from veille.rendering.voice import Voice


def alert_message(voice: Voice, pages: Pages, alert: Alert, *, client: Client, public_url: str = "") -> Message:
    """Render an alert, the end of a spike, or the summary over the day's limit."""
    view = alert_view(voice, alert, client=client, public_url=public_url)
    over = alert.decision.reason is Reason.SPIKE_OVER
    return Message(
        kind="spike_over" if over else "alert",
        client_id=client.id,
        subject=f"[{view.brand.title}] {view.heading}",
        text=alert_text(voice, view),
        html=pages.html("alert.html", voice, view=view),
        short=alert_short(voice, alert, view),
        blocks=alert_blocks(voice, view),
        payload=alert_payload(voice, alert, view),
        language=voice.language,
        urgent=Urgent.CALM if over or alert.decision.level < Level.HIGH else Urgent.NOW,
        code=alert.story.code,
    )
