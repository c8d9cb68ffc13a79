"""The kinds that apprise serves: what goes out on the wire, and what every answer means.

A vendor's fixed host is looked up in a world of the test's own, where it is a server on loopback; apprise,
which dials by itself, is led there by the address in its own class.
"""

from __future__ import annotations

import json
import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from apprise.plugins.discord import NotifyDiscord
from apprise.plugins.freemobile import NotifyFreeMobile
from apprise.plugins.ntfy import NotifyNtfy
from apprise.plugins.pushover import NotifyPushover
from apprise.plugins.telegram import NotifyTelegram

from kit_http import Answer, Server, answer, hang, redirect, reset, serve
from veille.channels.apprise_kinds import AppriseNotifier
from veille.channels.base import Accounts, check
from veille.channels.vendors import VENDORS
from veille.model.installation import MailAccount
from veille.model.message import Message, Outcome, Result, Urgent
from veille.model.person import Channel
from veille.model.secret import Secret
from veille.net.dial import Dialler, dial

PASSWORD = "abcDEF123secret"
#: Loading the certificates of the system takes 25 ms: once.
CONTEXT = ssl.create_default_context()
HEX = "0123456789abcdef" * 2
SMS = f"freemobile://12345678@{PASSWORD}"
ADDRESSES = {
    "sms": SMS,
    "push": "ntfy://veille-topic-secret",
    "discord": "discord://123456789/token-secret-abcdef",
    "telegram": "tgram://123456789:abcdefg_hijklmnop/12315544",
}
CLASSES = {
    "sms": (NotifyFreeMobile, "notify_url", "/sendmsg"),
    "push": (NotifyNtfy, "cloud_notify_url", "/"),
    "pover": (NotifyPushover, "notify_url", "/messages.json"),
    "discord": (NotifyDiscord, "notify_url", "/api/webhooks"),
    "telegram": (NotifyTelegram, "notify_url", "/bot"),
}
HOSTILE = "@everyone <!channel> <@1> [bank](http://evil.example) <script> \u202ex\x00 https://a.example/@me"
ALERT = Message(
    kind="alert",
    client_id="floreal",
    subject="FL <i>Floréal</i>",
    text=HOSTILE,
    short="FL Floréal: début de bad buzz. F-4821",
    urgent=Urgent.NOW,
)
SENT, LATER, NEVER, PERHAPS = Result.SENT, Result.TEMPORARY, Result.PERMANENT, Result.UNKNOWN


def accounts(port: int, *allow: str) -> Accounts:
    """Every name is a public address, and every public address is that port of loopback."""
    dialler = Dialler(
        allow,
        resolve=lambda host, port, **_: [(2, 1, 6, "", ("93.184.216.34", port))],
        dial=lambda address, timeout: dial((2, ("127.0.0.1", port)), timeout),
    )
    return Accounts(
        mail=MailAccount(),
        dialler=dialler,
        host="h.example",
        user_agent="veille",
        allow_private=allow,
        ssl_context=CONTEXT,
    )


@contextmanager
def vendor(name: str, *said: Answer) -> Iterator[Server]:
    """The vendor on loopback, answering so."""
    plugin, attribute, path = CLASSES[name]
    real = getattr(plugin, attribute)
    with serve(*said) as server:
        setattr(plugin, attribute, server.url(path))
        try:
            yield server
        finally:
            setattr(plugin, attribute, real)


def send(
    server: Server, kind: str = "sms", message: Message = ALERT, *, total: float = 5, address: str = ""
) -> Outcome:
    channel = Channel(id="c", kind=kind, address=Secret(address or ADDRESSES[kind]))
    notifier = AppriseNotifier(kind, accounts(server.port), total=timedelta(seconds=total))
    return notifier.send(channel, message, key="n-1")


@pytest.mark.parametrize(
    ("said", "result", "dead"),
    [
        pytest.param(answer(200), SENT, False, id="200"),
        pytest.param(answer(400), NEVER, True, id="400 a parameter is missing"),
        pytest.param(answer(402), LATER, False, id="402 too many text messages"),
        pytest.param(answer(403), NEVER, True, id="403 the option is off or the key is wrong"),
        pytest.param(answer(404), NEVER, True, id="404"),
        pytest.param(answer(429), LATER, False, id="429"),
        pytest.param(answer(500), LATER, False, id="500"),
        pytest.param(answer(504), PERHAPS, False, id="504 behind the gateway it may have left"),
        pytest.param(redirect("http://169.254.169.254/"), LATER, False, id="302 is not followed"),
        pytest.param(reset(), PERHAPS, False, id="reset once the request is in"),
        pytest.param(hang(), PERHAPS, False, id="silent: apprise says TIMEOUT, the phone may have rung"),
    ],
)
def test_what_an_answer_means(said: Answer, result: Result, dead: bool) -> None:
    with vendor("sms", said) as server:
        outcome = send(server, total=0.5 if said == hang() else 5)
    assert (outcome.result, outcome.channel_dead) == (result, dead), outcome.detail
    assert PASSWORD not in outcome.detail
    assert len([asked for asked in server.asked if asked.method == "POST"]) == 1


