"""Turns a host into addresses within a deadline that the system's resolver does not know."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from veille.errors import DeadlineExceeded, Unreachable

#: An address family, and what `socket.connect` takes in it.
SocketAddress = tuple[int, tuple[Any, ...]]
#: The shape of `socket.getaddrinfo`.
Resolve = Callable[..., Sequence[tuple[Any, ...]]]


def lookup(host: str, port: int, *, timeout: float, resolve: Resolve = socket.getaddrinfo) -> tuple[SocketAddress, ...]:
    """Every address of the host, in the resolver's order. Raises Unreachable or DeadlineExceeded."""
    literal = _literal(host, port)
    if literal:
        return (literal,)
    rows = _ask(host, port, timeout=timeout, resolve=resolve)
    addresses = dict.fromkeys((row[0], row[4]) for row in rows)
    if not addresses:
        raise Unreachable("the name has no address")
    return tuple(addresses)


def _literal(host: str, port: int) -> SocketAddress | None:
    try:
        address = ip_address(host)
    except ValueError:
        return None
    if isinstance(address, IPv4Address):
        return socket.AF_INET, (host, port)
    return None if address.scope_id else (socket.AF_INET6, (host, port, 0, 0))


def _ask(host: str, port: int, *, timeout: float, resolve: Resolve) -> Sequence[tuple[Any, ...]]:
    # getaddrinfo cannot be interrupted: a thread of its own asks, and is left behind when it is late. It ends
    # by itself when the resolver gives up (about 30 s with the usual resolv.conf).
    answer: SimpleQueue[Sequence[tuple[Any, ...]] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            answer.put(resolve(host, port, type=socket.SOCK_STREAM))
        except (OSError, ValueError) as error:  # ValueError: UnicodeError of a name that IDNA refuses
            answer.put(error)

    Thread(target=ask, name="veille-resolve", daemon=True).start()
    try:
        found = answer.get(timeout=max(timeout, 0))
    except Empty:
        raise DeadlineExceeded("the name was not resolved in time") from None
    if isinstance(found, Exception):
        raise Unreachable("the name cannot be resolved") from found
    return found
