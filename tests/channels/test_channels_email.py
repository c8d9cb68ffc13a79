"""Mail over real sockets: every way a server may answer, and what the mail looks like when it arrives."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler

from kit_http import trusting
from kit_smtp import CUT, DRIP, FLOOD, SILENT, ScriptedSmtp
from veille.channels.base import Accounts, check
from veille.channels.email import MailNotifier
from veille.model.installation import MailAccount
from veille.model.message import Message, Outcome, Picture, Result, Urgent
from veille.model.person import Channel
from veille.model.secret import Secret
from veille.net.dial import Dialler

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
#: Loading the certificates of the system takes 25 ms: once.
CONTEXT = ssl.create_default_context()
PASSWORD = "tres-secret-42"
ALERT = Message(
    kind="alert",
    client_id="floreal",
    subject="FL Floréal · début de bad buzz",
    text="Deux auteurs, deux sites.\n.seul point\nÉté",
    urgent=Urgent.NOW,
    code="F-4821",
)
DIGEST = replace(
    ALERT,
    kind="digest",
    urgent=Urgent.CALM,
    html='<html><body class="x"><p>Bonjour</p><img src="cid:days"></body></html>',
    pictures=(Picture(cid="days", png=PNG, alt="14 jours"),),
)
CAMILLE = Channel(id="camille-mail", kind="email", address=Secret("camille.durand@agence.example"))


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def server_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


def accounts(port: int, *, authority: trustme.CA | None = None, **account: object) -> Accounts:
    context = trusting(authority) if authority else CONTEXT
    mail = MailAccount(host="localhost", port=port, sender="veille <veille@agence.example>")
    return Accounts(
        mail=replace(mail, **{"security": "none", **account}),
        dialler=Dialler(),
        host="veille.agence.example",
        user_agent="veille/test",
        ssl_context=context,
    )


def send(where: Accounts, message: Message = ALERT, *, total: float = 5, repeat: bool = False) -> Outcome:
    notifier = MailNotifier(where, total=timedelta(seconds=total))
    return notifier.send(CAMILLE, message, key="n-17", possible_repeat=repeat)


def arrived(mail: bytes) -> EmailMessage:
    parsed = message_from_bytes(mail, policy=default)
    assert isinstance(parsed, EmailMessage)
    return parsed


SENT, LATER, NEVER, PERHAPS = Result.SENT, Result.TEMPORARY, Result.PERMANENT, Result.UNKNOWN


@pytest.mark.parametrize(
    ("answers", "result", "dead"),
    [
        pytest.param({}, SENT, False, id="a willing server"),
        pytest.param({"EHLO": "502 no", "HELO": "250 kit"}, SENT, False, id="an old server that knows HELO only"),
        pytest.param({"QUIT": CUT}, SENT, False, id="cut at the goodbye"),
        pytest.param({"GREET": "421 busy"}, LATER, False, id="421 in place of a greeting"),
        pytest.param({"GREET": "554 you are listed"}, NEVER, True, id="554 in place of a greeting"),
        pytest.param({"GREET": CUT}, LATER, False, id="cut before the greeting"),
        pytest.param({"GREET": "HTTP/1.1 400 Bad Request"}, LATER, False, id="not a mail server"),
        pytest.param({"MAIL": "452 full"}, LATER, False, id="452 no room for now"),
        pytest.param({"MAIL": "552 too big"}, NEVER, False, id="552 too big is the message's fault"),
        pytest.param({"MAIL": "553 not your address"}, NEVER, True, id="553 the sender is not ours"),
        pytest.param({"RCPT": "450 4.2.0 greylisted"}, LATER, False, id="450 greylisting"),
        pytest.param({"RCPT": "451 local error"}, LATER, False, id="451 local error"),
        pytest.param({"RCPT": "421 going down"}, LATER, False, id="421 in the middle"),
        pytest.param({"RCPT": "550 5.1.1 unknown"}, NEVER, True, id="550 unknown recipient"),
        pytest.param({"RCPT": "551 moved"}, NEVER, True, id="551 recipient elsewhere"),
        pytest.param({"RCPT": "553 bad name"}, NEVER, True, id="553 recipient name refused"),
        pytest.param({"RCPT": "552 mailbox full"}, NEVER, False, id="552 mailbox full"),
        pytest.param({"RCPT": CUT}, LATER, False, id="cut before DATA: nothing left"),
        pytest.param({"DATA": "451 later"}, LATER, False, id="451 at DATA"),
        pytest.param({"DATA": "554 no valid recipients"}, NEVER, False, id="554 at DATA"),
        pytest.param({"BODY": "554 5.7.1 looks like spam"}, NEVER, False, id="554 the content is refused"),
        pytest.param({"BODY": "550 5.1.1 unknown after all"}, NEVER, True, id="550 5.1.1 after the body"),
        pytest.param({"BODY": "451 4.3.0 disk"}, LATER, False, id="451 after the body"),
        pytest.param({"BODY": CUT}, PERHAPS, False, id="cut after the body: it may have arrived"),
    ],
)
def test_what_an_answer_means(answers: dict[str, str], result: Result, dead: bool) -> None:
    with ScriptedSmtp(answers) as server:
        outcome = send(accounts(server.port))
    assert (outcome.result, outcome.channel_dead) == (result, dead), outcome.detail
    assert "camille" not in outcome.detail


@pytest.mark.parametrize(
    ("answers", "result"),
    [
        pytest.param({"GREET": SILENT}, LATER, id="silent from the start"),
        pytest.param({"GREET": DRIP}, LATER, id="a greeting of one byte now and then"),
        pytest.param({"RCPT": DRIP}, LATER, id="drips in the middle"),
        pytest.param({"BODY": SILENT}, PERHAPS, id="silent after the body"),
        pytest.param({"BODY": DRIP}, PERHAPS, id="drips after the body"),
        pytest.param({"STARTTLS": SILENT}, LATER, id="silent at STARTTLS"),
    ],
)
def test_the_total_time_is_bounded(answers: dict[str, str], result: Result) -> None:
    # Longer where the dialogue has to come to the body first, even on a busy machine.
    total = 0.5 if "BODY" in answers else 0.2
    tls = {"EHLO": "250-kit\r\n250 STARTTLS"} if "STARTTLS" in answers else {}
    with ScriptedSmtp({**tls, **answers}) as server:
        outcome = send(accounts(server.port, security="starttls" if tls else "none"), total=total)
    assert outcome.result is result
    assert f"no end after {total} s" in outcome.detail


def test_a_tls_handshake_that_never_comes_is_bounded() -> None:
    with ScriptedSmtp({"GREET": SILENT}) as server:
        outcome = send(accounts(server.port, security="tls"), total=0.2)
    assert outcome.result is LATER


def test_answers_for_ever_fill_no_memory() -> None:
    with ScriptedSmtp({"EHLO": FLOOD}) as server:
        outcome = send(accounts(server.port))
    assert outcome.result is LATER
    assert "over their limit" in outcome.detail


def test_no_server_at_all_is_temporary() -> None:
    with ScriptedSmtp() as server:
        port = server.port
    assert send(accounts(port)).result is LATER


@pytest.mark.parametrize(
    ("security", "answers"),
    [
        pytest.param("starttls", {"EHLO": "250-kit\r\n250 AUTH PLAIN"}, id="STARTTLS is not offered"),
        pytest.param("starttls", {"EHLO": "250-kit\r\n250 STARTTLS", "STARTTLS": "454 no"}, id="refused"),
        pytest.param("starttls", {"EHLO": "250-kit\r\n250 STARTTLS", "STARTTLS": CUT}, id="cut"),
        pytest.param("starttls", {"EHLO": "250-kit\r\n250 STARTTLS"}, id="clear text after 220"),
        pytest.param("tls", {}, id="clear text where TLS was due"),
        pytest.param("none", {"EHLO": "250-kit\r\n250 AUTH PLAIN LOGIN"}, id="configured without encryption"),
    ],
)
def test_a_password_never_goes_in_clear(security: str, answers: dict[str, str]) -> None:
    with ScriptedSmtp(answers) as server:
        outcome = send(accounts(server.port, security=security, user="veille", password=Secret(PASSWORD)), total=1)
    assert outcome.result is not SENT
    assert server.mails == []
    assert not [line for line in server.said if line.startswith("AUTH")]
    assert PASSWORD not in outcome.detail


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_login_and_mail_under_encryption(security: str, authority: trustme.CA, server_tls: ssl.SSLContext) -> None:
    offers = {"EHLO": "250-kit\r\n250-STARTTLS\r\n250 AUTH PLAIN"}
    with ScriptedSmtp(offers, tls=server_tls, implicit=security == "tls") as server:
        outcome = send(
            accounts(
                server.port,
                authority=authority,
                security=security,
                user="veille",
                password=Secret(PASSWORD),
            )
        )
    assert outcome.result is SENT, outcome.detail
    assert len(server.mails) == 1


@pytest.mark.parametrize(
    ("answer", "result", "dead"),
    [
        pytest.param(f"535 5.7.8 bad {PASSWORD}", NEVER, True, id="535 wrong password, echoed"),
        pytest.param("454 4.7.0 try later", LATER, False, id="454 the directory is down"),
    ],
)
def test_a_refused_login_condemns_the_account(
    answer: str, result: Result, dead: bool, authority: trustme.CA, server_tls: ssl.SSLContext
) -> None:
    offers = {"EHLO": "250-kit\r\n250-STARTTLS\r\n250 AUTH PLAIN", "AUTH": answer}
    with ScriptedSmtp(offers, tls=server_tls) as server:
        where = accounts(
            server.port, authority=authority, security="starttls", user="veille", password=Secret(PASSWORD)
        )
        outcome = send(where)
    assert (outcome.result, outcome.channel_dead) == (result, dead), outcome.detail
    assert PASSWORD not in outcome.detail


def test_an_unknown_certificate_is_refused_and_tried_again_later(server_tls: ssl.SSLContext) -> None:
    with ScriptedSmtp({"EHLO": "250-kit\r\n250 STARTTLS"}, tls=server_tls) as server:
        outcome = send(accounts(server.port, security="starttls"))
    assert outcome.result is LATER
    assert "certificate" in outcome.detail
    assert server.mails == []


def test_one_of_three_recipients_refused_leaves_one_copy_to_each_other() -> None:
    with ScriptedSmtp({"RCPT": ["250 ok", "550 5.1.1 unknown", "250 ok"]}) as server:
        notifier = MailNotifier(accounts(server.port))
        people = [replace(CAMILLE, address=Secret(f"{name}@agence.example")) for name in ("ana", "bob", "eve")]
        results = [notifier.send(to, ALERT, key=f"n-{to.address.reveal()}").result for to in people]
    assert results == [SENT, NEVER, SENT]
    assert [arrived(mail)["To"] for mail in server.mails] == ["ana@agence.example", "eve@agence.example"]


def test_a_repeat_keeps_its_message_id_and_says_so() -> None:
    with ScriptedSmtp({"BODY": [CUT, "250 ok"]}) as server:
        where = accounts(server.port)
        assert send(where, DIGEST).result is PERHAPS
        assert send(where, DIGEST, repeat=True).result is SENT
    first, second = map(arrived, server.mails)
    assert first["Message-ID"] == second["Message-ID"] == "<n-17@veille.agence.example>"
    assert first["X-Veille-Possible-Repeat"] is None
    assert second["X-Veille-Possible-Repeat"] == "yes"
    text, page = second.get_body(("plain",)), second.get_body(("html",))
    assert text is not None
    assert text.get_content().startswith("Ce message vous est peut-être déjà parvenu")
    assert page is not None
    assert '<body class="x"><p>Ce message vous est' in page.get_content()


class _Kept(MessageHandler):
    """Keeps what a real server hands over."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[bytes] = []

    def handle_message(self, message: object) -> None:
        self.mails.append(message.as_bytes())


