"""A real SMTP server on loopback that keeps every message as an .eml file."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that arrived, and where it is kept."""

    to: str
    subject: str
    file: Path
    message: EmailMessage


@dataclass(slots=True)
class Postbox:
    """The letters so far, in order of arrival."""

    folder: Path
    letters: list[Letter]
    told: Callable[[Letter], None]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keeps a message for each recipient (aiosmtpd calls it)."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        message = message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        for recipient in envelope.rcpt_tos:
            file = self.folder / f"{len(self.letters) + 1:02d}-{recipient.split('@')[0]}.eml"
            file.write_bytes(content)
            letter = Letter(recipient, str(message["Subject"]), file, message)
            self.letters.append(letter)
            self.told(letter)
        return "250 kept"


@contextmanager
def postbox(folder: Path, *, told: Callable[[Letter], None]) -> Iterator[tuple[Postbox, int]]:
    """Receives until the end of the block; gives the box and its port."""
    folder.mkdir(parents=True, exist_ok=True)
    box = Postbox(folder, [], told)
    controller = Controller(box, hostname="127.0.0.1", port=_free_port())
    controller.start()
    try:
        yield box, controller.port
    finally:
        controller.stop()


def _free_port() -> int:
    """A port that is free now: aiosmtpd knocks at the port it was given, so that 0 would not do."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
