"""Slack and signed webhooks against servers that say what the test tells them, byte for byte."""

from __future__ import annotations

import hashlib
import hmac
import json
import ssl
from dataclasses import replace
from datetime import timedelta

import pytest

from kit_dial import World
from kit_http import Answer, Server, answer, authority, drip, hang, raw, redirect, reset, serve, trusting
from veille.channels.base import Accounts, check
from veille.channels.slack import SlackNotifier, escape
from veille.channels.webhook import WebhookNotifier
from veille.model.installation import MailAccount
from veille.model.message import Message, Outcome, Result
from veille.model.person import Channel
from veille.model.secret import Secret
from veille.net.dial import Dialler

TOKEN = "xoxTokenThatMustNotLeak"
KEY = "signing-key-that-must-not-leak"
#: Loading the certificates of the system takes 25 ms: once.
CONTEXT = ssl.create_default_context()
BLOCKS = json.dumps([{"type": "section", "text": {"type": "mrkdwn", "text": "*FL* &lt;!channel&gt;"}}])
ALERT = Message(
    kind="alert",
    client_id="floreal",
    subject="FL Floréal <!channel> & co",
    text="Deux auteurs.",
    blocks=BLOCKS,
    payload='{"story":"F-4821"}',
)
SENT, LATER, NEVER, PERHAPS = Result.SENT, Result.TEMPORARY, Result.PERMANENT, Result.UNKNOWN


def accounts(*allow: str) -> Accounts:
    return Accounts(
        mail=MailAccount(),
        dialler=Dialler(allow),
        host="h.example",
        user_agent="veille/test (+mailto:op@h.example)",
        allow_private=allow,
        ssl_context=CONTEXT,
    )


def slack_to(server: Server) -> Channel:
    return Channel(id="team", kind="slack", address=Secret(server.url(f"/services/T0/B0/{TOKEN}")))


def hook_to(server: Server) -> Channel:
    url = server.url(f"/in?token={TOKEN}")
    return Channel(id="crm", kind="webhook", address=Secret(url), signing_key=Secret(KEY))


def to_slack(server: Server, message: Message = ALERT, *, total: float = 5, repeat: bool = False) -> Outcome:
    notifier = SlackNotifier(accounts(server.place), total=timedelta(seconds=total))
    return notifier.send(slack_to(server), message, key="n-1", possible_repeat=repeat)


def to_hook(server: Server, message: Message = ALERT, *, total: float = 5, repeat: bool = False) -> Outcome:
    notifier = WebhookNotifier(accounts(server.place), total=timedelta(seconds=total))
    return notifier.send(hook_to(server), message, key="n-1", possible_repeat=repeat)


OK = answer(200, b"ok")


@pytest.mark.parametrize(
    ("said", "result", "dead"),
    [
        pytest.param(OK, SENT, False, id="200 ok"),
        pytest.param(answer(200, b"<html>sign in"), PERHAPS, False, id="200 from a captive portal"),
        pytest.param(answer(400, b"invalid_blocks"), NEVER, False, id="400 our blocks are wrong"),
        pytest.param(answer(400, b"user_not_found"), NEVER, True, id="400 the address is wrong"),
        pytest.param(answer(403, b"invalid_token"), NEVER, True, id="403 token revoked"),
        pytest.param(answer(404, b"no_service"), NEVER, True, id="404 webhook removed"),
        pytest.param(answer(410, b"channel_is_archived"), NEVER, True, id="410 channel archived"),
        pytest.param(answer(429, b"", [("Retry-After", "2")]), LATER, False, id="429 too many"),
        pytest.param(answer(500, b"rollup_error"), LATER, False, id="500"),
        pytest.param(redirect("http://169.254.169.254/"), NEVER, True, id="302 is not followed"),
        pytest.param(reset(), PERHAPS, False, id="reset once the request is in"),
        pytest.param(raw(b"\x00\x01 not HTTP\r\n\r\n"), PERHAPS, False, id="no HTTP at all"),
        pytest.param(raw(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000), PERHAPS, False, id="200 KB of header"),
    ],
)
def test_what_slack_answers_means(said: Answer, result: Result, dead: bool) -> None:
    with serve(said) as server:
        outcome = to_slack(server)
    assert (outcome.result, outcome.channel_dead) == (result, dead), outcome.detail
    assert TOKEN not in outcome.detail
    assert len(server.asked) == 1


