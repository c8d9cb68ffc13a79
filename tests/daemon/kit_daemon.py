"""Starts, kills and watches real daemons: `python -m veille run`, and one that is forked often and runs fast.

As a script (`python kit_daemon.py CONFIG ZERO`) it reads lines "round SECONDS": each forks a process that runs the
daemon on a clock 600 times as fast as ours, and kills it with SIGKILL that many seconds after it is ready.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue
from threading import Thread
from time import monotonic, time

SPEED = 600
BEGINS = datetime(2027, 2, 12, 11, 0, tzinfo=UTC)


@dataclass
class Running:
    """A daemon process, and what it logs."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    heard: Queue[str] = field(default_factory=Queue)

    def listen(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.lines.append(line)
            self.heard.put(line)

    def until(self, word: str, *, within: float = 20) -> str:
        """The first line from here on that holds the word."""
        end = monotonic() + within
        while True:
            line = self.heard.get(timeout=max(end - monotonic(), 0.01))
            if word in line:
                return line

    def end(self, *, within: float = 10) -> tuple[int, float]:
        """SIGTERM: the exit code, and how long it took."""
        began = monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(within)
        return code, monotonic() - began


@contextmanager
def daemon(config: Path, *, notify: Path | None = None) -> Iterator[Running]:
    """`python -m veille run`, killed at the end if it is still there."""
    environment = {**os.environ, **({"NOTIFY_SOCKET": str(notify)} if notify else {})}
    command = [sys.executable, "-m", "veille", "run", "--config", str(config)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    running = Running(process)
    listener = Thread(target=running.listen, daemon=True)
    listener.start()
    try:
        yield running
    finally:
        process.kill()
        process.wait()
        listener.join(5)
        assert process.stderr
        process.stderr.close()


@contextmanager
def systemd(path: Path) -> Iterator[Callable[[str], None]]:
    """The far end of sd_notify: gives a function that waits for a state to be said."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(path))

        def wait_for(state: str) -> None:
            ear.settimeout(20)
            while ear.recv(200).decode() != state:
                pass

        yield wait_for


class FastClock:
    """The same fast time in every process."""

    def __init__(self, zero: float) -> None:
        self._zero = zero

    def now(self) -> datetime:
        return BEGINS + timedelta(seconds=(time() - self._zero) * SPEED)


def serve(config: Path, zero: float) -> None:
    """Forks a daemon for each line read, and kills it when its time is over; 0 lets it run until it is idle."""
    from veille.bootstrap import open_house, read_settings, system_dice
    from veille.cli.logs import configure
    from veille.daemon.run import Daemon

    def live(ready: int) -> None:
        with open_house(read_settings(config).installation, clock=FastClock(zero), dice=system_dice()) as house:
            running = Daemon(house, load=lambda: read_settings(config).installation, beat=0.02)
            running.listen()
            os.write(ready, b"!")
            running.run()

    configure("INFO")
    for line in sys.stdin:
        inside, outside = os.pipe()
        child = os.fork()
        if not child:
            live(outside)
            os._exit(0)
        os.close(outside)
        assert os.read(inside, 1), "the daemon did not start"
        # Readable when the child is gone: nothing else ends this wait early.
        select.select([inside], [], [], float(line))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(inside)
        os.write(1, b"killed\n")


if __name__ == "__main__":
    serve(Path(sys.argv[1]), float(sys.argv[2]))
