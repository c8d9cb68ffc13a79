"""How Telegram shows a public channel, for the exam."""

from __future__ import annotations

from collections.abc import Sequence

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="telegram", url="https://t.me", key="s", options=(("channel", "floreal"),))
CONTENT_TYPE = "text/html; charset=utf-8"
SAYS = ("text", "author", "link", "published")
MALFORMED = '<div class="tgme_widget_message_wrap"><div class="tgme_widget_message">rien</div></div>'


def item(number: int, *, date: str = "2026-11-20T12:00:00+00:00", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    return (
        '<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message">'
        f'<a class="tgme_widget_message_owner_name" href="https://t.me/floreal"><span>Canal {number}</span></a>'
        f'<div class="tgme_widget_message_text">Floréal,<br/>message {number}</div>'
        f'<a class="tgme_widget_message_date" href="https://t.me/floreal/{id or number}">'
        f'<time datetime="{date}" class="time">12:00</time></a></div></div>'
    )


def page(items: Sequence[str]) -> bytes:
    """An answer that holds these items."""
    head = '<!DOCTYPE html><html><head><title>Canal</title></head><body><main><section class="tgme_channel_history">'
    return f"{head}{''.join(items)}</section></main></body></html>".encode()
