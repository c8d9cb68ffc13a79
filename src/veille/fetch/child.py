"""What runs inside the reader process: take a call, answer it, until the parent is gone.

Imports almost nothing: what a call needs comes with the call.
"""

from __future__ import annotations

import gc
import pickle
import resource
import signal
import socket
import struct
import sys
from contextlib import suppress
from math import ceil
from time import process_time

from veille.errors import ReadError, VeilleError

#: The length of what follows.
HEADER = struct.Struct("!Q")
#: No page read is so large; a longer message comes from a process that has gone wrong.
LONGEST = 256 * 1024 * 1024
READY = b"ready"
#: Objects made before a look for cycles, and looks before a wider one. A page makes thousands of objects that die by
#: themselves: with Python's own numbers (700, 10, 10), a tenth of the reading is spent on looking.
COLLECTIONS = (20_000, 50, 100)


def serve(descriptor: int, memory: int, seconds: int) -> None:
    """Answer calls on the socket until its other end closes, which it does when the parent dies.

    `memory` bounds the address space, in bytes; `seconds` the processor time of one call: a child that the
    parent can no longer kill stops by itself.
    """
    # Ctrl-C is for the daemon: it ends us when it has finished with us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.set_threshold(*COLLECTIONS)
    # A parent killed in the middle of an exchange is an end like another.
    with socket.socket(fileno=descriptor) as line, suppress(ConnectionError):
        send(line, READY)
        while blob := receive(line):
            _allow(seconds)
            send(line, _answer(blob))


def send(line: socket.socket, blob: bytes) -> None:
    """Write one message."""
    line.sendall(HEADER.pack(len(blob)))
    line.sendall(blob)


def receive(line: socket.socket) -> bytes:
    """Read one message; b"" when the other end is gone, or mad."""
    header = _exactly(line, HEADER.size)
    size = HEADER.unpack(header)[0] if header else 0
    return bytes(_exactly(line, size)) if size <= LONGEST else b""


def _exactly(line: socket.socket, size: int) -> bytearray:
    """So many bytes, or none when the stream ends before."""
    data = bytearray(size)
    view = memoryview(data)
    while view:
        count = line.recv_into(view)
        if not count:
            return bytearray()
        view = view[count:]
    return data


def _allow(seconds: int) -> None:
    """RLIMIT_CPU counts the whole life of the process, so that each call moves it."""
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    until = ceil(process_time()) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until if hard < 0 else min(until, hard), hard))


def _answer(blob: bytes) -> bytes:
    # The border of the process: whatever a parser raises on hostile bytes must become an answer.
    try:
        function, args = pickle.loads(blob)
        return pickle.dumps((True, function(*args)), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001
        return pickle.dumps((False, _portable(error)), pickle.HIGHEST_PROTOCOL)


def _portable(error: Exception) -> VeilleError:
    """The error itself when it is ours and survives the journey; its type's name otherwise."""
    try:
        if isinstance(error, VeilleError) and pickle.loads(pickle.dumps(error)):
            return error
    except Exception:  # noqa: BLE001 - an exception that does not pickle can raise anything
        pass
    return ReadError(f"the reader failed: {type(error).__name__}")


if __name__ == "__main__":
    sys.exit("veille starts this by itself")
