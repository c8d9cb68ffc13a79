"""A socket as httpcore wants it, that no server can hold longer than the dialogue may last."""

from __future__ import annotations

import select
import socket
import ssl
from time import monotonic
from typing import Any

import httpcore

from veille.errors import AddressRefused


class Dialogue:
    """One exchange under way on a transport: when it must end, and which host and port it named by itself.

    Belongs to one thread at a time. Until `begin` is called there is no end but httpx's own timeouts, and
    every host counts as named.
    """

    __slots__ = ("_end", "_own", "dials")

    def __init__(self) -> None:
        self._end: float | None = None
        self._own: tuple[str, int] | None = None
        #: Connections opened since `begin`.
        self.dials = 0

    def begin(self, *, seconds: float, own: tuple[str, int]) -> None:
        """Start one exchange: it ends in so many seconds, and only `own` (host, port) may be private."""
        self._end = monotonic() + seconds
        self._own = own
        self.dials = 0

    def left(self, timeout: float | None = None) -> float | None:
        """Seconds that the next step may take, `timeout` included. Raises TimeoutError when none is left."""
        if self._end is None:
            return timeout
        left = self._end - monotonic()
        if left <= 0:
            raise TimeoutError
        return left if timeout is None else min(left, timeout)

    def named(self, host: str, port: int) -> bool:
        """Whether the exchange asked for this host and port by itself, not by a redirect."""
        return self._own is None or self._own == (host, port)


class CheckedStream(httpcore.NetworkStream):
    """A connection to a checked address. `private` says (host, port) when that address is a private one."""

    def __init__(self, sock: socket.socket, dialogue: Dialogue, *, private: tuple[str, int] | None = None) -> None:
        self._sock = sock
        self._dialogue = dialogue
        self._private = private

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """At most so many bytes, b"" at the end. Each read gets only what is left of the dialogue."""
        try:
            self._sock.settimeout(self._dialogue.left(timeout))
            return self._sock.recv(max_bytes)
        except TimeoutError:
            raise httpcore.ReadTimeout("no whole answer in time") from None
        except OSError as error:
            raise httpcore.ReadError(reason(error)) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send it all. Raises AddressRefused when a redirect would reuse a private connection."""
        if self._private and not self._dialogue.named(*self._private):
            raise AddressRefused("a redirect may not lead to a private address")
        if not buffer:  # httpcore writes the end of each request so, and a system call is not free
            return
        try:
            self._sock.settimeout(self._dialogue.left(timeout))
            self._sock.sendall(buffer)
        except TimeoutError:
            raise httpcore.WriteTimeout("the request was not taken in time") from None
        except OSError as error:
            raise httpcore.WriteError(reason(error)) from error

    def close(self) -> None:
        """Close the connection."""
        self._sock.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> CheckedStream:
        """The same connection under TLS."""
        try:
            self._sock.settimeout(self._dialogue.left(timeout))
            sock = ssl_context.wrap_socket(self._sock, server_hostname=server_hostname)
        except TimeoutError:
            self.close()
            raise httpcore.ConnectTimeout("no TLS handshake in time") from None
        except (OSError, ValueError) as error:
            self.close()
            raise httpcore.ConnectError(reason(error)) from error
        return CheckedStream(sock, self._dialogue, private=self._private)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore's pool asks of a stream."""
        if info == "is_readable":  # asked of each kept connection at each request
            return self._readable()
        return self._sock if info == "socket" else None

    def _readable(self) -> bool:
        if self._sock.fileno() < 0:
            return True
        poll = select.poll()
        poll.register(self._sock, select.POLLIN)
        return bool(poll.poll(0))


def reason(error: Exception) -> str:
    """A short sentence for a socket or TLS error, free of addresses and secrets."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the certificate is refused: {error.verify_message.partition(',')[0].lower()}"
    if isinstance(error, ssl.SSLError):
        return f"TLS failed: {(error.reason or 'broken handshake').replace('_', ' ').lower()}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return "the connection failed"
