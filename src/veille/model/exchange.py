"""What is asked of a source, what it answers, and what is remembered between two polls."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from veille.model.search import Ask
from veille.model.secret import Secret

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
    #: Which step of its dialogue the connector takes with this question; its answer says it again.
    step: str = ""
    #: What the question takes from the source's budget, at most: calls, or thousandths of the service's money.
    cost: int = 1


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
    #: What the server's clock said: its Date header, when readable, and the Age of a copy; aware UTC.
    server_date: datetime | None = None
    #: The step of the question that this answers.
    step: str = ""
    #: Cookies set on the way by the host that was asked, as (name, value).
    cookies: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The source answered 304: nothing to read."""

    url: str
    moved_to: str = ""


class Fault(StrEnum):
    """What sort of failure a poll came to."""

    NONE = ""
    #: The service refuses our key there, or says that it is no longer valid.
    REFUSED = "refused"
    #: An answer came, and is not what the kind reads.
    UNREAD = "unread"
    OTHER = "other"


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
    #: What sort of failure the last one is.
    fault: Fault = Fault.NONE
    #: Facts of its past, as model/rhythm.py writes them.
    rhythm: str = ""
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
    #: Most time between two polls, by the source's own rhythm (None = as `longest` says).
    at_most: timedelta | None = None
    #: Whether only title, link and a short extract are kept and sent (None = of the press).
    title_link: bool | None = None
    #: For urgency: national_press, press, blog, forum, social, review, own_page, search, other.
    place: str = "other"
    #: Everything published there concerns the client, whatever its query says.
    take_all: bool = False
    #: Words of the user's own that group sources, such as the folders of a feed reader.
    tags: tuple[str, ...] = ()
    #: Options of the kind, sorted by name.
    options: tuple[tuple[str, str], ...] = field(default=())
    #: The id in the settings, when several sources are made of it because every watch asks its own question.
    origin: str = ""
    #: What a search service is asked for (None: the place is read whole).
    ask: Ask | None = None
    #: Filled into requests at the door, by name; never seen by what reads the answers.
    secrets: tuple[tuple[str, Secret], ...] = field(default=(), repr=False)

    @property
    def longest(self) -> timedelta:
        """The most time between two polls: as the settings say, else four times the least, up to six hours."""
        usual = max(min(4 * self.interval, timedelta(hours=6)), self.interval)
        return usual if self.at_most is None else self.at_most

    @property
    def is_cut(self) -> bool:
        """Whether only title, link and a short extract are kept and sent."""
        return self.place in ("press", "national_press") if self.title_link is None else self.title_link

    def option(self, name: str, default: str = "") -> str:
        """The value of one option of the kind."""
        return dict(self.options).get(name, default)

    def has(self, secret: str) -> bool:
        """Whether the settings give this secret."""
        return any(name == secret for name, _ in self.secrets)