def test_a_vendor_that_cannot_be_reached_is_temporary_even_for_sms() -> None:
    def nothing(address: object, timeout: float) -> object:
        raise ConnectionRefusedError(111, "Connection refused")

    with vendor("sms", answer(200)) as server:
        where = accounts(server.port)
        deaf = Dialler(resolve=lambda host, port, **_: [(2, 1, 6, "", ("93.184.216.34", port))], dial=nothing)
        channel = Channel(id="c", kind="sms", address=Secret(SMS))
        outcome = AppriseNotifier("sms", replace(where, dialler=deaf)).send(channel, ALERT, key="n-1")
    assert outcome.result is LATER
    assert server.asked == []


def test_a_text_message_is_the_short_text_alone_and_is_never_repeated_blindly() -> None:
    with vendor("sms", answer(200)) as server:
        send(server)
    assert json.loads(server.asked[0].body)["msg"] == ALERT.short
    assert [AppriseNotifier(kind, accounts(1)).repeats for kind in ("sms", "push")] == [False, True]


def test_markup_and_mentions_are_dead_on_discord() -> None:
    with vendor("discord", answer(204)) as server:
        send(server, "discord")
    content = json.loads(server.asked[0].body)["content"]
    assert "@everyone" not in content
    assert "<@1" not in content
    assert "](" not in content
    assert "\u202e" not in content
    assert "\x00" not in content


def test_markup_is_dead_on_telegram() -> None:
    with vendor("telegram", answer(200, b'{"ok":true,"result":{}}')) as server:
        outcome = send(server, "telegram")
    text = json.loads(server.asked[0].body)["text"]
    assert outcome.result is SENT
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert "&amp;lt;" not in text


@pytest.mark.parametrize(
    ("urgent", "address", "priority"),
    [
        (Urgent.NOW, "ntfy://veille-topic-secret", 4),
        (Urgent.CALM, "ntfy://veille-topic-secret", None),
        (Urgent.NOW, "ntfy://veille-topic-secret?priority=max", 5),
        (Urgent.CALM, "ntfy://veille-topic-secret?priority=max", None),
    ],
)
def test_a_push_rings_for_what_is_urgent_only(urgent: Urgent, address: str, priority: int | None) -> None:
    with vendor("push", answer(200, b"{}")) as server:
        assert send(server, "push", replace(ALERT, urgent=urgent), address=address).result is SENT
    asked = server.asked[0]
    said = json.loads(asked.body).get("priority") or asked.headers.get("x-priority")
    wanted = {None: (None, "default", "3", 3), 4: ("high", "4", 4), 5: ("max", "5", 5)}[priority]
    assert said in wanted


def test_pushover_rings_too() -> None:
    with vendor("pover", answer(200, b"{}")) as server:
        send(server, "push", address=f"pover://{'u' * 30}@{'t' * 30}")
    assert b"priority=1" in server.asked[0].body


def test_a_private_server_is_dialled_only_when_the_operator_allows_it() -> None:
    token = "3ccdd113474722377935511fc85d3dd4"
    with serve(answer(200, b"ok")) as server:
        channel = Channel(id="c", kind="mattermost", address=Secret(f"mmost://{server.place}/{token}"))
        where = replace(accounts(server.port), dialler=Dialler(), allow_private=())
        refused = AppriseNotifier("mattermost", where).send(channel, ALERT, key="n-1")
        encrypted = replace(channel, address=Secret(f"mmosts://{server.place}/{token}"))
        inside = AppriseNotifier("mattermost", where).send(encrypted, ALERT, key="n-1")
        opened = replace(where, dialler=Dialler((server.place,)), allow_private=(server.place,))
        allowed = AppriseNotifier("mattermost", opened).send(channel, ALERT, key="n-1")
    assert [(o.result, o.channel_dead) for o in (refused, inside)] == [(NEVER, True)] * 2
    assert allowed.result is SENT, allowed.detail
    assert len(server.asked) == 1
    assert "@everyone" not in json.loads(server.asked[0].body)["text"]


