"""One whole set of settings, as values: what bootstrap builds the house from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from veille.model.exchange import FetchPolicy
from veille.model.person import Person
from veille.model.secret import Secret
from veille.model.watch import Client


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAccount:
    """The account that mails leave from."""

    host: str = "localhost"
    port: int = 587
    #: "starttls", "tls" or "none"; a password never goes over "none".
    security: str = "starttls"
    user: str = ""
    password: Secret = Secret("")
    #: "veille <veille@example.org>"
    sender: str = "veille <veille@localhost>"
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long things are kept."""

    unmatched: timedelta = timedelta(days=7)
    mentions: timedelta = timedelta(days=90)
    receipts: timedelta = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Who keeps the machine."""

    contact: str = ""
    #: Pinged while all is well (dead-man's switch).
    heartbeat: Secret = Secret("")
    heartbeat_every: timedelta = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Everything the YAML says, checked, secrets resolved."""

    database: Secret
    clients: tuple[Client, ...]
    people: tuple[Person, ...]
    fetch: FetchPolicy = FetchPolicy()
    mail: MailAccount = MailAccount()
    retention: Retention = Retention()
    operator: Operator = Operator()
    #: Base of links in messages ("" = none: say site and code instead).
    public_url: str = ""
    #: Installation name in the Message-ID.
    host: str = "veille.localdomain"
    #: SHA-256 of the text, and the text with secrets left as references.
    fingerprint: str = ""
    text: str = ""

    def client(self, client_id: str) -> Client:
        """The client of that id. Raises KeyError."""
        return {client.id: client for client in self.clients}[client_id]

    def serving(self, client_id: str) -> tuple[Person, ...]:
        """The people who may see this client's mentions."""
        return tuple(person for person in self.people if client_id in person.serves)
