"""One SMTP dialogue on a socket that we opened: one message, one recipient, no fall back to clear text."""

from __future__ import annotations

import contextlib
import io
import smtplib
import socket
import ssl
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from veille.model.installation import MailAccount

#: All the answers of one dialogue together, bytes: a server that talks for ever fills no memory.
ANSWERS = 256 * 1024

Dial = Callable[[str, int, float], socket.socket]


class Step(StrEnum):
    """How far the dialogue went; what a refusal means depends on it."""

    CONNECT = "connect"
    LOGIN = "login"
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"


class _Bounded(io.RawIOBase):
    """Reads lines until all of them together pass the limit."""

    def __init__(self, inner: io.BufferedReader) -> None:
        self._inner = inner
        self._left = ANSWERS

    def readline(self, size: int | None = -1, /) -> bytes:
        line = self._inner.readline(-1 if size is None else size)
        self._left -= len(line)
        if self._left < 0:
            raise OSError("the server's answers are over their limit")
        # smtplib takes half a line before a cut, "250" say, for a whole answer.
        return line if line.endswith(b"\n") or len(line) == size else b""

    def close(self) -> None:
        self._inner.close()


class Dialogue(smtplib.SMTP):
    """smtplib over a socket dialled elsewhere, with a bound on what the server may say."""

    #: What was being said when the dialogue ended.
    step = Step.CONNECT

    def __init__(self, account: MailAccount, *, dial: Dial, context: ssl.SSLContext, name: str) -> None:
        self._dial = dial
        self._account = account
        self._context = context
        # A name given here spares getfqdn(), which asks the network.
        super().__init__(account.host, account.port, local_hostname=name, timeout=10)

    def _get_socket(self, host: str, port: int, timeout: Any) -> socket.socket:
        sock = self._dial(host, port, timeout)
        if self._account.security != "tls":
            return sock
        try:
            return self._context.wrap_socket(sock, server_hostname=host)
        except BaseException:
            sock.close()
            raise

    def getreply(self) -> tuple[int, bytes]:
        """As smtplib's, the sum of all answers bounded."""
        if self.file is None and self.sock is not None:
            self.file = _Bounded(self.sock.makefile("rb"))
        return super().getreply()

    def carry(self, mail: bytes, *, sender: str, to: str) -> str:
        """From the greeting to the server's acceptance, which is returned.

        Raises smtplib.SMTPException, OSError; `step` says where.
        """
        self._secure()
        self.step = Step.SENDER
        self._expect(*self.mail(sender))
        self.step = Step.RECIPIENT
        self._expect(*self.rcpt(to))
        self.step = Step.DATA
        code, said = self._expect(*self.data(mail))
        return f"{code} {said.decode('utf-8', 'replace')}"

    def leave(self) -> None:
        """Say goodbye; how that ends changes nothing."""
        with contextlib.suppress(smtplib.SMTPException, OSError):
            if self.sock is not None:
                self.sock.settimeout(2)
            self.quit()
        self.close()

    def _secure(self) -> None:
        self.ehlo_or_helo_if_needed()
        self.step = Step.LOGIN
        if self._account.security == "starttls":
            self.starttls(context=self._context)
            self.ehlo_or_helo_if_needed()
        if self._account.user and self._account.password:
            self.login(self._account.user, self._account.password.reveal())

    @staticmethod
    def _expect(code: int, said: bytes) -> tuple[int, bytes]:
        if not 200 <= code < 300:
            raise smtplib.SMTPResponseException(code, said)
        return code, said
