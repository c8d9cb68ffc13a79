"""Slack by incoming webhook: ready-made blocks, and a fall-back text escaped exactly once."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import urlsplit

from veille.channels.base import Accounts, Notifier
from veille.channels.posting import TOTAL, Answer, allowed, post, refused_url
from veille.channels.redaction import redacted
from veille.channels.wording import repeat_note
from veille.model.message import Message, Outcome, Result
from veille.model.person import Channel
from veille.text.clean import neutral

#: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks and the government cloud's.
HOSTS = ("hooks.slack.com", "hooks.slack-gov.com")

#: What a notification shows; Slack refuses a whole message near 13,000 characters.
_TEXT = 3000

#: https://docs.slack.dev/reference/block-kit/blocks: at most 50 blocks.
_BLOCKS = 50

#: The address is gone, archived or forbidden: https://docs.slack.dev/changelog (incoming webhook errors).
_GONE = (403, 404, 410)

#: Words of a 400 that blame the message; every other 400 blames the address.
_BAD_MESSAGE = ("invalid_blocks", "invalid_payload", "no_text", "too_many_attachments", "msg_too_long")


def build(kind: str, accounts: Accounts) -> Notifier:
    """The notifier of Slack."""
    return SlackNotifier(accounts)


def check(channel: Channel, *, allow_private: tuple[str, ...] = ()) -> str:
    """Why this is no Slack webhook ("" = it is one, or a host the operator allows)."""
    url = channel.address.reveal()
    if why := refused_url(url, allow_private=allow_private):
        return why
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if host in HOSTS or allowed(host, port, allow_private):
        return ""
    return "a Slack webhook begins with https://hooks.slack.com/services/"


def escape(text: str) -> str:
    """Slack's three characters, once: nothing in the text can mention, link or format by markup."""
    return neutral(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class SlackNotifier:
    """Posts to an incoming webhook; only 200 "ok" is success."""

    #: A message twice in a channel is a nuisance; a lost alert is worse, and the repeat says so.
    repeats = True

    def __init__(self, accounts: Accounts, *, total: timedelta = TOTAL) -> None:
        self._accounts = accounts
        self._total = total

    def send(self, channel: Channel, message: Message, *, key: str, possible_repeat: bool = False) -> Outcome:
        """One post of the blocks with their fall-back text."""
        url = channel.address.reveal()
        if why := check(channel, allow_private=self._accounts.allow_private):
            return Outcome(result=Result.PERMANENT, detail=redacted(why, url), channel_dead=True)
        note = repeat_note(message.language) if possible_repeat else ""
        answer = post(
            self._accounts,
            url,
            body=json.dumps(_payload(message, note)).encode(),
            headers={"Content-Type": "application/json; charset=utf-8"},
            secrets=(url,),
            total=self._total,
        )
        return answer if isinstance(answer, Outcome) else _verdict(answer, url)


def _payload(message: Message, note: str) -> dict[str, object]:
    blocks = _blocks(message)
    lines = [message.subject, note, *([] if blocks else [message.text])]
    text = "\n".join(line for line in lines if line)
    payload: dict[str, object] = {"text": escape(text[:_TEXT]), "mrkdwn": False}
    if blocks and note:
        blocks = [_context(note), *blocks]
    return {**payload, "blocks": blocks[:_BLOCKS]} if blocks else payload


def _blocks(message: Message) -> list[object]:
    """The ready blocks; none when they cannot be read, so that the text goes instead of nothing."""
    try:
        blocks = json.loads(message.blocks or "[]")
    except ValueError:
        return []
    return blocks if isinstance(blocks, list) else []


def _context(note: str) -> dict[str, object]:
    return {"type": "context", "elements": [{"type": "plain_text", "text": note}]}


def _verdict(answer: Answer, url: str) -> Outcome:
    detail = redacted(f"HTTP {answer.status}: {answer.text}", url)
    if answer.status == 200 and answer.body.strip() == b"ok":
        return Outcome(result=Result.SENT, detail=detail)
    if answer.status == 429 or answer.status >= 500:
        return Outcome(result=Result.TEMPORARY, detail=detail, retry_after=answer.retry_after)
    if 200 <= answer.status < 300:  # not Slack's answer: a proxy, a captive portal
        return Outcome(result=Result.UNKNOWN, detail=detail)
    return Outcome(result=Result.PERMANENT, detail=detail, channel_dead=_gone(answer))


def _gone(answer: Answer) -> bool:
    if answer.status == 400:
        return not any(word in answer.text for word in _BAD_MESSAGE)
    return answer.status in _GONE or 300 <= answer.status < 400
