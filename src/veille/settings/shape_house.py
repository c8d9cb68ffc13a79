"""The shape of veille.yaml: the installation itself."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from veille import __version__
from veille.model.exchange import FetchPolicy
from veille.model.installation import MailAccount, Operator, Retention
from veille.model.secret import Secret
from veille.settings.database import Database
from veille.settings.fields import (
    Address,
    Beat,
    Header,
    Keep,
    Line,
    Mail,
    Password,
    Sender,
    Web,
    duration,
)
from veille.text.address import Kind, allow_list, kind_of

STRICT = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)

_PORTS = {"starttls": 587, "tls": 465, "none": 25}


def _opening(entry: str) -> str:
    networks = allow_list((entry,)).networks
    if any(kind_of(str(network.network_address)) is not Kind.PRIVATE for network in networks):
        raise ValueError("only a private network can be opened whole: write host:port for anything else")
    return entry


Opening = Annotated[Line, AfterValidator(_opening)]


class FetchShape(BaseModel):
    """How sources are asked."""

    model_config = STRICT

    contact: Header | None = Field(None, description="Who runs this, for the sites we ask; default: operator.contact")
    user_agent: Header | None = Field(None, description="Default: veille/VERSION (+contact)")
    allow_private: list[Opening] = Field([], description="Private host:port or networks that may be asked")
    workers: int = Field(8, ge=1, le=64, description="Sources asked at once")
    per_host: int = Field(2, ge=1, le=8, description="Questions at once to one host")

    def value(self, contact: str) -> FetchPolicy:
        """The frozen policy; `contact` is the operator's."""
        who = self.contact or contact
        agent = self.user_agent or f"veille/{__version__}" + (f" (+{who})" if who else "")
        return FetchPolicy(
            user_agent=agent,
            allow_private=tuple(self.allow_private),
            workers=self.workers,
            per_host=self.per_host,
        )


class MailShape(BaseModel):
    """The account that mails leave from."""

    model_config = STRICT

    host: Line = Field("localhost", description="Mail server")
    port: int | None = Field(None, ge=1, le=65535, description="Default: 587 for starttls, 465 for tls, 25 for none")
    security: Literal["starttls", "tls", "none"] = Field("starttls", description="starttls, tls or none")
    user: Line = Field("", description="Account name", validate_default=False)
    password: Password | None = Field(None, description="A reference: ${NAME}, file:PATH or cred:NAME")
    sender: Sender = Field("veille <veille@localhost>", alias="from", description="Sender of every mail")
    unsubscribe: Line = Field("", description="Mail or web address of the List-Unsubscribe header")

    @model_validator(mode="after")
    def _never_in_clear(self) -> Self:
        if self.security == "none" and self.password:
            raise ValueError("a password never goes over `security: none`: write starttls or tls")
        return self

    def value(self) -> MailAccount:
        """The frozen account."""
        return MailAccount(
            host=self.host,
            port=self.port or _PORTS[self.security],
            security=self.security,
            user=self.user,
            password=self.password or Secret(""),
            sender=self.sender,
            unsubscribe=self.unsubscribe,
        )


class RetentionShape(BaseModel):
    """How long things are kept."""

    model_config = STRICT

    unmatched: Keep = Field("7d", description="Entries that no watch matched")
    mentions: Keep = Field("90d", description="Mentions, unless the client says otherwise")
    receipts: Keep = Field("90d", description="What was sent, and what the servers answered")

    def value(self) -> Retention:
        """The frozen lengths."""
        return Retention(
            unmatched=duration(self.unmatched),
            mentions=duration(self.mentions),
            receipts=duration(self.receipts),
        )


class OperatorShape(BaseModel):
    """Who keeps the machine."""

    model_config = STRICT

    contact: Mail | None = Field(None, description="Mail address shown to the sites we ask")
    heartbeat: Address | None = Field(None, description="Address pinged while all is well (dead-man's switch)")
    heartbeat_every: Beat = Field("5m", description="Time between two pings")

    @model_validator(mode="after")
    def _pings_the_web(self) -> Self:
        if self.heartbeat and not self.heartbeat.reveal().startswith(("https://", "http://")):
            raise ValueError("heartbeat: only http:// and https:// addresses are pinged")
        return self

    def value(self) -> Operator:
        """The frozen operator."""
        return Operator(
            contact=self.contact or "",
            heartbeat=self.heartbeat or Secret(""),
            heartbeat_every=duration(self.heartbeat_every),
        )


class HouseShape(BaseModel):
    """veille.yaml"""

    model_config = STRICT

    database: Database | None = Field(None, description="A file, or postgresql://...; default: veille.db")
    fetch: FetchShape = FetchShape()
    mail: MailShape = MailShape()
    retention: RetentionShape = RetentionShape()
    operator: OperatorShape = OperatorShape()
    public_url: Web | None = Field(None, description="Base of the links in messages")

    @property
    def host(self) -> str:
        """The domain of the sender names the installation in the Message-ID."""
        domain = self.mail.sender.rpartition("@")[2].rstrip(">")
        return domain if "." in domain else "veille.localdomain"
