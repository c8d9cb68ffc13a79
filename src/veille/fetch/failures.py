"""Turns whatever the HTTP libraries raise into our own errors, in short sentences that quote nobody."""

from __future__ import annotations

import httpx

from veille.errors import DeadlineExceeded, FetchError, TooLarge, Unreachable
from veille.net.stream import reason

#: What can come out of a dialogue with a hostile server through httpx, httpcore, h11 and the sockets.
EXPECTED = (FetchError, httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError)

#: Words of h11 0.16 and httpcore 1.0.9, and what we say. Their texts may quote the server: not shown.
_PROTOCOL: tuple[tuple[str, FetchError], ...] = (
    ("too long", TooLarge("headers over 100 KB")),
    ("without sending complete", Unreachable("the answer was cut short")),
    ("incomplete", Unreachable("the answer was cut short")),
    ("without sending a response", Unreachable("the server hung up without an answer")),
)


def as_fetch_error(error: Exception) -> FetchError:
    """The error of our tree that says the same."""
    if isinstance(error, FetchError):
        return error
    if isinstance(error, httpx.TimeoutException):
        return DeadlineExceeded(str(error) or "no whole answer in time")
    if isinstance(error, httpx.RemoteProtocolError):
        return _broken_protocol(str(error))
    if isinstance(error, httpx.NetworkError):  # its text is written in net/, and quotes nobody
        return Unreachable(str(error) or "the connection failed")
    if isinstance(error, TimeoutError):
        return DeadlineExceeded("no whole answer in time")
    if isinstance(error, OSError):
        return Unreachable(reason(error))
    return Unreachable(f"the request could not be made ({type(error).__name__})")


def _broken_protocol(text: str) -> FetchError:
    known = next((ours for words, ours in _PROTOCOL if words in text), Unreachable("broken HTTP"))
    return type(known)(*known.args)
