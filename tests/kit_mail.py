"""Mails and mail boxes for tests: a letter in a line, and an inbox that finds the look-alike server under a name."""

from __future__ import annotations

import socket
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any
from zlib import crc32

from veille.fetch.imap import Limits
from veille.fetch.inbox import Inbox
from veille.net.dial import Dialler


def letter(
    subject: str, text: str, *, at: datetime, sender: str = "Ann Lee <ann@people.example>", id: str = ""
) -> bytes:
    """A mail of plain text; its id is its subject's, unless one is given."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["Subject"] = subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{id or crc32(subject.encode())}@people.example>"
    mail.set_content(text)
    return mail.as_bytes()


HOST = "imap.mails.example"


def inbox(port: int, *, whole: float = 20.0, context: ssl.SSLContext | None = None) -> Inbox:
    """An inbox for which every name is this machine, allowed to dial it at that port."""

    def resolve(host: str, port: int, **_: object) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    dialler = Dialler((f"{HOST}:{port}",), resolve=resolve)
    return Inbox(dialler, ssl_context=context or ssl.create_default_context(), limits=Limits(step=whole, whole=whole))
