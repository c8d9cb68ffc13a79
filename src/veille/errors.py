"""Every error veille raises on purpose, as one tree.

VeilleError
├── SettingsError            the YAML files are wrong; carries every problem found
├── AnswerError              what a command was told cannot be used; says what would be right
├── QueryError               a query cannot be read; carries the column and a suggestion
├── FetchError               no usable answer came back from a source
│   ├── AddressRefused       the address may not be dialled (private, scheme, redirect)
│   ├── Unreachable          no name, no route, reset, broken TLS or HTTP
│   ├── DeadlineExceeded     the whole dialogue took too long
│   ├── HostBusy             our own other requests keep its host busy: no fault of the source
│   ├── BudgetSpent          the service's allowance is used up: no fault of the source
│   ├── TooLarge             the body or a header is over its limit
│   ├── EncodingRefused      a content encoding we did not ask for, or a lie about it
│   ├── TooManyRedirects     more hops than the limit
│   └── BadStatus            an HTTP status that is not success; carries Retry-After
├── ReadError                an answer came, and is not what the connector reads
│   ├── NotAFeed             login page, empty body, JSON error, OPML
│   └── ReaderKilled         the worker that parses died or passed its deadline
├── StoreError               the database cannot serve
│   ├── StoreDamaged         a damaged page or a file that is no database
│   ├── StoreTooNew          the schema was written by a newer veille
│   ├── StoreTaken           another daemon holds this SQLite database
│   └── StoreBusy            another writer kept the lock too long, or the disk is full
└── ChannelError             a configured channel cannot be used at all
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


class VeilleError(Exception):
    """The root: anything veille raises on purpose."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in the settings, where it is and what would be right."""

    file: str
    line: int
    column: int
    path: str
    message: str

    def __str__(self) -> str:
        file = "".join(c if c.isprintable() else repr(c)[1:-1] for c in self.file)
        return f"{file}:{self.line}:{self.column}: {self.path}: {self.message}"


class SettingsError(VeilleError):
    """The settings are wrong; `problems` holds all of them, in file order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class AnswerError(VeilleError):
    """What a command was told cannot be used, or is missing; the message says what would be right."""


class QueryError(VeilleError):
    """A query cannot be read. `column` counts code points from 0 in `query`."""

    def __init__(self, message: str, *, query: str, column: int, suggestion: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.query = query
        self.column = column
        self.suggestion = suggestion

    def caret(self) -> str:
        """The query, a caret under the place, the message and the suggestion, on lines of their own."""
        lines = [self.query, " " * self.column + "^", self.message]
        return "\n".join([*lines, self.suggestion] if self.suggestion else lines)


class FetchError(VeilleError):
    """No usable answer came back from a source."""


class AddressRefused(FetchError):
    """The address may not be dialled."""


class Unreachable(FetchError):
    """No name, no route, a reset, broken TLS or broken HTTP."""


class DeadlineExceeded(FetchError):
    """The whole dialogue took longer than the deadline."""


class HostBusy(FetchError):
    """Our own other requests keep the host busy; the source was not asked, and is asked again soon."""


class BudgetSpent(FetchError):
    """The allowance of a service is used up until `until` (aware UTC); the source was not asked."""

    def __init__(self, service: str, until: datetime) -> None:
        super().__init__(f"the budget of {service} is used up until {until:%Y-%m-%d %H:%M} UTC")
        self.service = service
        self.until = until

    def __reduce__(self) -> tuple[object, ...]:
        return BudgetSpent, (self.service, self.until)


class TooLarge(FetchError):
    """The body or a header is over its limit."""


class EncodingRefused(FetchError):
    """The body is encoded in a way we did not ask for, or not as it says."""


class TooManyRedirects(FetchError):
    """More hops than the limit."""


class BadStatus(FetchError):
    """An HTTP status that is not success. `retry_after` is what the server asked, unclamped."""

    def __init__(self, status: int, *, retry_after: timedelta | None = None) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[object, ...]:
        return _bad_status, (self.status, self.retry_after)


def _bad_status(status: int, retry_after: timedelta | None) -> BadStatus:
    return BadStatus(status, retry_after=retry_after)


class ReadError(VeilleError):
    """An answer came, and it is not what the connector reads."""


class NotAFeed(ReadError):
    """A login page, an empty body, a JSON error, an OPML list."""


class ReaderKilled(ReadError):
    """The worker that parses died or passed its deadline."""


class StoreError(VeilleError):
    """The database cannot serve."""


class StoreDamaged(StoreError):
    """A damaged page, or a file that is no database."""


class StoreTooNew(StoreError):
    """The schema was written by a newer veille."""


class StoreTaken(StoreError):
    """Another daemon holds this SQLite database."""


class StoreBusy(StoreError):
    """Another writer kept the lock too long, or the disk is full."""


class ChannelError(VeilleError):
    """A configured channel cannot be used at all."""
