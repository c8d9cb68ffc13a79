"""Settings become a working house: the only place that chooses real clocks, sockets, dice and databases."""

from __future__ import annotations

import gc
import os
import random
import secrets
import socket
import ssl
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from time import monotonic

from veille.channels.base import Accounts, Notifier, notifier
from veille.fetch import folder
from veille.fetch.child import COLLECTIONS
from veille.fetch.client import Fetcher
from veille.fetch.inbox import Inbox
from veille.fetch.robots import Robots
from veille.fetch.stream import Streams
from veille.fetch.worker import Reader
from veille.model.clock import Clock
from veille.model.exchange import FetchPolicy
from veille.model.installation import Installation
from veille.net.dial import Dialler
from veille.net.tls import tls_context
from veille.pipeline.house import Dice, House
from veille.pipeline.roster import Roster
from veille.rendering.renderer import Renderer
from veille.settings.house import load_house
from veille.settings.load import Loaded, load_with_warnings
from veille.store.engine import Store

#: Letters and digits that nobody mistakes for one another when reading a code aloud.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 8

#: Sends at once: more than one batch, so that a dead mail server leaves room for the other channels.
_SENDERS = 32


class SystemClock:
    """The real clock."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        return datetime.now(UTC)


def read_settings(config: Path) -> Loaded:
    """The settings of a folder, secrets from this process's environment. Raises SettingsError."""
    credentials = os.environ.get("CREDENTIALS_DIRECTORY")
    return load_with_warnings(config, environment=os.environ, credentials=Path(credentials) if credentials else None)


def read_house(config: Path) -> Installation:
    """veille.yaml alone, as `read_settings`, before there are clients. Raises SettingsError."""
    credentials = os.environ.get("CREDENTIALS_DIRECTORY")
    return load_house(config, environment=os.environ, credentials=Path(credentials) if credentials else None)


def system_dice() -> Dice:
    """Real randomness: codes that cannot be guessed."""
    return Dice(jitter=random.random, code=lambda: random_code(secrets.choice))


def seeded_dice(seed: int) -> Dice:
    """The same randomness every time, for scripted stories."""
    source = random.Random(seed)
    return Dice(jitter=source.random, code=lambda: random_code(source.choice))


def random_code(choice: Callable[[str], str]) -> str:
    """A short code for links and messages."""
    return "".join(choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


@contextmanager
def open_house(
    installation: Installation,
    *,
    clock: Clock | None = None,
    dice: Dice | None = None,
    watcher: Callable[[object], None] = lambda event: None,
) -> Iterator[House]:
    """A house at work, closed in the right order at the end. Raises StoreError, QueryError.

    The reader's process starts first: it must not inherit threads or connections.
    """
    with ExitStack() as opened:
        gc.set_threshold(*COLLECTIONS)
        reader = Reader()
        opened.callback(reader.close)
        reader.start()
        store = Store.open(installation.database.reveal())
        opened.callback(store.close)
        house = House(
            installation=installation,
            roster=Roster(installation.clients, public_url=installation.public_url),
            store=store,
            clock=clock or SystemClock(),
            fetcher=(fetcher := _fetcher(installation)),
            robots=_robots(fetcher, installation),
            inbox=Inbox(Dialler(installation.fetch.allow_private), ssl_context=_tls()),
            folder=folder.read,
            streams=_streams(installation),
            reader=reader,
            renderer=Renderer.load(),
            notifier=notifiers(installation),
            pool=ThreadPoolExecutor(installation.fetch.workers, thread_name_prefix="fetch"),
            senders=ThreadPoolExecutor(_SENDERS, thread_name_prefix="send"),
            dice=dice or system_dice(),
            owner=f"{socket.gethostname()}:{os.getpid()}",
            watcher=watcher,
        )
        opened.callback(_close, house)
        yield house


@contextmanager
def open_door(policy: FetchPolicy) -> Iterator[tuple[Fetcher, Reader]]:
    """What asks and what reads, before there is a house; both closed at the end."""
    reader = Reader()
    reader.start()
    fetcher = Fetcher(policy)
    try:
        yield fetcher, reader
    finally:
        fetcher.close()
        reader.close()


@contextmanager
def open_reader() -> Iterator[Reader]:
    """What reads answers where it can be killed, alone; closed at the end."""
    reader = Reader()
    reader.start()
    try:
        yield reader
    finally:
        reader.close()


@contextmanager
def open_store(installation: Installation) -> Iterator[Store]:
    """The database alone, migrated, closed at the end. Raises StoreError."""
    store = Store.open(installation.database.reveal())
    try:
        yield store
    finally:
        store.close()


@contextmanager
def open_archive(installation: Installation) -> Iterator[Store]:
    """The database as it is, to be read only; the daemon may run. Raises StoreError."""
    store = Store.open(installation.database.reveal(), migrate=False)
    try:
        yield store
    finally:
        store.close()


def refurnish(house: House, installation: Installation) -> House:
    """The same house under new settings: store, reader, threads and clock stay. Raises QueryError."""
    fetcher = _fetcher(installation)
    return replace(
        house,
        installation=installation,
        roster=Roster(installation.clients, public_url=installation.public_url),
        fetcher=fetcher,
        robots=_robots(fetcher, installation),
        inbox=Inbox(Dialler(installation.fetch.allow_private), ssl_context=_tls()),
        streams=_streams(installation),
        notifier=notifiers(installation),
    )


def notifiers(installation: Installation) -> Callable[[str], Notifier]:
    """Finds the notifier of a channel kind, each built once."""
    accounts = Accounts(
        mail=installation.mail,
        dialler=Dialler(installation.fetch.allow_private),
        host=installation.host,
        user_agent=installation.fetch.user_agent,
        allow_private=installation.fetch.allow_private,
        ssl_context=_tls(),
    )
    return cache(lambda kind: notifier(kind, accounts))


def _fetcher(installation: Installation) -> Fetcher:
    return Fetcher(installation.fetch, dialler=Dialler(installation.fetch.allow_private), ssl_context=_tls())


def _streams(installation: Installation) -> Streams:
    policy = installation.fetch
    return Streams(Dialler(policy.allow_private), ssl_context=_tls(), agent=policy.user_agent)


def _robots(fetcher: Fetcher, installation: Installation) -> Callable[[str], bool]:
    return Robots(fetcher.fetch, agent=installation.fetch.user_agent, seconds=monotonic).allow


@cache
def _tls() -> ssl.SSLContext:
    """One for the process: building it costs tens of milliseconds."""
    return tls_context()


def _close(house: House) -> None:
    house.stopping.set()
    for pool in (house.pool, house.senders):
        pool.shutdown(wait=False, cancel_futures=True)
    house.fetcher.close()
