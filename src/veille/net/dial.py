"""Opens connections, only to addresses it has checked; fetch and the channels all dial through it."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any

import httpcore
import httpx

from veille.errors import AddressRefused, DeadlineExceeded, Unreachable
from veille.net.resolve import Resolve, SocketAddress, lookup
from veille.net.stream import CheckedStream, Dialogue, reason
from veille.net.transport import PoolTransport
from veille.text.address import Kind, allow_list, host_key, kind_of, refusal

#: Opens a TCP connection to one numeric address within so many seconds. Raises OSError.
Dial = Callable[[SocketAddress, float], socket.socket]


def dial(address: SocketAddress, timeout: float) -> socket.socket:
    """A TCP connection to that very address, no name resolved. Raises OSError."""
    family, place = address
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.settimeout(timeout)
        sock.connect(place)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        sock.close()
        raise
    return sock


class Dialler:
    """Resolves, checks every answer, and dials the very address that was checked. Safe for several threads.

    `allow_private` holds `host:port`, `address:port` and CIDR; ValueError when an entry is none of them.
    """

    def __init__(
        self, allow_private: tuple[str, ...] = (), resolve: Resolve = socket.getaddrinfo, dial: Dial = dial
    ) -> None:
        self._allowed = allow_list(allow_private)
        self._resolve = resolve
        self._dial = dial

    def connect(
        self, host: str, port: int, *, timeout: float, trusted: bool = False, redirected: bool = False
    ) -> socket.socket:
        """A connected TCP socket, within `timeout` seconds in all.

        `trusted` skips the check (an address that the operator wrote for the purpose: the mail server's);
        `redirected` means the far end chose the host: then the allow list does not count.
        Raises AddressRefused, Unreachable or DeadlineExceeded.
        """
        end = monotonic() + timeout
        if not 0 < port < 65536:
            raise AddressRefused("there is no such port")
        addresses = lookup(host, port, timeout=timeout, resolve=self._resolve)
        if not trusted:
            self._check(host, port, addresses=addresses, redirected=redirected)
        return self._open(addresses, end=end)

    def _check(self, host: str, port: int, *, addresses: tuple[SocketAddress, ...], redirected: bool) -> None:
        public = [kind_of(place[0]) is Kind.PUBLIC for _, place in addresses]
        if all(public):
            return
        for _, place in addresses:
            why = refusal(place[0], port, name=host, allowed=self._allowed)
            if why:
                raise AddressRefused(why)
        if any(public):
            raise AddressRefused("the name has both public and private addresses")
        if redirected:
            raise AddressRefused("a redirect may not lead to a private address")

    def _open(self, addresses: tuple[SocketAddress, ...], *, end: float) -> socket.socket:
        failure: OSError = TimeoutError()
        for waiting, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
            # One address that swallows packets must not use up the time of those after it.
            share = (end - monotonic()) / waiting
            if share <= 0:
                break
            try:
                return self._dial(address, share)
            except OSError as error:
                failure = error
        if isinstance(failure, TimeoutError):
            raise DeadlineExceeded("no connection in time") from failure
        raise Unreachable(reason(failure)) from failure


class CheckedBackend(httpcore.NetworkBackend):
    """What httpcore opens its connections with. Connections that time does not bound wait 30 s at most."""

    def __init__(self, dialler: Dialler, dialogue: Dialogue) -> None:
        self._dialler = dialler
        self._dialogue = dialogue

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> CheckedStream:
        """A stream to a checked address. Raises AddressRefused, or httpcore's connection errors."""
        self._dialogue.dials += 1
        key = (host_key(host), port)
        try:
            left = self._dialogue.left(timeout) or 30.0
            sock = self._dialler.connect(host, port, timeout=left, redirected=not self._dialogue.named(*key))
        except (TimeoutError, DeadlineExceeded) as error:
            raise httpcore.ConnectTimeout(str(error) or "no connection in time") from error
        except Unreachable as error:
            raise httpcore.ConnectError(str(error)) from error
        return CheckedStream(sock, self._dialogue, private=key if _private(sock) else None)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> CheckedStream:
        """Never: a path is no address on the network."""
        raise AddressRefused("a unix socket is never dialled")


def _private(sock: socket.socket) -> bool:
    """Whether its far end is private, asked of the connection itself. Raises httpcore.ConnectError when it is gone."""
    try:
        return kind_of(sock.getpeername()[0]) is not Kind.PUBLIC
    except OSError as error:
        sock.close()
        raise httpcore.ConnectError(reason(error)) from error


def checked_transport(
    dialler: Dialler,
    *,
    ssl_context: ssl.SSLContext,
    dialogue: Dialogue | None = None,
    connections: int = 2,
    keep_alive: float = 15.0,
) -> httpx.BaseTransport:
    """A transport for one thread at a time, whose every connection goes through the dialler.

    With a `dialogue`, its deadline bounds every step, and redirects cannot reach private addresses. Errors
    are httpx's, and AddressRefused. Give it to `httpx.Client(transport=..., trust_env=False)`.
    """
    backend = CheckedBackend(dialler, dialogue or Dialogue())
    return PoolTransport(backend, ssl_context=ssl_context, connections=connections, keep_alive=keep_alive)
