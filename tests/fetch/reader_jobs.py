"""What the tests run inside the reader process: found there by module and name."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from threading import get_ident

from veille.errors import BadStatus, NotAFeed, QueryError
from veille.model.entry import Entry, Page


def page(body: bytes) -> Page:
    return Page(entries=(Entry(key=str(len(body)), title="été"),))


def where() -> int:
    return os.getpid()


def modules() -> list[str]:
    return sorted({name.partition(".")[0] for name in sys.modules})


def environment() -> list[str]:
    return sorted(os.environ)


def not_a_feed() -> None:
    raise NotAFeed("a login page")


def bad_status() -> None:
    raise BadStatus(503)


def query_error() -> None:
    raise QueryError("no", query="a AND", column=5)


def broken() -> None:
    raise UnicodeDecodeError("utf-8", b"secret", 0, 1, "secret")


def unpicklable() -> object:
    return get_ident.__self__ or (lambda: None)


def hang() -> None:
    while True:
        pass


def swell() -> int:
    return len(bytearray(2_000_000_000))


def recurse(depth: int) -> int:
    return recurse(depth + 1)


def crash() -> None:
    ctypes.string_at(0)


def leave() -> None:
    os._exit(7)


def handler_of_ctrl_c() -> bool:
    return signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def print_something() -> str:
    sys.stdout.write("this goes nowhere")
    return "done"
