"""A total time for one dialogue: at its end the connection is shut, whatever the far end drips."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from types import TracebackType


class Deadline:
    """Watches the sockets of one dialogue; `with Deadline(30) as deadline: deadline.watch(sock)`.

    Timeouts of a socket count from one byte to the next, so that a server which sends a byte now
    and then is never late. Shutting the connection from outside ends every blocked read, in TLS
    and in its handshake too: a duplicate of the descriptor is kept, since wrapping a socket
    detaches the original.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._watched: list[socket.socket] = []
        self.expired = False
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True

    def remaining(self) -> float:
        """Seconds left, never below 10 ms: a timeout of zero means something else to a socket."""
        return max(0.01, self._end - time.monotonic())

    def watch(self, sock: socket.socket) -> socket.socket:
        """Shut this connection when time is up; returns it."""
        with self._lock:
            self._watched.append(sock.dup())
            if self.expired:
                self._shut()
        return sock

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for sock in self._watched:
                sock.close()
            self._watched.clear()

    def _expire(self) -> None:
        with self._lock:
            self.expired = True
            self._shut()

    def _shut(self) -> None:
        for sock in self._watched:
            with contextlib.suppress(OSError):  # already gone
                sock.shutdown(socket.SHUT_RDWR)
