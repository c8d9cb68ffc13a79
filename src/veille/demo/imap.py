"""A small real IMAP server on loopback: one folder, read-only, that fills as the clock goes on (RFC 3501, a part)."""

from __future__ import annotations

import re
import ssl
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

from veille.model.clock import Clock

_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\([^)]*\))|(\S+)')
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: Bytes of a line that a client may send.
_LONGEST = 8_000


@dataclass(frozen=True, slots=True)
class Dropped:
    """A mail, and when it comes into the folder (aware). Its UID is its place in the folder, from 1 on."""

    at: datetime
    content: bytes


@dataclass(slots=True)
class Folder:
    """What the server holds; may be changed while it serves."""

    letters: Sequence[Dropped]
    name: str = "INBOX"
    user: str = "veille"
    password: str = "fleurs"
    validity: int = 1
    #: Whether encryption begins only when it is asked for.
    starttls: bool = False
    #: Sizes that are told instead of the real ones, by UID.
    sizes: dict[int, int] = field(default_factory=dict)
    #: Every command, as it came, without what follows LOGIN.
    said: list[str] = field(default_factory=list)

    def held(self, now: datetime) -> list[tuple[int, Dropped]]:
        """(UID, mail) of what is there at that moment."""
        return [(uid, letter) for uid, letter in enumerate(self.letters, 1) if letter.at <= now]


@contextmanager
def imap_server(
    folder: Folder | Sequence[Dropped], clock: Clock, *, tls: ssl.SSLContext | None = None
) -> Iterator[int]:
    """Serves until the end of the block; gives the port. A list of letters is the folder INBOX of veille/fleurs.

    With `tls`, connections are encrypted from their first byte on (`imaps`), or once asked where the folder says so.
    """
    held = folder if isinstance(folder, Folder) else Folder(folder)
    server = _Server(("127.0.0.1", 0), _handler(held, clock, tls))
    if tls is not None and not held.starttls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True


def _handler(folder: Folder, clock: Clock, tls: ssl.SSLContext | None) -> type[StreamRequestHandler]:
    class Handler(StreamRequestHandler):
        timeout = 10

        def handle(self) -> None:
            with suppress(OSError):
                self.wfile.write(b"* OK veille look-alike ready\r\n")
                session = _Session(folder, clock, self._ask)
                while not session.over and (line := self.rfile.readline(_LONGEST)):
                    self.wfile.write(session.answer(line.decode("utf-8", "replace").strip()))
                    if session.securing and tls is not None:
                        session.securing = False
                        self._secure(tls)

        def _secure(self, tls: ssl.SSLContext) -> None:
            self.connection = tls.wrap_socket(self.connection, server_side=True)
            self.rfile = self.connection.makefile("rb")
            self.wfile = self.connection.makefile("wb", buffering=0)

        def finish(self) -> None:
            with suppress(OSError):
                super().finish()
            # The one that encrypts took the place of the one that the server closes.
            self.connection.close()

        def _ask(self) -> str:
            self.wfile.write(b"+ \r\n")
            return self.rfile.readline(_LONGEST).decode("ascii", "replace").strip()

    return Handler


