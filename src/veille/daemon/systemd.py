"""Tells systemd how the daemon is, over the datagram socket of sd_notify(3)."""

from __future__ import annotations

import socket


def notify(address: str, state: str) -> bool:
    """Sends `state` ("READY=1") to `$NOTIFY_SOCKET`; whether it went ("" = no one listens)."""
    if not address:
        return False
    path = "\0" + address[1:] if address.startswith("@") else address
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
        try:
            sender.sendto(state.encode(), path)
        except OSError:
            return False
    return True
