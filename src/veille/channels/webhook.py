"""A signed JSON post to an address of the person's choice.

The receiver recomputes HMAC-SHA256 over `timestamp.body` with the shared key, compares it with
`X-Veille-Signature: v1=HEX`, refuses an old `X-Veille-Timestamp` (seconds since 1970), and drops
an `Idempotency-Key` it has already seen.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import time
from datetime import timedelta

from veille.channels.base import Accounts, Notifier
from veille.channels.posting import TOTAL, Answer, post, refused_url
from veille.channels.redaction import redacted
from veille.model.message import Message, Outcome, Result
from veille.model.person import Channel

#: The address itself says no, whatever the message. Redirects are not followed.
_GONE = (401, 403, 404, 405, 410)

#: May pass later though below 500: request timeout, conflict of repeats, too early, too many.
_LATER = (408, 409, 425, 429)


def build(kind: str, accounts: Accounts) -> Notifier:
    """The notifier of signed webhooks."""
    return WebhookNotifier(accounts)


def check(channel: Channel, *, allow_private: tuple[str, ...] = ()) -> str:
    """Why nothing can be posted there ("" = it can)."""
    if why := refused_url(channel.address.reveal(), allow_private=allow_private):
        return why
    return "" if channel.signing_key else "a webhook needs a signing_key, so that its receiver can trust it"


def signature(body: bytes, *, key: str, timestamp: int) -> str:
    """What X-Veille-Signature holds for that body at that time (seconds since 1970, UTC)."""
    signed = str(timestamp).encode() + b"." + body
    return "v1=" + hmac.new(key.encode(), signed, hashlib.sha256).hexdigest()


class WebhookNotifier:
    """Posts the message's payload; 2xx is success."""

    #: The Idempotency-Key is the same at every attempt.
    repeats = True

    def __init__(self, accounts: Accounts, *, total: timedelta = TOTAL) -> None:
        self._accounts = accounts
        self._total = total

    def send(self, channel: Channel, message: Message, *, key: str, possible_repeat: bool = False) -> Outcome:
        """One signed post."""
        secrets = (channel.address.reveal(), channel.signing_key.reveal())
        if why := check(channel, allow_private=self._accounts.allow_private):
            return Outcome(result=Result.PERMANENT, detail=redacted(why, *secrets), channel_dead=True)
        body = (message.payload or _plain(message)).encode("utf-8", "replace")
        headers = _headers(body, key=key, signing_key=secrets[1], possible_repeat=possible_repeat)
        answer = post(self._accounts, secrets[0], body=body, headers=headers, secrets=secrets, total=self._total)
        return answer if isinstance(answer, Outcome) else _verdict(answer, secrets)


def _headers(body: bytes, *, key: str, signing_key: str, possible_repeat: bool) -> dict[str, str]:
    now = int(time.time())
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": re.sub(r"[^!-~]", "-", key),
        "X-Veille-Timestamp": str(now),
        "X-Veille-Signature": signature(body, key=signing_key, timestamp=now),
    }
    return {**headers, "X-Veille-Possible-Repeat": "yes"} if possible_repeat else headers


def _plain(message: Message) -> str:
    return json.dumps(
        {"kind": message.kind, "client": message.client_id, "subject": message.subject, "text": message.text}
    )


def _verdict(answer: Answer, secrets: tuple[str, ...]) -> Outcome:
    detail = redacted(f"HTTP {answer.status}: {answer.text}", *secrets)
    if 200 <= answer.status < 300:
        return Outcome(result=Result.SENT, detail=detail)
    if answer.status >= 500 or answer.status in _LATER:
        return Outcome(result=Result.TEMPORARY, detail=detail, retry_after=answer.retry_after)
    dead = answer.status in _GONE or 300 <= answer.status < 400
    return Outcome(result=Result.PERMANENT, detail=detail, channel_dead=dead)
