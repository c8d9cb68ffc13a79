"""A scripted SMTP server on loopback: says what the test tells it to, verb by verb."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Mapping

#: Close the connection instead of answering.
CUT = "cut"
#: Never answer.
SILENT = "silent"
#: Answer one byte now and then, for ever.
DRIP = "drip"
#: Answer continuation lines as fast as they are taken, for ever.
FLOOD = "flood"

_ANSWERS = {
    "GREET": "220 kit",
    "EHLO": "250 kit",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    "BODY": "250 2.0.0 stored",
    "QUIT": "221 bye",
    "AUTH": "235 welcome",
    "STARTTLS": "220 begin",
    "RSET": "250 ok",
}


class ScriptedSmtp:
    """`with ScriptedSmtp({"RCPT": "450 later"}) as server:`; `mails` and `said` hold what it got.

    Each answer is a text ("250-a\\r\\n250 b"), CUT, SILENT, DRIP or FLOOD, or a list used one by one.
    With `tls`, STARTTLS wraps the connection; with `implicit`, it is wrapped at once.
    """

    def __init__(
        self,
        answers: Mapping[str, str | list[str]] | None = None,
        *,
        tls: ssl.SSLContext | None = None,
        implicit: bool = False,
    ) -> None:
        self._answers: dict[str, str | list[str]] = {**_ANSWERS, **(answers or {})}
        self._tls = tls
        self._implicit = implicit
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self.port: int = self._listener.getsockname()[1]
        #: Whole messages taken, dots unstuffed not, as they came.
        self.mails: list[bytes] = []
        #: Every command line, in order.
        self.said: list[str] = []

    def __enter__(self) -> ScriptedSmtp:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)

    def _start(self, work: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=work, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self._start(self._serve, sock)

    def _serve(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError):
            if self._implicit and self._tls:
                sock = self._tls.wrap_socket(sock, server_side=True)
            self._talk(sock)
        sock.close()

    def _talk(self, sock: socket.socket) -> None:
        lines = sock.makefile("rb")
        try:
            said = self._answer(sock, "GREET")
            while said and (line := lines.readline()):
                self.said.append(line.decode("utf-8", "replace").strip())
                verb = line.split()[0].decode().upper() if line.split() else "?"
                said = self._answer(sock, verb)
                if verb == "DATA" and said.startswith("354"):
                    self.mails.append(_body(lines.readline))
                    said = self._answer(sock, "BODY")
                elif verb == "STARTTLS" and self._tls and said.startswith("220"):
                    lines.close()
                    sock = self._tls.wrap_socket(sock, server_side=True)
                    lines = sock.makefile("rb")
                elif verb == "QUIT":
                    return
        finally:
            lines.close()
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()

    def _answer(self, sock: socket.socket, verb: str) -> str:
        """What was said; "" when the connection has to be cut."""
        answer = self._answers.get(verb, "502 what?")
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if answer == CUT:
            return ""
        if answer == SILENT:
            sock.settimeout(5)
            sock.recv(1)
        elif answer in (DRIP, FLOOD):
            while not self._over.wait(0.02 if answer == DRIP else 0):
                sock.sendall(b"2" if answer == DRIP else b"250-" + b"x" * 4000 + b"\r\n")
        else:
            sock.sendall(answer.encode() + b"\r\n")
        return answer


def _body(readline: Callable[[], bytes]) -> bytes:
    body = b""
    while (line := readline()) not in (b".\r\n", b""):
        body += line
    return body
