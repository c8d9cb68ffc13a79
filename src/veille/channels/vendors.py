"""Which services apprise may be used for: schemes, the fixed hosts they post to, accepted options.

A scheme that is not here is refused: among apprise's 150 are some that write files, talk to the
desktop or post to any host. Hosts and options were read in the modules of apprise 2.2
(https://github.com/caronc/apprise, apprise/plugins/NAME.py); `source` is the vendor's own page.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """One service behind one or several apprise schemes."""

    kind: str
    schemes: tuple[str, ...]
    #: What is dialled, or, with a leading dot, how it must end; empty: a server of one's own, which
    #: the address names and the operator must allow when it is private.
    hosts: tuple[str, ...]
    source: str
    #: Options its address may carry. `verify`, `redirect`, `retry`, `template`... never are.
    options: tuple[str, ...] = ()
    #: Hosts of web addresses as the vendor shows them, accepted as they are.
    pasted: tuple[str, ...] = ()
    #: Priority for what must ring and for what must not (None = the service has none).
    loud: str | int | None = None
    calm: str | int | None = None
    #: Every answer is HTTP 200 and apprise reads no further: a refusal looks like a success.
    unread: bool = False
    #: Markdown and @mentions are live in its plain text.
    live: bool = False


VENDORS = (
    Vendor(
        kind="sms",
        schemes=("freemobile",),
        hosts=("smsapi.free-mobile.fr",),
        source="https://mobile.free.fr/account/mes-options/notifications-sms",
    ),
    Vendor(
        kind="sms",
        schemes=("octopush",),
        hosts=("api.octopush.com",),
        source="https://dev.octopush.com/en/sms-gateway-api-documentation/send-sms/",
        options=("sender", "purpose", "type"),
    ),
    Vendor(
        kind="sms",
        schemes=("sfr",),
        hosts=("www.dmc.sfr-sh.fr",),
        source="https://www.sfrbusiness.fr/",
        options=("lang", "sender", "media"),
    ),
    Vendor(
        kind="sms",
        schemes=("twilio",),
        hosts=("api.twilio.com",),
        source="https://www.twilio.com/docs/messaging/api/message-resource",
    ),
    Vendor(
        kind="sms",
        schemes=("vonage", "nexmo"),
        hosts=("rest.nexmo.com",),
        source="https://developer.vonage.com/en/api/sms",
        unread=True,
    ),
    Vendor(
        kind="sms",
        schemes=("msgbird",),
        hosts=("rest.messagebird.com",),
        source="https://developers.messagebird.com/api/sms-messaging/",
    ),
    Vendor(
        kind="sms",
        schemes=("sinch",),
        hosts=("us.sms.api.sinch.com", "eu.sms.api.sinch.com"),
        source="https://developers.sinch.com/docs/sms/api-reference/",
        options=("region",),
    ),
    Vendor(
        kind="sms",
        schemes=("plivo",),
        hosts=("api.plivo.com",),
        source="https://www.plivo.com/docs/messaging/api/message/send-a-message",
    ),
    Vendor(
        kind="sms",
        schemes=("clicksend",),
        hosts=("rest.clicksend.com",),
        source="https://developers.clicksend.com/docs/messaging/sms/",
    ),
    Vendor(
        kind="sms",
        schemes=("d7sms",),
        hosts=("api.d7networks.com",),
        source="https://d7networks.com/docs/Messages/Send_Message/",
        options=("from",),
    ),
    Vendor(
        kind="push",
        schemes=("ntfy", "ntfys"),
        hosts=("ntfy.sh",),
        source="https://docs.ntfy.sh/publish/",
        options=("priority", "tags", "auth", "token", "mode"),
        loud="high",
        calm="default",
    ),
    Vendor(
        kind="push",
        schemes=("pover",),
        hosts=("api.pushover.net",),
        source="https://pushover.net/api",
        options=("priority", "sound", "expire", "interval"),
        loud=1,
        calm=0,
    ),
    Vendor(
        kind="teams",
        schemes=("workflow", "workflows"),
        hosts=(".logic.azure.com", ".api.powerplatform.com"),
        source="https://learn.microsoft.com/azure/logic-apps/logic-apps-http-endpoint",
        options=("api-version", "sp", "sv", "sig", "ver", "pa", "route"),
        pasted=(".logic.azure.com", ".api.powerplatform.com"),
        live=True,
    ),
    Vendor(
        kind="discord",
        schemes=("discord",),
        hosts=("discord.com",),
        source="https://docs.discord.com/developers/resources/webhook",
        options=("thread",),
        pasted=("discord.com", "discordapp.com"),
        live=True,
    ),
    Vendor(
        kind="mattermost",
        schemes=("mmost", "mmosts"),
        hosts=(),
        source="https://developers.mattermost.com/integrate/webhooks/incoming/",
        live=True,
    ),
    Vendor(
        kind="telegram",
        schemes=("tgram",),
        hosts=("api.telegram.org",),
        source="https://core.telegram.org/bots/api#sendmessage",
        options=("silent", "topic", "thread"),
    ),
)


def vendor(kind: str, scheme: str, host: str) -> Vendor | None:
    """The service of that kind behind that scheme, or behind a web address as its vendor shows it."""
    for row in VENDORS:
        if row.kind == kind and (scheme in row.schemes or (scheme == "https" and under(host, row.pasted))):
            return row
    return None


def schemes(kind: str) -> tuple[str, ...]:
    """Every scheme of a kind, as written in an address."""
    return tuple(f"{scheme}://" for row in VENDORS if row.kind == kind for scheme in row.schemes)


def under(host: str, hosts: tuple[str, ...]) -> bool:
    """Whether the host is one of these, or below one that begins with a dot."""
    name = host.lower().rstrip(".")
    return any(name.endswith(known) if known.startswith(".") else name == known for known in hosts)