@contextmanager
def real_server() -> Iterator[tuple[_Kept, int]]:
    kept = _Kept()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield kept, port
    finally:
        controller.stop()


def test_what_a_real_server_receives() -> None:
    with real_server() as (kept, port):
        outcome = send(accounts(port, unsubscribe="https://veille.agence.example/u/7"), DIGEST)
    assert outcome.result is SENT
    mail = arrived(kept.mails[0])
    assert mail["Subject"] == "FL Floréal · début de bad buzz"
    assert mail["From"] == "veille <veille@agence.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Precedence"] == "bulk"
    assert mail["X-Veille"] == "digest; host=veille.agence.example"
    assert mail["List-Unsubscribe"] == "<https://veille.agence.example/u/7>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["References"] == "<floreal.F-4821@veille.agence.example>"
    assert mail["X-Priority"] is None
    assert mail.get_content_type() == "multipart/alternative"
    text, related = mail.iter_parts()
    assert text.get_content() == "Deux auteurs, deux sites.\n.seul point\nÉté\n"
    assert related.get_content_type() == "multipart/related"
    page, picture = related.iter_parts()
    assert 'src="cid:days"' in page.get_content()
    assert picture["Content-ID"] == "<days>"
    assert picture.get_content() == PNG


def test_several_threads_may_send_at_once() -> None:
    with ScriptedSmtp() as server:
        notifier = MailNotifier(accounts(server.port))
        threads = [
            threading.Thread(target=notifier.send, args=(CAMILLE, ALERT), kwargs={"key": f"n-{n}"}) for n in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len({arrived(mail)["Message-ID"] for mail in server.mails}) == 8


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("camille@agence.example", True),
        ("camille+veille@agence.example", True),
        ("Camille <camille@agence.example>", True),
        ("camille@crêpes.example", True),
        ("camille", False),
        ("camille@", False),
        ("a@b.example, c@d.example", False),
        ("a@b.example\r\nBcc: c@d.example", False),
        ("camille@agence example", False),
        ("", False),
    ],
)
def test_addresses(address: str, fine: bool) -> None:
    assert (check(replace(CAMILLE, address=Secret(address))) == "") is fine
