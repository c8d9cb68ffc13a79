"""Who receives and acts: channels, hours, and the clients they serve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from veille.model.feedback import Budget
from veille.model.secret import Secret


class Use(StrEnum):
    """What a channel is for."""

    ALERT = "alert"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A configured destination of one person. Quiet hours never hold the digest."""

    id: str
    #: email, slack, webhook, or a kind that apprise serves (sms, push, teams, discord, mattermost, telegram).
    kind: str
    #: Mail address, webhook URL or apprise URL.
    address: Secret
    uses: tuple[Use, ...] = (Use.ALERT, Use.DIGEST)
    #: Alerts below this level do not go here.
    least: int = 0
    #: Signs the JSON of a webhook.
    signing_key: Secret = Secret("")


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Nightly rest in the person's zone: [start, end), across midnight when end <= start."""

    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who receives. Staff serve several clients; a client's own people get only theirs."""

    id: str
    name: str
    language: str = "fr"
    zone: str = "Europe/Paris"
    channels: tuple[Channel, ...] = ()
    quiet: QuietHours | None = None
    #: Client ids.
    serves: frozenset[str] = frozenset()
    #: Staff get one digest with a section per client.
    staff: bool = True
    digest_at: time = time(6, 30)
    #: Gets the mail about sources in trouble and dead channels.
    operator: bool = False
    #: Wrong alerts accepted before the bar is raised.
    budget: Budget = Budget()
