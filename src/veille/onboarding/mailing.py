"""The account that mails leave from: read from one line, kept without a secret in clear, tried once."""

from __future__ import annotations

from datetime import UTC, datetime

from veille.bootstrap import notifiers
from veille.channels.base import check as check_channel
from veille.model.installation import Installation, MailAccount
from veille.model.message import Outcome
from veille.model.person import Channel
from veille.model.secret import Secret
from veille.rendering.catalogue import later
from veille.rendering.renderer import Renderer

#: Where a password that was typed is kept, mode 0600, in the settings folder.
PASSWORD_FILE = "mail-password"

_PORTS = {"starttls": 587, "tls": 465, "none": 25}


def mail_trouble(address: str) -> str:
    """Why this is no mail address ("" = it is); an English sentence of the catalogue."""
    channel = Channel(id="email", kind="email", address=Secret(address))
    plain = address.count("@") == 1 and not any(c in address for c in ' ,;<>"')
    if plain and not check_channel(channel):
        return ""
    return later("Write one mail address, such as claire@agence.example")


def server_trouble(text: str) -> str:
    """Why this is no mail server ("" = it is); an English sentence of the catalogue."""
    try:
        read_server(text)
    except ValueError:
        return later("Write host:port:security, such as smtp.agence.example:587:starttls (or tls, or none)")
    return ""


def read_server(text: str) -> MailAccount:
    """The account of `host`, `host:port` or `host:port:security`. Raises ValueError."""
    host, _, rest = text.strip().partition(":")
    port, _, security = rest.partition(":")
    named = security or ("tls" if port == "465" else "starttls")
    number = int(port) if port else _PORTS[named]
    if not host or any(c in host for c in " /@") or named not in _PORTS or not 0 < number < 65536:
        raise ValueError(text)
    return MailAccount(host=host, port=number, security=named)


def send_sample(installed: Installation, person_id: str) -> Outcome:
    """Send the test message to a person's mail address, and say what the server answered."""
    person = next(person for person in installed.people if person.id == person_id)
    channel = next(channel for channel in person.channels if channel.kind == "email")
    message = Renderer.load().sample_message(person, channel)
    key = f"sample.{datetime.now(UTC):%Y%m%dT%H%M%S%f}.{person.id}.{channel.id}"
    return notifiers(installed)("email").send(channel, message, key=key)
