"""Runs a parser on hostile bytes in a process of its own, killed alone when it hangs or swells.

The child is a plain subprocess, not a multiprocessing one: `spawn` and `forkserver` import the main module
again in the child, and keep a resource tracker beside. It can be started, and started again, whatever threads
there are. PR_SET_PDEATHSIG is not used: it fires when the *thread* that started the child ends; instead the
child sees the end of its socket, and its processor time is bounded.
"""

from __future__ import annotations

import os
import pickle
import socket
import subprocess
import sys
from collections.abc import Callable
from math import ceil
from queue import LifoQueue
from time import monotonic
from typing import ParamSpec, TypeVar, cast

from veille.errors import ReaderKilled, VeilleError
from veille.fetch.child import READY, receive, send

P = ParamSpec("P")
T = TypeVar("T")

MEBIBYTE = 1024 * 1024
#: A loaded machine may need so many seconds to start an interpreter.
_START = 30.0
#: What the child keeps of the environment: no secret is near the hostile bytes.
_KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONHOME", "TZ")
_CODE = "import sys; sys.path[:] = sys.argv[4:];from veille.fetch.child import serve; serve(*map(int, sys.argv[1:4]))"


class Reader:
    """`size` killable processes that run functions. Safe for several threads.

    `deadline`: seconds a call may take; `memory`: bytes of address space; `recycle`: calls before a child
    makes room for a fresh one.
    """

    def __init__(
        self, *, size: int = 1, deadline: float = 5.0, memory: int = 512 * MEBIBYTE, recycle: int = 1000
    ) -> None:
        self._size = size
        self._deadline = deadline
        self._memory = memory
        self._recycle = recycle
        self._closed = False
        self._started = 0
        self._free: LifoQueue[_Child] = LifoQueue()

    def start(self) -> None:
        """Start the children and wait until they answer. Raises ReaderKilled when one does not start."""
        children = [self._child() for _ in range(self._size)]
        for child in children:
            self._free.put(child)
        self._started = self._size
        for child in children:
            child.ready()

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function, found by its module and name, returns in a child for these arguments.

        Raises the errors of veille that it raises, ReadError for any other, and ReaderKilled when the child
        died or passed its deadline. Waits for a free child first. Positional arguments only.
        """
        if kwargs:
            raise TypeError("the reader takes positional arguments only")
        blob = pickle.dumps((function, args), pickle.HIGHEST_PROTOCOL)
        child = self._free.get()
        try:
            if self._closed:
                raise ReaderKilled("the reader is closed")
            child = child if child.alive else self._child()
            done, result = child.ask(blob, self._deadline)
        except OSError as error:
            raise ReaderKilled("the reader cannot be started") from error
        finally:
            self._free.put(self._next(child))
        if done:
            return cast(T, result)
        raise cast(VeilleError, result)

    def close(self) -> None:
        """End the children, once they have finished their calls; those who still wait get ReaderKilled."""
        self._closed = True
        for child in [self._free.get() for _ in range(self._started)]:
            child.kill()
            self._free.put(child)

    def _child(self) -> _Child:
        return _Child(self._memory, ceil(self._deadline) + 1)

    def _next(self, child: _Child) -> _Child:
        """The same child, or a fresh one that starts while nobody waits for it."""
        if self._closed or (child.alive and child.calls < self._recycle):
            return child
        child.kill()
        try:
            return self._child()
        except OSError:  # no process or memory left: the next call tries again
            return child


class _Child:
    """One process and the socket to it; used by one thread at a time."""

    def __init__(self, memory: int, seconds: int) -> None:
        self._line, theirs = socket.socketpair()
        with theirs:
            number = str(theirs.fileno())
            self._process = subprocess.Popen(
                [sys.executable, "-c", _CODE, number, str(memory), str(seconds), *filter(None, sys.path)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env={name: os.environ[name] for name in _KEPT if name in os.environ},
                # Its own group: Ctrl-C in a terminal goes to the daemon's alone.
                process_group=0,
            )
        self._started = False
        self.alive = True
        self.calls = 0

    def ready(self) -> None:
        """Wait until it listens. Raises ReaderKilled."""
        if not self._started:
            self._line.settimeout(_START)
            if self._exchange(b"", _START) != READY:
                raise self._death()
            self._started = True

    def ask(self, blob: bytes, deadline: float) -> tuple[bool, object]:
        """One call: (True, result) or (False, error). Raises ReaderKilled."""
        self.ready()
        self.calls += 1
        answer = self._exchange(blob, deadline)
        if not answer:
            raise self._death()
        return cast(tuple[bool, object], pickle.loads(answer))

    def kill(self) -> None:
        """End the process, and wait for its end."""
        self.alive = False
        self._line.close()
        self._process.kill()
        self._process.wait()

    def _exchange(self, blob: bytes, seconds: float) -> bytes:
        end = monotonic() + seconds
        try:
            self._line.settimeout(seconds)
            if blob:
                send(self._line, blob)
            self._line.settimeout(max(end - monotonic(), 0.001))
            return receive(self._line)
        except TimeoutError:
            self.kill()
            raise ReaderKilled(f"killed after {seconds:g} s") from None
        except OSError:
            return b""
        except BaseException:
            # Ctrl-C in the middle: what the child answers later must not be taken for the next answer.
            self.kill()
            raise

    def _death(self) -> ReaderKilled:
        self.kill()
        code = self._process.returncode
        return ReaderKilled(f"the reader died ({f'signal {-code}' if code < 0 else f'exit code {code}'})")
