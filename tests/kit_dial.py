"""A world where names have public addresses that are really servers on loopback."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from typing import Any

from veille.net.dial import Dialler, dial
from veille.net.resolve import SocketAddress


class Disguised(socket.socket):
    """A socket to loopback that says it reached a public address."""

    peer: tuple[Any, ...] = ()

    def getpeername(self) -> tuple[Any, ...]:
        return self.peer or super().getpeername()


class World:
    """Names and their addresses; a public address leads to the same port of 127.0.0.1.

    `world.dialled` lists the addresses that were really dialled, in order; `world.looked_up` the names.
    """

    def __init__(self, names: Mapping[str, tuple[str, ...]]) -> None:
        self._names = names
        self.dialled: list[str] = []
        self.looked_up: list[str] = []

    def dialler(self, *allow_private: str) -> Dialler:
        """A dialler that lives in this world."""
        return Dialler(allow_private, resolve=self.resolve, dial=self.dial)

    def resolve(self, host: str, port: int, **_: object) -> list[tuple[Any, ...]]:
        """As socket.getaddrinfo; numbers in odd clothes are undressed by the real one."""
        self.looked_up.append(host)
        if host not in self._names:
            return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST))
        rows = self._names[host]
        return [
            (socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in rows
        ]

    def dial(self, address: SocketAddress, timeout: float) -> socket.socket:
        """As veille.net.dial.dial."""
        ip, port = address[1][0], address[1][1]
        self.dialled.append(ip)
        sock = dial((socket.AF_INET, ("127.0.0.1", port)), timeout)
        disguised = Disguised(fileno=sock.detach())
        disguised.peer = (ip, port)
        return disguised
