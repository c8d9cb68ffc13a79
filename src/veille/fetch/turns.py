"""Lets so many requests at once reach one host, whatever the thread they come from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, Semaphore

from veille.errors import HostBusy


@dataclass(slots=True)
class _Queue:
    seats: Semaphore
    #: Threads in it or waiting for it: at none, the host is forgotten.
    users: int = field(default=0)


class Turns:
    """`per_host` seats for each host, shared by all threads."""

    def __init__(self, per_host: int) -> None:
        self._per_host = per_host
        self._lock = Lock()
        self._queues: dict[str, _Queue] = {}

    @contextmanager
    def at(self, host: str, *, timeout: float) -> Iterator[None]:
        """Hold one seat. Raises HostBusy when none is free within `timeout` seconds."""
        with self._lock:
            queue = self._queues.setdefault(host, _Queue(Semaphore(self._per_host)))
            queue.users += 1
        try:
            if not queue.seats.acquire(timeout=timeout):
                raise HostBusy("other requests keep this host busy")
            try:
                yield
            finally:
                queue.seats.release()
        finally:
            self._leave(host, queue)

    def _leave(self, host: str, queue: _Queue) -> None:
        with self._lock:
            queue.users -= 1
            if not queue.users:
                del self._queues[host]

    def __len__(self) -> int:
        """Hosts in use."""
        return len(self._queues)