def test_slack_is_asked_again_when_it_says_so() -> None:
    with serve(answer(429, b"", [("Retry-After", "2")])) as server:
        assert to_slack(server).retry_after == timedelta(seconds=2)


@pytest.mark.parametrize("value", ["-1", "soon", "99999999999999", "Wed, 21 Oct 2026 07:28:00 GMT", ""])
def test_a_retry_after_that_is_no_number_is_ignored(value: str) -> None:
    with serve(answer(503, b"", [("Retry-After", value)])) as server:
        assert to_hook(server).retry_after is None


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(hang(), id="silent"),
        pytest.param(drip(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500), id="a byte of header now and then"),
    ],
)
def test_the_total_time_is_bounded(said: Answer) -> None:
    with serve(said) as server:
        outcomes = [to_slack(server, total=0.2), to_hook(server, total=0.2)]
    assert [outcome.result for outcome in outcomes] == [PERHAPS, PERHAPS]


def test_a_gigabyte_of_answer_is_not_read() -> None:
    big = [b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n", *[b"x" * 65536] * 64]
    with serve(big) as server:
        outcome = to_hook(server)
    assert outcome.result is SENT
    assert len(outcome.detail) <= 300


def test_an_endless_trickle_after_a_success_is_still_a_success() -> None:
    head: Answer = [b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n", *drip(b"x" * 4000)]
    with serve(head) as server:
        assert to_hook(server, total=0.5).result is SENT


def test_slack_gets_ready_blocks_untouched_and_a_text_escaped_once() -> None:
    with serve(OK) as server:
        to_slack(server)
        to_slack(server, repeat=True)
    first, again = (json.loads(asked.body) for asked in server.asked)
    assert first["blocks"] == json.loads(BLOCKS)
    assert first["text"] == "FL Floréal &lt;!channel&gt; &amp; co"
    assert again["blocks"][0]["elements"][0]["text"].startswith("Ce message vous est peut-être")
    assert again["blocks"][1:] == json.loads(BLOCKS)


@pytest.mark.parametrize("blocks", ["", "[", "{}"])
def test_without_blocks_that_can_be_read_slack_gets_the_text(blocks: str) -> None:
    with serve(OK) as server:
        to_slack(server, replace(ALERT, blocks=blocks))
    assert json.loads(server.asked[0].body)["text"].endswith("\nDeux auteurs.")


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("<!here> <!channel|x> <@U1>", "&lt;!here&gt; &lt;!channel|x&gt; &lt;@U1&gt;"),
        ("<http://evil|https://bank>", "&lt;http://evil|https://bank&gt;"),
        ("R&D", "R&amp;D"),
        ("\u202eabc\ud800\x00", "abc"),
    ],
)
def test_escaping(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@pytest.mark.parametrize(
    ("said", "result", "dead"),
    [
        pytest.param(answer(200), SENT, False, id="200"),
        pytest.param(answer(204), SENT, False, id="204"),
        pytest.param(redirect("/elsewhere"), NEVER, True, id="302 is not followed"),
        pytest.param(answer(400), NEVER, False, id="400"),
        pytest.param(answer(401), NEVER, True, id="401"),
        pytest.param(answer(410), NEVER, True, id="410"),
        pytest.param(answer(409), LATER, False, id="409 the first attempt is still being worked on"),
        pytest.param(answer(429), LATER, False, id="429"),
        pytest.param(answer(503), LATER, False, id="503"),
        pytest.param(reset(), PERHAPS, False, id="reset"),
    ],
)
def test_what_a_webhook_answers_means(said: Answer, result: Result, dead: bool) -> None:
    with serve(said) as server:
        outcome = to_hook(server)
    assert (outcome.result, outcome.channel_dead) == (result, dead), outcome.detail
    assert len(server.asked) == 1


def test_a_webhook_is_signed_and_keeps_its_key() -> None:
    with serve(answer(200)) as server:
        to_hook(server)
        to_hook(server, repeat=True)
    first, again = server.asked
    signed = first.headers["x-veille-timestamp"].encode() + b"." + first.body
    expected = hmac.new(KEY.encode(), signed, hashlib.sha256).hexdigest()
    assert first.headers["x-veille-signature"] == f"v1={expected}"
    assert first.body == b'{"story":"F-4821"}'
    assert first.headers["user-agent"].startswith("veille/test")
    assert first.headers["idempotency-key"] == again.headers["idempotency-key"] == "n-1"
    assert "x-veille-possible-repeat" not in first.headers
    assert again.headers["x-veille-possible-repeat"] == "yes"


def test_an_echoed_secret_is_masked() -> None:
    with serve(lambda asked: answer(400, asked.target.encode() + b" " + KEY.encode())) as server:
        outcome = to_hook(server)
    assert TOKEN not in outcome.detail
    assert KEY not in outcome.detail
    assert "***" in outcome.detail


def test_nothing_listening_is_temporary() -> None:
    with serve(OK) as server:
        channel, where = slack_to(server), accounts(server.place)
    assert SlackNotifier(where).send(channel, ALERT, key="n-1").result is LATER


def test_a_name_that_leads_inside_is_refused_and_nothing_is_dialled() -> None:
    world = World({"hooks.slack.com": ("10.0.0.7",), "crm.example": ("93.184.216.34", "127.0.0.1")})
    where = replace(accounts(), dialler=world.dialler())
    slack = Channel(id="s", kind="slack", address=Secret(f"https://hooks.slack.com/services/{TOKEN}"))
    hook = Channel(id="w", kind="webhook", address=Secret(f"https://crm.example/{TOKEN}"), signing_key=Secret(KEY))
    outcomes = [
        SlackNotifier(where).send(slack, ALERT, key="n-1"),
        WebhookNotifier(where).send(hook, ALERT, key="n-1"),
    ]
    assert [(outcome.result, outcome.channel_dead) for outcome in outcomes] == [(NEVER, True)] * 2
    assert world.dialled == []


def test_the_certificate_is_checked_and_a_bad_one_is_temporary() -> None:
    with serve(answer(200), tls=authority(), names=("crm.example",)) as server:
        world = World({"crm.example": ("93.184.216.34",)})
        hook = Channel(
            id="w",
            kind="webhook",
            address=Secret(server.url("/in", host="crm.example")),
            signing_key=Secret(KEY),
        )
        where = replace(accounts(), dialler=world.dialler())
        stranger = WebhookNotifier(where).send(hook, ALERT, key="n-1")
        trusted = replace(where, ssl_context=trusting(authority()))
        known = WebhookNotifier(trusted).send(hook, ALERT, key="n-1")
    assert (stranger.result, known.result) == (LATER, SENT)
    assert "certificate" in stranger.detail


@pytest.mark.parametrize(
    ("kind", "address", "fine"),
    [
        ("slack", "https://hooks.slack.com/services/T/B/x", True),
        ("slack", "https://hooks.slack-gov.com/services/T/B/x", True),
        ("slack", "http://hooks.slack.com/services/T/B/x", False),
        ("slack", "https://hooks.slack.com.evil.example/services/T/B/x", False),
        ("slack", "https://user:pw@hooks.slack.com/services/T/B/x", False),
        ("slack", "https://hooks.slack.com:99999/x", False),
        ("slack", "http://127.0.0.1:8080/x", True),
        ("slack", "xoxb-token", False),
        ("webhook", "https://crm.example/in", True),
        ("webhook", "http://crm.example/in", False),
        ("webhook", "http://10.2.3.4:8000/in", True),
        ("webhook", "file:///etc/passwd", False),
        ("webhook", "https://[::1", False),
        ("webhook", "", False),
    ],
)
def test_addresses(kind: str, address: str, fine: bool) -> None:
    channel = Channel(id="c", kind=kind, address=Secret(address), signing_key=Secret(KEY))
    assert (check(channel, allow_private=("127.0.0.1:8080", "10.2.0.0/16")) == "") is fine


def test_a_webhook_without_a_signing_key_is_refused() -> None:
    channel = Channel(id="c", kind="webhook", address=Secret("https://crm.example/in"))
    assert "signing_key" in check(channel)
