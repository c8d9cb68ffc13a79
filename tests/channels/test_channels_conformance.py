"""Every kind sits the same exam: found by name, no secret told, nothing raised, whatever the message says."""

from __future__ import annotations

import logging
import re
import ssl
import threading
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from kit_http import Server, answer, serve
from kit_smtp import ScriptedSmtp
from veille.channels.base import Accounts, check, kinds, notifier
from veille.channels.redaction import redacted
from veille.errors import ChannelError
from veille.model.installation import MailAccount
from veille.model.message import Message, Outcome, Picture, Result, Urgent
from veille.model.person import Channel
from veille.model.secret import Secret
from veille.net.dial import Dialler, dial

SECRET = "s3cr3tT0kenOfTheExam"
KEY = "signingKeyOfTheExam"
HOSTILE = "x\r\nBcc: a@b.example\x00\ud800\u2028<!channel> @everyone {{7*7}} %s ${HOME} =?utf-8?q?=0D=0A?="
MESSAGE = Message(
    kind="alert",
    client_id=HOSTILE,
    subject=HOSTILE,
    text=HOSTILE,
    html=f"<p>{HOSTILE}</p>",
    short=HOSTILE,
    pictures=(Picture(cid=HOSTILE, png=b"x", alt=HOSTILE),),
    urgent=Urgent.NOW,
    code=HOSTILE,
)
#: Kind -> an address that is right in form and secret in part; {place} is a server of the test's.
ADDRESSES = {
    "email": f"{SECRET}@agence.example",
    "slack": f"http://{{place}}/services/T0/B0/{SECRET}",
    "webhook": f"http://{{place}}/in/{SECRET}?k={SECRET}",
    "sms": f"freemobile://12345678@{SECRET}",
    "push": f"ntfy://{SECRET}",
    "teams": f"workflows://prod-01.westeurope.logic.azure.com:443/{'a' * 32}/{SECRET}",
    "discord": f"discord://123456789/{SECRET}",
    "mattermost": "mmost://{place}/3ccdd113474722377935511fc85d3dd4",
    "telegram": "tgram://123456789:s3cr3tT0kenOfTheExam_more/12315544",
}
#: Loading the certificates of the system takes 25 ms: once.
CONTEXT = ssl.create_default_context()
SECRETS = (SECRET, KEY, "3ccdd113474722377935511fc85d3dd4")


@dataclass(frozen=True)
class Exam:
    """One kind with its channel and what its notifier is built from."""

    channel: Channel
    accounts: Accounts

    def send(self, message: Message = MESSAGE) -> Outcome:
        return notifier(self.channel.kind, self.accounts).send(self.channel, message, key="n-1", possible_repeat=True)


def exam(kind: str, server: Server, smtp: ScriptedSmtp) -> Exam:
    """Vendors' names lead to public addresses that refuse: apprise never leaves this machine."""

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        ip = "127.0.0.1" if host == "localhost" else "93.184.216.34"
        return [(2, 1, 6, "", (ip, port))]

    def refuse(address: tuple[int, tuple[object, ...]], timeout: float) -> object:
        if address[1][0] != "127.0.0.1":
            raise ConnectionRefusedError(111, f"refused, says {SECRET}")
        return dial(address, timeout)

    where = Accounts(
        mail=MailAccount(host="localhost", port=smtp.port, security="none", sender="veille <v@h.example>"),
        dialler=Dialler((server.place,), resolve=resolve, dial=refuse),
        host="h.example",
        user_agent="veille",
        allow_private=(server.place,),
        ssl_context=CONTEXT,
    )
    address = Secret(ADDRESSES[kind].format(place=server.place))
    return Exam(Channel(id="c", kind=kind, address=address, signing_key=Secret(KEY)), where)


def test_every_kind_has_an_exam() -> None:
    assert set(kinds()) == set(ADDRESSES)


