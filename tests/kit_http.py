"""A raw-socket HTTP server on loopback that does what a script says, byte for byte.

    with serve(answer(200, b"<rss/>")) as server:            # always the same answer
    with serve(answer(503), answer(200, b"ok")) as server:   # one after the other, the last one for ever
    with serve({"/a": [redirect("/b")], "/b": [answer()]}) as server:   # by path
    with serve(lambda asked: answer(200, asked.target.encode())) as server:
    with serve(answer(), tls=authority()) as server:         # TLS; clients use `trusting(authority())`

An answer is a list of steps, made by the verbs below and joined with `+`: bytes are sent, `Pause` waits (not
past the end of the server), `Reset` breaks the connection, `Close` ends it. After a plain answer the server
keeps the connection. `server.asked` holds every request read, `server.connections` counts connections,
`server.url("/path")` names an address, and `server.place` is the "host:port" for an allow list.
"""

from __future__ import annotations

import socket
import ssl
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from threading import Event, Lock, Thread

import trustme


@dataclass(frozen=True)
class Pause:
    """Wait, seconds."""

    seconds: float


@dataclass(frozen=True)
class Reset:
    """Break the connection: the client sees "connection reset"."""


@dataclass(frozen=True)
class Close:
    """End the connection in order."""


Step = bytes | Pause | Reset | Close
Answer = list[Step]


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    target: str
    #: Lower-case names; values in latin-1.
    headers: dict[str, str]
    body: bytes
    raw: bytes


Script = Callable[[Asked], Answer]


def answer(
    status: int = 200, body: bytes = b"", headers: Sequence[tuple[str, str]] = (), *, length: bool = True
) -> Answer:
    """A well-formed answer; `length=False` leaves Content-Length out and closes."""
    lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in headers)]
    if length and status not in (204, 304):
        lines.append(f"Content-Length: {len(body)}")
    head = "\r\n".join([*lines, "", ""]).encode("latin-1")
    return [head + body] if length else [head + body, Close()]


def redirect(location: str, status: int = 302) -> Answer:
    """An answer that sends elsewhere."""
    return answer(status, headers=[("Location", location)])


def chunked(*chunks: bytes, headers: Sequence[tuple[str, str]] = (), end: bool = True) -> Answer:
    """A chunked body; `end=False` never says it is over, and closes."""
    lines = ["HTTP/1.1 200 Said", "Transfer-Encoding: chunked", *(f"{n}: {v}" for n, v in headers), "", ""]
    body: Answer = [b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks]
    return ["\r\n".join(lines).encode("latin-1"), *body, *([b"0\r\n\r\n"] if end else [Close()])]


def raw(data: bytes) -> Answer:
    """These bytes and no others, then the end."""
    return [data, Close()]


def drip(data: bytes, every: float = 0.02) -> Answer:
    """One byte at a time."""
    return [step for byte in data for step in (bytes([byte]), Pause(every))]


def hang(seconds: float = 30.0) -> Answer:
    """Nothing more, for so long."""
    return [Pause(seconds), Close()]


def reset() -> Answer:
    """The connection breaks."""
    return [Reset()]


@cache
def authority() -> trustme.CA:
    """The one certificate authority of the tests."""
    return trustme.CA()


def trusting(ca: trustme.CA) -> ssl.SSLContext:
    """A client context that trusts this authority alone."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    ca.configure_trust(context)
    return context


@dataclass
class Server:
    """A running server; see the first lines of this file."""

    listener: socket.socket
    script: Script
    context: ssl.SSLContext | None
    #: Where it listens.
    port: int = 0
    #: The host:port of an allow list.
    place: str = ""
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    #: How many requests were being answered at the same time, at most.
    most_at_once: int = 0
    _busy: int = 0
    _stop: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)
    _open: list[socket.socket] = field(default_factory=list)
    _threads: list[Thread] = field(default_factory=list)

    def __post_init__(self) -> None:
        host, self.port = self.listener.getsockname()
        self.place = f"{host}:{self.port}"

    def url(self, path: str = "/", *, host: str = "", user: str = "") -> str:
        """An address of this server, under another host name or with credentials if asked."""
        scheme = "https" if self.context else "http"
        place = f"{host}:{self.port}" if host else self.place
        return f"{scheme}://{user + '@' if user else ''}{place}{path}"

    def accept(self) -> None:
        """Take connections until the listener is closed."""
        while not self._stop.is_set():
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                self._open.append(sock)
            self._start(self._serve, sock)

    def stop(self) -> None:
        """Close everything and wait for the threads."""
        self._stop.set()
        # Closing a listener does not wake its accept; shutting it down does.
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        with self._lock:
            for sock in self._open:
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)
        for thread in list(self._threads):
            thread.join(5)

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _serve(self, sock: socket.socket) -> None:
        with closing(sock), suppress(OSError):
            if not self.context:
                self._talk(sock)
                return
            with self.context.wrap_socket(sock, server_side=True) as secure:
                with self._lock:
                    self._open.append(secure)
                self._talk(secure)

    def _talk(self, sock: socket.socket) -> None:
        while (asked := _read(sock)) is not None:
            with self._lock:
                self.asked.append(asked)
                self._busy += 1
                self.most_at_once = max(self.most_at_once, self._busy)
            try:
                if not self._say(sock, self.script(asked)):
                    return
            finally:
                with self._lock:
                    self._busy -= 1

    def _say(self, sock: socket.socket, steps: Answer) -> bool:
        for step in steps:
            if isinstance(step, Pause):
                self._stop.wait(step.seconds)
            elif isinstance(step, Reset):
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return False
            elif isinstance(step, Close):
                return False
            else:
                sock.sendall(step)
            if self._stop.is_set():
                return False
        return True


@contextmanager
def serve(
    *answers: Answer | Script | Mapping[str, Sequence[Answer]],
    tls: trustme.CA | None = None,
    host: str = "127.0.0.1",
    names: Sequence[str] = (),
) -> Iterator[Server]:
    """Run a server for the length of the block. `names` are further hosts of its certificate."""
    context = None
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.issue_cert(host, *names).configure_cert(context)
    server = Server(socket.create_server((host, 0), backlog=128), _script(answers), context)
    server._start(server.accept)
    try:
        yield server
    finally:
        server.stop()


def _script(answers: Sequence[Answer | Script | Mapping[str, Sequence[Answer]]]) -> Script:
    first = answers[0]
    if callable(first):
        return first
    if isinstance(first, Mapping):
        queues = {path: _in_turn(list(steps)) for path, steps in first.items()}
        missing = answer(404)
        return lambda asked: queues[asked.target](asked) if asked.target in queues else missing
    return _in_turn([steps for steps in answers if isinstance(steps, list)])


def _in_turn(answers: list[Answer]) -> Script:
    lock = Lock()

    def script(_: Asked) -> Answer:
        with lock:
            return answers.pop(0) if len(answers) > 1 else answers[0]

    return script


def _read(sock: socket.socket) -> Asked | None:
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = sock.recv(65536)
        if not chunk:
            return None
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        body += sock.recv(65536)
    return Asked(method, target, headers, body, data)