def test_apprise_and_its_libraries_keep_still_at_debug(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    channel = Channel(id="c", kind="sms", address=Secret(SMS))
    assert check(channel) == ""
    with vendor("sms", answer(403)) as server:
        send(server)
    assert PASSWORD not in caplog.text
    assert "12345678" not in caplog.text


TWILIO = f"twilio://AC{HEX}:{HEX}@+33612345678"
GOOD = {
    "Free Mobile": ("sms", SMS),
    "Octopush": ("sms", "octopush://camille@agence.example/apikey123/+33612345678?sender=Veille"),
    "SFR": ("sms", "sfr://user:pass@123456/+33612345678"),
    "Twilio": ("sms", f"{TWILIO}/+33687654321"),
    "Vonage": ("sms", "vonage://abcdef12:abcdefghijklmnop@33612345678/33687654321"),
    "MessageBird": ("sms", f"msgbird://{'a' * 25}/+33612345678/+33687654321"),
    "Sinch": ("sms", f"sinch://{HEX}:{HEX}@+33612345678/+33687654321?region=eu"),
    "Plivo": ("sms", f"plivo://{'A' * 25}@{'b' * 40}/+15550001111/+33687654321"),
    "ClickSend": ("sms", "clicksend://user:key@+33687654321"),
    "D7": ("sms", "d7sms://token123456@+33687654321"),
    "ntfy": ("push", "ntfy://veille-topic"),
    "ntfy of one's own": ("push", "ntfys://ntfy.corp.example/topic"),
    "Pushover": ("push", f"pover://{'u' * 30}@{'t' * 30}"),
    "Teams": ("teams", f"workflows://prod-01.westeurope.logic.azure.com:443/{HEX}/signature"),
    "Teams, pasted": (
        "teams",
        f"https://prod-01.westeurope.logic.azure.com:443/workflows/{HEX}/triggers/manual/paths/invoke"
        "?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=abc",
    ),
    "Discord": ("discord", ADDRESSES["discord"]),
    "Discord, pasted": ("discord", "https://discord.com/api/webhooks/123456789/token-abcdef"),
    "Mattermost": ("mattermost", "mmosts://chat.corp.example/3ccdd113474722377935511fc85d3dd4"),
    "Telegram": ("telegram", ADDRESSES["telegram"]),
}
BAD = {
    "a file": ("sms", "file:///etc/passwd"),
    "any host by JSON": ("sms", "json://127.0.0.1/x"),
    "the desktop": ("push", "dbus://"),
    "a mail account": ("push", "mailto://user:pass@gmail.com"),
    "another kind's scheme": ("sms", "discord://123456789/token"),
    "no certificate check": ("sms", f"{SMS}?verify=no"),
    "redirects": ("sms", f"{SMS}?redirect=yes"),
    "apprise's own retries": ("push", "ntfy://topic?retry=5"),
    "an attachment from disk": ("push", "ntfy://topic?attach=file:///etc/passwd"),
    "a template from disk": ("telegram", f"{ADDRESSES['telegram']}?template=/etc/passwd"),
    "two numbers": ("sms", f"{TWILIO}/+33687654321/+33687654322"),
    "a second number as an option": ("sms", f"{TWILIO}/+33687654321?to=+33687654322"),
    "a number that is none": ("sms", "clicksend://user:key@hello"),
    "Telegram without a chat": ("telegram", "tgram://123456789:abcdefg_hijklmnop/"),
    "Teams elsewhere": ("teams", f"workflows://evil.example/{HEX}/signature"),
    "Teams elsewhere, pasted": ("teams", f"https://logic.azure.com.evil.example/workflows/{HEX}/x"),
    "Mattermost in clear": ("mattermost", "mmost://chat.corp.example/3ccdd113474722377935511fc85d3dd4"),
    "ntfy in clear": ("push", "ntfy://ntfy.corp.example/topic"),
    "half an address": ("sms", "freemobile://12345678"),
    "brackets": ("telegram", "tgram://["),
    "nothing": ("sms", ""),
}


@pytest.mark.parametrize(("kind", "address"), GOOD.values(), ids=GOOD.keys())
def test_addresses_that_are_accepted(kind: str, address: str) -> None:
    assert check(Channel(id="c", kind=kind, address=Secret(address))) == ""


@pytest.mark.parametrize(("kind", "address"), BAD.values(), ids=BAD.keys())
def test_addresses_that_are_refused(kind: str, address: str) -> None:
    channel = Channel(id="c", kind=kind, address=Secret(address))
    assert check(channel) != ""
    if address:
        outcome = AppriseNotifier(kind, accounts(1)).send(channel, ALERT, key="n-1")
        assert (outcome.result, outcome.channel_dead) == (NEVER, True)


def test_every_vendor_is_a_service_that_apprise_knows() -> None:
    from apprise.manager_plugins import NotificationManager

    known = NotificationManager()
    assert [row.schemes for row in VENDORS if not all(scheme in known for scheme in row.schemes)] == []


def test_fixed_hosts_are_those_of_apprise() -> None:
    """The table of hosts is what the address check relies on: apprise's own classes have to agree."""
    from apprise.manager_plugins import NotificationManager

    known = NotificationManager()
    for row in VENDORS:
        posted = getattr(known[row.schemes[0]], "notify_url", "")
        if isinstance(posted, str) and posted and "{region}" not in posted and row.hosts:
            assert any(f"https://{host}/" in posted for host in row.hosts), row.schemes
