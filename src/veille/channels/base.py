"""The contract of every kind of channel, and how a kind is found: by name, loaded when first used.

A notifier makes one attempt to carry one message to one recipient, and says what the far end
answered. It keeps nothing between two attempts, waits on nothing but the network and its own total
deadline, and may be called from several threads. When to try again is decided elsewhere, on its
Outcome: SENT, TEMPORARY (not delivered, may be tried again), PERMANENT (never again), UNKNOWN (may
have arrived).
"""

from __future__ import annotations

import importlib
import ssl
from dataclasses import dataclass, field
from typing import Protocol, cast

from veille.channels.quiet import quiet_libraries
from veille.errors import ChannelError
from veille.model.installation import MailAccount
from veille.model.message import Message, Outcome
from veille.model.person import Channel
from veille.net.dial import Dialler

#: Kind -> module of this package. A new kind is its own file and one row here.
MODULES = {
    "email": "email",
    "slack": "slack",
    "webhook": "webhook",
    "sms": "apprise_kinds",
    "push": "apprise_kinds",
    "teams": "apprise_kinds",
    "discord": "apprise_kinds",
    "mattermost": "apprise_kinds",
    "telegram": "apprise_kinds",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """What notifiers need of the installation."""

    mail: MailAccount
    dialler: Dialler
    #: Installation name, in the Message-ID and the greeting of the mail server.
    host: str
    #: Names the project and the operator's contact.
    user_agent: str
    #: Private addresses the operator allows, as given to the dialler: a host named here may also
    #: stand where a vendor's fixed host is required.
    allow_private: tuple[str, ...] = ()
    #: Shared: loading the certificates costs about 25 ms.
    ssl_context: ssl.SSLContext = field(default_factory=ssl.create_default_context)


class Notifier(Protocol):
    """Carries one message to one channel."""

    @property
    def repeats(self) -> bool:
        """Whether an UNKNOWN outcome may be tried again with the same key.

        False where the far end cannot recognise a repeat and each one rings and costs (SMS): the
        attempt is then the last one on this channel, recorded as UNKNOWN, and another channel
        of the person has to carry the message.
        """
        ...

    def send(self, channel: Channel, message: Message, *, key: str, possible_repeat: bool = False) -> Outcome:
        """One attempt. Never raises for what the far end does; the outcome holds no secret.

        `key` is the same at every attempt. `possible_repeat`: an earlier attempt may have arrived.
        """
        ...


class _Kind(Protocol):
    """What a module of this package offers."""

    def build(self, kind: str, accounts: Accounts) -> Notifier: ...

    def check(self, channel: Channel, *, allow_private: tuple[str, ...] = ()) -> str: ...


def kinds() -> tuple[str, ...]:
    """Every kind a person's channel may have, in the order of the documentation."""
    return tuple(MODULES)


def notifier(kind: str, accounts: Accounts) -> Notifier:
    """The notifier of a kind. Raises ChannelError when there is no such kind."""
    return _module(kind).build(kind, accounts)


def check(channel: Channel, *, allow_private: tuple[str, ...] = ()) -> str:
    """Why this channel's address cannot be used ("" = it can), without any secret; sends nothing.

    `allow_private`: what the operator's file allows, e.g. ("chat.corp:8065", "10.2.0.0/16").
    """
    if channel.kind not in MODULES:
        return _unknown(channel.kind)
    if not channel.address:
        return "the address is empty"
    return _module(channel.kind).check(channel, allow_private=allow_private)


def _module(kind: str) -> _Kind:
    if kind not in MODULES:
        raise ChannelError(_unknown(kind))
    quiet_libraries()
    return cast(_Kind, importlib.import_module(f"veille.channels.{MODULES[kind]}"))


def _unknown(kind: str) -> str:
    return f"no kind of channel is named {kind!r}; there are {', '.join(MODULES)}"
