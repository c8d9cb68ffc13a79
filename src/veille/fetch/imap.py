"""imaplib over a socket dialled elsewhere: encrypted before anything is said, bounded in size and in time.

Timeouts of a socket count from one byte to the next; at the end of the whole time the connection is shut from
outside, whatever the server drips.
"""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from threading import Timer
from types import TracebackType
from urllib.parse import urlsplit

from veille.errors import TooLarge
from veille.net.dial import Dialler

#: Bytes of one message.
LARGEST = 5_000_000
#: Bytes of all that a server says in one reading.
_ALL = 60_000_000
_PORTS = {"imaps": 993, "imap": 143}
_PRINTABLE = re.compile(r"[ -~]*")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of one step, and of a whole reading."""

    step: float = 20.0
    whole: float = 60.0


class Box(imaplib.IMAP4):
    """A connection to a mail server, to be used once: `with Box(...) as box`. imaplib's errors come out as they are.

    `late` says whether its time ran out.
    """

    def __init__(self, url: str, *, dialler: Dialler, context: ssl.SSLContext, limits: Limits) -> None:
        parts = urlsplit(url)
        self.late = False
        self._secure = parts.scheme == "imaps"
        self._dialler = dialler
        self._context = context
        self._step = limits.step
        self._heard = 0
        self._line: socket.socket | None = None
        self._timer = Timer(limits.whole, self._expire)
        self._timer.daemon = True
        self._address = (parts.hostname or "", parts.port or _PORTS[parts.scheme])

    def __enter__(self) -> Box:
        self._timer.start()
        try:
            super().__init__(*self._address, timeout=self._step)
            if not self._secure and not self._is_at_home():
                self.starttls(self._context)
        except BaseException:
            self.close_down()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            with suppress(imaplib.IMAP4.error, OSError, ValueError):
                self.logout()
        self.close_down()

    def close_down(self) -> None:
        """Ends the connection, and the watch over it."""
        self._timer.cancel()
        with suppress(imaplib.IMAP4.error, OSError, AttributeError):
            self.shutdown()
        if self._line is not None:
            self._line.close()

    def enter(self, user: str, password: str) -> None:
        """Says who we are: LOGIN, or PLAIN where a name or a password is no ASCII. Raises imaplib's errors."""
        if _PRINTABLE.fullmatch(user + password):
            self.login(f'"{_escaped(user)}"', password)
        else:
            self.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())

    def examine(self, folder: str) -> bool:
        """Opens a folder to read alone; whether there is one of that name, with `/` for whatever parts its levels."""
        if self.select(_named(folder), readonly=True)[0] == "OK":
            return True
        _, found = self.list('""', '""')
        parting = re.search(rb'\)\s+"(\\?.)"', found[0]) if found and isinstance(found[0], bytes) else None
        if "/" not in folder or parting is None:
            return False
        other = folder.replace("/", parting[1].decode("ascii", "replace")[-1])
        return other != folder and self.select(_named(other), readonly=True)[0] == "OK"

    def read(self, size: int) -> bytes:
        """A literal of the server, never larger than a message may be."""
        if size > LARGEST + 1_000:
            raise TooLarge(f"the mail server announces {size} bytes")
        return self._counted(super().read(size))

    def readline(self) -> bytes:
        """A line of the server."""
        return self._counted(super().readline())

    def _counted(self, heard: bytes) -> bytes:
        self._heard += len(heard)
        if self._heard > _ALL:
            raise TooLarge(f"the mail server said over {_ALL // 1_000_000} MB")
        return heard

    def _create_socket(self, timeout: float | None) -> socket.socket:
        sock = self._dialler.connect(self.host, self.port, timeout=timeout or self._step)
        sock.settimeout(timeout)
        # Kept beside: wrapping a socket detaches the original.
        self._line = sock.dup()
        if not self._secure:
            return sock
        try:
            return self._context.wrap_socket(sock, server_hostname=self.host)
        except BaseException:
            sock.close()
            raise

    def _is_at_home(self) -> bool:
        """Whether the far end is this very machine: then nobody listens on the way."""
        return ip_address(str(self.sock.getpeername()[0]).partition("%")[0]).is_loopback

    def _expire(self) -> None:
        self.late = True
        if self._line is not None:
            with suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)


def _named(folder: str) -> str:
    """The folder's name as it is sent: modified UTF-7 (RFC 3501, 5.1.3), quoted."""

    def shifted(found: re.Match[str]) -> str:
        return f"&{b64encode(found[0].encode('utf-16-be')).decode('ascii').rstrip('=').replace('/', ',')}-"

    return f'"{_escaped(re.sub("[^ -~]+", shifted, folder.replace("&", "&-")))}"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