@dataclass(slots=True)
class _Session:
    folder: Folder
    clock: Clock
    #: Asks the client to go on, and gives its line.
    ask: Callable[[], str]
    known: bool = False
    chosen: bool = False
    over: bool = False
    securing: bool = False

    def answer(self, line: str) -> bytes:
        """What is said to one command."""
        tag, *words = (match[1] if match[1] is not None else match[2] or match[3] for match in _WORD.finditer(line))
        verb = " ".join(words[: 2 if words and words[0].upper() == "UID" else 1]).upper()
        self.folder.said.append(f"{verb} {' '.join(words[1:]) if verb != 'LOGIN' else ''}".strip())
        does = {
            "CAPABILITY": self._capability,
            "NOOP": lambda _: (b"", "OK done"),
            "LOGOUT": self._logout,
            "STARTTLS": self._starttls,
            "LOGIN": self._login,
            "AUTHENTICATE": self._authenticate,
            "LIST": self._list,
            "EXAMINE": self._examine,
            "SELECT": self._examine,
            "UID SEARCH": self._search,
            "UID FETCH": self._fetch,
        }.get(verb)
        said, end = does(words) if does else (b"", "BAD unknown command")
        return said + f"{tag} {end}\r\n".encode()

    def _capability(self, words: Sequence[str]) -> tuple[bytes, str]:
        more = " STARTTLS" if self.folder.starttls else ""
        return f"* CAPABILITY IMAP4rev1 AUTH=PLAIN{more}\r\n".encode(), "OK done"

    def _starttls(self, words: Sequence[str]) -> tuple[bytes, str]:
        self.securing = self.folder.starttls
        return b"", "OK begin" if self.securing else "BAD unknown command"

    def _logout(self, words: Sequence[str]) -> tuple[bytes, str]:
        self.over = True
        return b"* BYE see you\r\n", "OK done"

    def _login(self, words: Sequence[str]) -> tuple[bytes, str]:
        return self._entered([re.sub(r"\\(.)", r"\1", word) for word in words[1:3]])

    def _authenticate(self, words: Sequence[str]) -> tuple[bytes, str]:
        try:
            return self._entered(b64decode(self.ask()).decode("utf-8").split("\0")[1:])
        except ValueError:
            return b"", "BAD no base64"

    def _entered(self, given: Sequence[str]) -> tuple[bytes, str]:
        self.known = list(given) == [self.folder.user, self.folder.password]
        return (b"", "OK welcome") if self.known else (b"", f"NO [AUTHENTICATIONFAILED] wrong: {' '.join(given)}")

    def _list(self, words: Sequence[str]) -> tuple[bytes, str]:
        return b'* LIST (\\Noselect) "." ""\r\n', "OK done"

    def _examine(self, words: Sequence[str]) -> tuple[bytes, str]:
        self.chosen = self.known and words[1:2] == [self.folder.name]
        if not self.chosen:
            return b"", "NO no such folder"
        count = len(self.folder.held(self.clock.now()))
        return (
            f"* {count} EXISTS\r\n* OK [UIDVALIDITY {self.folder.validity}] valid\r\n".encode(),
            "OK [READ-ONLY] open",
        )

    def _search(self, words: Sequence[str]) -> tuple[bytes, str]:
        if not self.chosen:
            return b"", "BAD no folder is open"
        held = self.folder.held(self.clock.now())
        what, value = words[2].upper(), words[3]
        if what == "SINCE":
            found = [uid for uid, letter in held if letter.at.astimezone(UTC).date() >= _day(value)]
        else:
            first = int(value.partition(":")[0])
            # "n:*" holds the newest message always, even when it is older than n.
            found = [uid for uid, _ in held if uid >= first] or [uid for uid, _ in held[-1:]]
        return f"* SEARCH {' '.join(map(str, found))}\r\n".encode(), "OK done"

    def _fetch(self, words: Sequence[str]) -> tuple[bytes, str]:
        if not self.chosen:
            return b"", "BAD no folder is open"
        wanted = {int(uid) for uid in words[2].split(",")}
        held = [(uid, letter) for uid, letter in self.folder.held(self.clock.now()) if uid in wanted]
        return b"".join(self._one(uid, letter, words[3]) for uid, letter in held), "OK done"

    def _one(self, uid: int, letter: Dropped, what: str) -> bytes:
        if "RFC822.SIZE" in what.upper():
            size = self.folder.sizes.get(uid, len(letter.content))
            return f"* {uid} FETCH (UID {uid} RFC822.SIZE {size})\r\n".encode()
        part = re.search(r"<0\.(\d+)>", what)
        body = letter.content[: int(part[1])] if part else letter.content
        name = "BODY[]<0>" if part else "BODY[]"
        return f"* {uid} FETCH (UID {uid} {name} {{{len(body)}}}\r\n".encode() + body + b")\r\n"


def _day(written: str) -> date:
    day, month, year = written.split("-")
    return date(int(year), _MONTHS.index(month.lower()) + 1, int(day))