@pytest.mark.parametrize("kind", ADDRESSES)
@pytest.mark.parametrize("status", [200, 400, 403, 429, 500])
def test_no_secret_is_told_and_nothing_is_raised(
    kind: str, status: int, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    echo = f"{SECRET} {KEY if kind == 'webhook' else ''}".encode()
    refusal = "250 ok" if status == 200 else f"{'550' if status < 429 else '450'} no {SECRET}"
    said = answer(status, b"ok" if status == 200 else echo)
    with serve(said) as server, ScriptedSmtp({"RCPT": refusal}) as smtp:
        sat = exam(kind, server, smtp)
        outcome = sat.send()
        address = sat.channel.address.reveal()
        written = capfd.readouterr()
        told = "\n".join(
            [
                outcome.detail,
                repr(outcome),
                repr(sat.accounts),
                repr(sat.channel),
                repr(notifier(kind, sat.accounts)),
                check(sat.channel, allow_private=sat.accounts.allow_private),
                check(replace(sat.channel, address=Secret(f"{address}?{SECRET}={SECRET}"))),
                written.out,
                written.err,
                *(record.getMessage() for record in caplog.records if not record.name.startswith("faker")),
            ]
        )
    assert [secret for secret in SECRETS if secret in told] == []
    assert isinstance(outcome.result, Result)
    assert "\n" not in outcome.detail


@pytest.mark.parametrize("kind", ["email", "slack", "webhook", "mattermost"])
def test_a_hostile_message_is_delivered_all_the_same(kind: str) -> None:
    with serve(answer(200, b"ok")) as server, ScriptedSmtp() as smtp:
        outcome = exam(kind, server, smtp).send()
    assert outcome.result is Result.SENT, outcome.detail


@pytest.mark.parametrize("kind", ["email", "slack", "webhook", "mattermost"])
def test_one_notifier_serves_several_threads(kind: str) -> None:
    outcomes: list[Outcome] = []
    with serve(answer(200, b"ok")) as server, ScriptedSmtp() as smtp:
        sat = exam(kind, server, smtp)
        one = notifier(kind, sat.accounts)
        threads = [
            threading.Thread(target=lambda: outcomes.append(one.send(sat.channel, MESSAGE, key="n-1")))
            for _ in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [outcome.result for outcome in outcomes] == [Result.SENT] * 6


@pytest.mark.parametrize("kind", ADDRESSES)
def test_an_empty_address_is_refused_without_sending(kind: str) -> None:
    assert check(Channel(id="c", kind=kind, address=Secret(""))) == "the address is empty"


def test_the_examples_of_the_documentation_are_channels() -> None:
    page = (Path(__file__).parents[2] / "docs" / "channels.md").read_text(encoding="utf-8")
    shown: set[str] = set()
    for block in re.findall(r"```yaml\n(.*?)```", page, flags=re.DOTALL):
        loaded = YAML(typ="safe").load(block)
        channels = loaded["people"][0]["channels"] if isinstance(loaded, dict) else loaded
        for channel in channels:
            kind = set(channel) - {"id", "least", "uses", "signing_key"}
            assert len(kind) == 1
            shown |= kind
    assert shown == set(kinds())


def test_an_unknown_kind_names_the_known_ones() -> None:
    channel = Channel(id="c", kind="pigeon", address=Secret("x"))
    assert check(channel).startswith("no kind of channel is named 'pigeon'; there are email, slack")
    with pytest.raises(ChannelError, match="pigeon"):
        notifier("pigeon", exam_accounts())


def exam_accounts() -> Accounts:
    return Accounts(mail=MailAccount(), dialler=Dialler(), host="h", user_agent="veille", ssl_context=CONTEXT)


@pytest.mark.parametrize(
    ("said", "secrets", "told"),
    [
        pytest.param("250 ok", ("pa55",), "250 ok", id="nothing to hide"),
        pytest.param("bad pa55!", ("pa55",), "bad ***!", id="a password"),
        pytest.param("AUTH cGE1NQ==", ("pa55",), "AUTH ***", id="a password in base64"),
        pytest.param("GET /p%40ss%2Fword", ("p@ss/word",), "GET /***", id="percent-encoded"),
        pytest.param("no TOKENABC here", ("https://h/x/tokenabc",), "no *** here", id="part of a path, other case"),
        pytest.param("to 33612345678", ("twilio://a@+33612345678/",), "to ***", id="a number without its plus"),
        pytest.param("a\r\nb\x00\u2028c", (), "a b c", id="one line"),
    ],
)
def test_redaction(said: str, secrets: tuple[str, ...], told: str) -> None:
    assert redacted(said, *secrets) == told


@given(st.text(max_size=80), st.text("abcdefXYZ0189", min_size=7, max_size=30), st.text(max_size=80))
@example_settings(max_examples=60, deadline=None)
def test_a_secret_never_comes_through(before: str, secret: str, after: str) -> None:
    assert secret not in redacted(f"{before}{secret}{after}", f"https://hooks.example/services/{secret}")
