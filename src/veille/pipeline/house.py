"""What the stages work with: built by bootstrap, handed to each stage whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Event, Lock
from typing import Protocol, TypeVar

from veille.channels.base import Notifier
from veille.fetch.inbox import Account, Post
from veille.model.clock import Clock
from veille.model.exchange import NotModified, Request, Response
from veille.model.installation import Installation
from veille.model.volume import Kept, Past
from veille.pipeline.roster import Roster
from veille.rendering.renderer import Renderer
from veille.store.engine import Store

T = TypeVar("T")

#: A claim that its owner does not settle within this time is taken again.
LEASE = timedelta(minutes=5)


class Fetches(Protocol):
    """Asks one question of a source; raises FetchError. Thread-safe."""

    def fetch(self, request: Request) -> Response | NotModified:
        """The answer, or that nothing changed."""
        ...

    def close(self) -> None:
        """Ends the dialogues under way."""
        ...


class Reads(Protocol):
    """Runs a reading function where it can be killed; raises ReadError. Thread-safe."""

    def call(self, function: Callable[..., T], *args: object) -> T:
        """What the function returns."""
        ...


class Empties(Protocol):
    """Takes what is new in a mail box; raises FetchError. Thread-safe."""

    def read(self, account: Account, cursor: str, *, today: date) -> Post:
        """The messages after the cursor."""
        ...


class Flows(Protocol):
    """Listens to a stream; raises FetchError. Thread-safe."""

    def frames(self, url: str, *, seconds: float) -> Iterator[bytes]:
        """What flows in so many seconds at most."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Dice:
    """The only randomness of the pipeline, handed in so that a story can be replayed."""

    #: In [0, 1): spreads polls and retries.
    jitter: Callable[[], float]
    #: A short code that cannot be guessed, for links and messages.
    code: Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Numbers of a round, for whoever shows them."""

    polled: int = 0
    unchanged: int = 0
    failed: int = 0
    entries: int = 0
    new: int = 0
    mentions: int = 0
    copies: int = 0
    excluded: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One installation at work. A reload builds a new one around the same store and threads."""

    installation: Installation
    roster: Roster
    store: Store
    clock: Clock
    fetcher: Fetches
    #: Empties mail boxes, and folders of this machine by their address and cursor.
    inbox: Empties
    folder: Callable[[str, str], Post]
    #: Listens to streams.
    streams: Flows
    #: Whether a site lets robots read a page; raises FetchError.
    robots: Callable[[str], bool] = lambda url: True
    reader: Reads
    renderer: Renderer
    notifier: Callable[[str], Notifier]
    #: Asks sources.
    pool: ThreadPoolExecutor
    #: Sends: threads of their own, so that an alert never waits behind slow sources.
    senders: ThreadPoolExecutor
    #: Held while one message is sent and its receipt written, by kind of channel.
    lanes: dict[str, Lock] = field(default_factory=dict)
    dice: Dice
    #: By (client id, watch id): what is known of its volume since the last look (pipeline/detect.py).
    volumes: dict[tuple[str, str], Kept] = field(default_factory=dict)
    #: The same: what came before its present silence (pipeline/drops.py).
    silences: dict[tuple[str, str], Past] = field(default_factory=dict)
    #: (client id, watch id) of the watches that rise now (pipeline/rhythms.py).
    spiking: set[tuple[str, str]] = field(default_factory=set)
    #: By source id: how many minutes its clock is before ours, where that was warned of (pipeline/dialogue.py).
    astray: dict[str, int] = field(default_factory=dict)
    #: Whether nobody reads its messages but those of alerts, as in a replay: what only others would say is not asked.
    unread: bool = False
    #: By the flag's name, when each watch was first in the settings (pipeline/feedback.py).
    first_sights: dict[str, datetime] = field(default_factory=dict)
    #: Names this process in claims.
    owner: str
    #: Set when the process is asked to end: no new work is begun.
    stopping: Event = field(default_factory=Event)
    #: Told of each thing that happens, for displays; never decides anything.
    watcher: Callable[[object], None] = field(default=lambda event: None)
