"""What leaves: a rendered message, its place in the outbox, and the record of each attempt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image that travels inside a mail."""

    cid: str
    png: bytes
    alt: str


class Urgent(StrEnum):
    """How a message may disturb."""

    NOW = "now"
    CALM = "calm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Words and pictures for every kind of channel; the channel takes the form it can carry."""

    #: alert, spike_over, digest, first_look, operator, sample.
    kind: str
    client_id: str
    subject: str
    text: str
    html: str = ""
    #: At most 160 GSM-7 characters.
    short: str = ""
    #: Slack Block Kit, as JSON text, untrusted text escaped once.
    blocks: str = ""
    #: What a signed webhook posts, as JSON text.
    payload: str = ""
    pictures: tuple[Picture, ...] = ()
    language: str = "fr"
    urgent: Urgent = Urgent.CALM
    #: "F-4821" or "" — what replies and links quote.
    code: str = ""


class NotificationState(StrEnum):
    """Where a notification is in its life."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """One message for one channel of one person."""

    #: The same at every attempt: becomes Message-ID and Idempotency-Key.
    key: str
    person_id: str
    channel_id: str
    client_id: str
    message: Message
    created: datetime
    #: Not before: quiet hours and retries move it.
    due: datetime
    #: Not after: it would be of no use.
    expires: datetime
    alert_id: int | None = None
    id: int = 0
    attempts: int = 0
    state: NotificationState = NotificationState.WAITING
    #: An earlier attempt may have arrived.
    possible_repeat: bool = False


class Result(StrEnum):
    """The verdict on one attempt."""

    SENT = "sent"
    #: Try again later.
    TEMPORARY = "temporary"
    #: Never try this message again; the channel may be dead.
    PERMANENT = "permanent"
    #: It may have arrived; try again with the same key.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the far end answered, without secrets."""

    result: Result
    detail: str = ""
    #: The far end asked to wait so long.
    retry_after: timedelta | None = None
    #: The channel itself is refused (unknown address, bad password), not this message.
    channel_dead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The record of one attempt."""

    notification_id: int
    at: datetime
    attempt: int
    outcome: Outcome
    took: timedelta
