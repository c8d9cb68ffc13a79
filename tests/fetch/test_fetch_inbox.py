"""Mail servers that hang, drip, lie, flood or speak something else: a sentence each, in time, without a secret."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from kit_clock import ScriptedClock
from kit_dial import World
from kit_http import authority, trusting
from kit_mail import HOST, inbox, letter
from veille.demo.imap import Dropped, Folder, imap_server
from veille.errors import DeadlineExceeded, FetchError, Unreachable
from veille.fetch.imap import Limits
from veille.fetch.inbox import Account, Inbox, Post

NOON = datetime(2027, 2, 12, 11, 0, tzinfo=UTC)
TODAY = NOON.date()
PASSWORD = "s3cret"


def account(port: int, *, scheme: str = "imap", host: str = HOST) -> Account:
    return Account(url=f"{scheme}://{host}:{port}/INBOX", user="veille", password=PASSWORD)


def mails(count: int) -> list[Dropped]:
    at = NOON - timedelta(days=1)
    return [Dropped(at, letter(f"Avis {n}", "Texte", at=at, id=f"m{n}")) for n in range(count)]


@contextmanager
def listening(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server of one connection that does this; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with contextlib.suppress(OSError):
                sock, _ = server.accept()
                sock.settimeout(1.5)
                with sock, contextlib.suppress(OSError):
                    talk(sock)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def saying(*answers: bytes) -> Callable[[socket.socket], None]:
    """Greets, and answers each command with the next of these; `{tag}` is the command's."""

    def talk(sock: socket.socket) -> None:
        sock.sendall(b"* OK hello\r\n")
        lines = sock.makefile("rb")
        for answer in answers:
            tag = lines.readline().split(b" ")[0]
            sock.sendall(answer.replace(b"{tag}", tag))
        lines.readline()
        lines.close()

    return talk


def hanging(sock: socket.socket) -> None:
    sock.recv(1)


def dripping(sock: socket.socket) -> None:
    sock.sendall(b"* OK ")
    while not threading.Event().wait(0.02):
        sock.sendall(b"x")


def flooding(sock: socket.socket) -> None:
    sock.sendall(b"* OK hello\r\n")
    while True:
        sock.sendall(b"* 1 EXISTS\r\n" * 5_000)


CAPABLE = b"* CAPABILITY IMAP4rev1\r\n{tag} OK done\r\n"
BROKEN: dict[str, Callable[[socket.socket], None]] = {
    "hangs": hanging,
    "drips": dripping,
    "floods": flooding,
    "closes at once": lambda sock: None,
    "speaks HTTP": lambda sock: sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
    "speaks noise": lambda sock: sock.sendall(bytes(range(256)) * 50),
    "one endless line": lambda sock: sock.sendall(b"* OK " + b"x" * 2_000_000),
    "a literal of a terabyte": saying(CAPABLE, b"* X {1000000000000}\r\n"),
    "a literal of 5,000 digits": saying(CAPABLE, b"* X {" + b"9" * 5_000 + b"}\r\n"),
    "no capabilities": saying(b"{tag} OK done\r\n"),
    "capabilities that are no ASCII": saying(b"* CAPABILITY IMAP4rev1 \xff\r\n{tag} OK done\r\n"),
    "another tag": saying(CAPABLE, b"ZZZZ9 OK done\r\n"),
    "says good-bye": saying(CAPABLE, b"* BYE overloaded\r\n{tag} NO no\r\n"),
    "an answer to the search that is none": saying(
        CAPABLE, b"{tag} OK done\r\n", b"* OK [UIDVALIDITY 1]\r\n{tag} OK done\r\n", b"{tag} BAD no\r\n"
    ),
}


@pytest.mark.parametrize("talk", BROKEN.values(), ids=BROKEN)
def test_a_broken_server_is_a_sentence_in_time(talk: Callable[[socket.socket], None]) -> None:
    """A FetchError, whatever it does."""
    began = time.monotonic()
    with listening(talk) as port, pytest.raises(FetchError) as failed:
        inbox(port, whole=0.5).read(account(port), "", today=TODAY)
    assert time.monotonic() - began < 8
    assert PASSWORD not in str(failed.value)


def test_a_server_that_drips_is_late() -> None:
    """The time of the whole counts, not the time from byte to byte."""
    with listening(dripping) as port, pytest.raises(DeadlineExceeded, match=r"over 0.3 s"):
        inbox(port, whole=0.3).read(account(port), "", today=TODAY)


@pytest.mark.parametrize(
    "answer",
    [b"{tag} NO wrong password s3cret\r\n", b'{tag} BAD LOGIN "veille" "s3cret"\r\n'],
    ids=["refused", "repeated"],
)
def test_no_sentence_holds_the_password(answer: bytes) -> None:
    """Even where the server repeats it."""
    with listening(saying(CAPABLE, answer)) as port, pytest.raises(Unreachable) as failed:
        inbox(port).read(account(port), "", today=TODAY)
    assert "***" in str(failed.value)
    assert PASSWORD not in f"{failed.value}{account(1)!r}"


