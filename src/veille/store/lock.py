"""One daemon a SQLite database: a lock file beside it that the kernel frees with the process."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from veille.errors import StoreError, StoreTaken
from veille.store.engine import Store


@contextmanager
def hold(store: Store) -> Iterator[None]:
    """Be the only daemon on this database for the length of the block. Raises StoreTaken.

    On PostgreSQL several daemons share the work by leases, and nothing is held.
    """
    if store.file is None:
        yield
        return
    with held(store.file):
        yield


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Hold the lock file of a SQLite database. Raises StoreTaken, naming the process that has it; StoreError."""
    path = database.with_name(database.name + ".lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreError(f"{path}: the lock file cannot be opened: {error.strerror}") from error
    try:
        _take(descriptor, database)
        _sign(descriptor, path)
        yield
    finally:
        os.close(descriptor)


def _sign(descriptor: int, path: Path) -> None:
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    except OSError as error:
        raise StoreError(f"{path}: the lock file cannot be written: {error.strerror}") from error


def _take(descriptor: int, database: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(descriptor, 20, 0).decode(errors="replace") or "?"
        raise StoreTaken(f"{database}: another veille daemon holds it (process {holder})") from error
