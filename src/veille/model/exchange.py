"""What is asked of a source, what it answers, and what is remembered between two polls."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPolicy:
    """How politely and how warily to ask. Numbers: docs/concepts.md, "Numbers"."""

    #: Names the project and the operator's contact.
    user_agent: str = "veille"
    #: `host:port`, `address:port`, or CIDR that may be dialled although private.
    allow_private: tuple[str, ...] = ()
    #: For one whole dialogue, redirects included.
    deadline: timedelta = timedelta(seconds=30)
    #: On the wire, and decoded.
    max_body: int = 10 * MEGABYTE
    max_redirects: int = 5
    per_host: int = 2
    workers: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One question to a source. Headers never hold conditions: those are `etag` and `modified`."""

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    #: Entity tag of the last answer, byte-exact ("" = none).
    etag: str = ""
    #: Last-Modified of the last answer, byte-exact ("" = none).
    modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One whole answer, its body decoded from gzip or deflate and within the limits."""

    url: str
    status: int
    body: bytes
    #: Content-Type as sent ("" = none).
    content_type: str = ""
    etag: str = ""
    modified: str = ""
    #: The address that permanent redirects alone lead to ("" = the address asked).
    moved_to: str = ""
    #: The server's Date header, when readable, aware UTC.
    server_date: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The source answered 304: nothing to read."""

    url: str
    moved_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollState:
    """What a source's past leaves for its next poll; saved with the entries, in one transaction."""

    etag: str = ""
    modified: str = ""
    #: SHA-256 of the last body read, so that an identical one is not parsed.
    body_hash: bytes = b""
    #: Opaque to all but the connector.
    cursor: str = ""
    #: Hashes of the feed's head and of its items at the last read; opaque to all but the connector.
    memory: bytes = b""
    failures: int = 0
    #: First failure of the present run of failures.
    failing_since: datetime | None = None
    last_error: str = ""
    first_answer: datetime | None = None
    last_answer: datetime | None = None
    next_poll: datetime | None = None
    #: The address that identical permanent redirects name, and how many times they did.
    moved_to: str = ""
    moved_times: int = 0
    #: Why the source is no longer asked ("" = it is).
    stopped: str = ""
    #: Whether a first page was ever read: what it holds is the past, not news.
    known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A configured place to ask. `key` is the same for two clients that ask the same thing."""

    id: str
    kind: str
    url: str
    key: str
    #: Least time between two polls.
    interval: timedelta = timedelta(minutes=15)
    #: For urgency: national_press, press, blog, forum, social, review, own_page, search, other.
    place: str = "other"
    #: Everything published there concerns the client, whatever its query says.
    take_all: bool = False
    #: Options of the kind, sorted by name.
    options: tuple[tuple[str, str], ...] = field(default=())