def test_a_plain_address_elsewhere_needs_starttls() -> None:
    """Nothing is said in clear on the network: this look-alike knows no STARTTLS."""
    world = World({"imap.mails.example": ("8.8.8.8",)})
    box = Inbox(world.dialler(), ssl_context=ssl.create_default_context(), limits=Limits())
    folder = Folder(mails(1))
    with imap_server(folder, ScriptedClock(NOON)) as port, pytest.raises(Unreachable, match="TLS not supported"):
        box.read(account(port), "", today=TODAY)
    assert not [line for line in folder.said if line.startswith("LOGIN")]


def test_a_plain_address_elsewhere_is_encrypted_before_anything_is_said() -> None:
    """By STARTTLS, the certificate checked."""
    ca = authority()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(HOST).configure_cert(context)
    world = World({HOST: ("8.8.8.8",)})
    folder = Folder(mails(1), password=PASSWORD, starttls=True)
    with imap_server(folder, ScriptedClock(NOON), tls=context) as port:
        post = Inbox(world.dialler(), ssl_context=trusting(ca)).read(account(port), "", today=TODAY)
        assert len(post.messages) == 1
        with pytest.raises(Unreachable, match="SSLCertVerificationError"):
            Inbox(world.dialler(), ssl_context=ssl.create_default_context()).read(account(port), "", today=TODAY)
    assert folder.said.index("STARTTLS") < folder.said.index("LOGIN")
    assert folder.said.count("LOGIN") == 1


def test_imaps_is_encrypted_and_the_certificate_checked() -> None:
    """A server of that name, and one that another authority vouches for."""
    ca = authority()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("imap.mails.example").configure_cert(context)
    folder = Folder(mails(1), password=PASSWORD)
    with imap_server(folder, ScriptedClock(NOON), tls=context) as port:
        post = inbox(port, context=trusting(ca)).read(account(port, scheme="imaps"), "", today=TODAY)
        assert len(post.messages) == 1
        with pytest.raises(Unreachable, match="SSLCertVerificationError"):
            inbox(port).read(account(port, scheme="imaps"), "", today=TODAY)


def reading(folder: Folder, cursor: str = "") -> Post:
    with imap_server(folder, ScriptedClock(NOON)) as port:
        return inbox(port).read(account(port), cursor, today=TODAY)


def test_the_newest_mail_is_not_read_again() -> None:
    """`n:*` names it always (RFC 3501, 6.4.8)."""
    folder = Folder(mails(3), password=PASSWORD)
    first = reading(folder)
    again = reading(folder, first.cursor)
    assert (len(first.messages), len(again.messages), again.cursor) == (3, 0, first.cursor)


def test_mails_of_more_than_a_month_are_left_at_a_first_reading() -> None:
    """Thirty days."""
    old = Dropped(NOON - timedelta(days=40), letter("Vieux", "x", at=NOON, id="old"))
    assert len(reading(Folder([old, *mails(1)], password=PASSWORD)).messages) == 1


def test_a_box_numbered_anew_after_a_long_silence_is_read_from_the_last_reading_on() -> None:
    """Two months without a reading: what came in them is older than a month, and new."""
    came = Dropped(NOON - timedelta(days=45), letter("Entretemps", "x", at=NOON, id="c"))
    folder = Folder([came], password=PASSWORD, validity=2)
    assert len(reading(folder, '[1, 90, "2026-12-15"]').messages) == 1


def test_a_server_that_breaks_off_leaves_what_came_before() -> None:
    """The next reading goes on from there."""
    body = b"Subject: a\r\n\r\nb"
    answers = (
        CAPABLE,
        b"{tag} OK done\r\n",
        b"* OK [UIDVALIDITY 1]\r\n{tag} OK done\r\n",
        b"* SEARCH 5 6\r\n{tag} OK done\r\n",
        b"{tag} OK done\r\n",
        b"* 1 FETCH (UID 5 BODY[]<0> {%d}\r\n%s)\r\n{tag} OK done\r\n" % (len(body), body),
    )
    with listening(saying(*answers)) as port:
        post = inbox(port).read(account(port), "", today=TODAY)
    assert (post.messages, post.more) == ((body,), True)
    assert post.cursor.startswith("[1, 5,")


def test_a_literal_larger_than_asked_for_is_one_mail_lost_not_the_box() -> None:
    """Counted, and the reading after it starts behind it."""
    answers = (
        CAPABLE,
        b"{tag} OK done\r\n",
        b"* OK [UIDVALIDITY 1]\r\n{tag} OK done\r\n",
        b"* SEARCH 5 6\r\n{tag} OK done\r\n",
        b"{tag} OK done\r\n",
        b"* 1 FETCH (UID 5 BODY[] {99000000}\r\nxxxx",
    )
    with listening(saying(*answers)) as port:
        post = inbox(port).read(account(port), "", today=TODAY)
    assert (post.messages, post.too_large, post.more) == ((), 1, True)
    assert post.cursor.startswith("[1, 5,")
