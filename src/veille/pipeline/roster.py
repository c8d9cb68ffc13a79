"""Who watches what: every query of every client compiled once, and which clients ask each source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from veille import query
from veille.model.entry import Entry
from veille.model.exchange import Source
from veille.model.mention import Match, Span, Urgency
from veille.model.watch import Client, Watch
from veille.query.facts import language_of
from veille.text.accounts import is_account
from veille.text.url import host

#: The header of our mails, as an archive of mails shows it.
MARKER = "X-Veille: "


class Role(StrEnum):
    """What a query is for."""

    WATCH = "watch"
    EXCLUDE = "exclude"
    MUTE = "mute"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class QueryKey:
    """Names one compiled query. `owner` is the watch's or the event's id."""

    client_id: str
    owner: str
    role: Role
    number: int = 0


@dataclass(frozen=True, slots=True)
class Subscription:
    """A client that asks a source, under the client's own name for it."""

    client: Client
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """An entry concerns a client: under which watches, and how it is to be taken."""

    subscription: Subscription
    matches: tuple[Match, ...]
    muted: bool = False
    event: str = ""
    own: bool = False
    #: How urgent it is, where that was worked out before its moment (pipeline/foresight.py).
    urgency: Urgency | None = None


@dataclass(frozen=True, slots=True)
class Excluded:
    """An entry that a watch would have caught, but for its exclusions."""

    client_id: str


class Roster:
    """All clients' queries in one matcher, and all sources by key. `public_url` is where our own pages are."""

    def __init__(self, clients: Iterable[Client], *, public_url: str = "") -> None:
        self._own_host = host(public_url)
        self.clients: Mapping[str, Client] = {client.id: client for client in clients}
        self._subscriptions = _subscriptions(self.clients.values())
        self._matcher = query.Matcher(dict(_queries(self.clients.values())))

    def source(self, key: str) -> Source | None:
        """The source of that key (None when no client asks it any more)."""
        found = self._subscriptions.get(key)
        return found[0].source if found else None

    def subscriptions(self, key: str) -> Sequence[Subscription]:
        """The clients that ask the source of that key."""
        return self._subscriptions.get(key, ())

    def interval_source(self, key: str) -> Source | None:
        """A source as it is asked: at the intervals of the most impatient client, kept as the strictest wishes."""
        asked = [subscription.source for subscription in self._subscriptions.get(key, ())]
        if not asked:
            return None
        first = min(asked, key=lambda source: source.interval)
        longest = min(source.longest for source in asked)
        return replace(first, at_most=longest, title_link=any(source.is_cut for source in asked))

    def distinct(self) -> Iterator[Source]:
        """Every source that is asked, once, as `interval_source` gives it."""
        return (source for key in self._subscriptions if (source := self.interval_source(key)))

    def feeds(self, key: str, watches: Collection[tuple[str, str]]) -> bool:
        """Whether the source of that key feeds one of these (client id, watch id)."""
        return bool(watches) and any(
            (subscription.client.id, watch.id) in watches and _is_asked(watch, subscription.source)
            for subscription in self._subscriptions.get(key, ())
            for watch in subscription.client.watches
        )

    def sources(self) -> Iterator[tuple[str, Source]]:
        """Every (client id, source)."""
        for client in self.clients.values():
            for source in client.sources:
                yield client.id, source

    def watch(self, client_id: str, watch_id: str) -> Watch | None:
        """The watch of that id, if it is still in the settings."""
        client = self.clients.get(client_id)
        return next((w for w in client.watches if w.id == watch_id), None) if client else None

    def concerns(self, entry: Entry, key: str, *, now: datetime) -> tuple[Concern | Excluded, ...]:
        """What an entry of that source is to each client that asks it; nothing for those it does not concern."""
        if self._is_ours(entry):
            return ()
        verdicts: list[Concern | Excluded] = []
        for subscription in self._subscriptions.get(key, ()):
            source = subscription.source
            held = self._matcher.match(entry, source=source.origin or source.id, kind=source.kind)
            verdict = _judge(subscription, entry, held, now=now)
            if verdict is not None:
                verdicts.append(verdict)
        return tuple(verdicts)

    def _is_ours(self, entry: Entry) -> bool:
        """One of our own messages or pages, come back by a source: a mention of it would tell itself for ever."""
        at_home = self._own_host != "" and host(entry.link) == self._own_host
        return at_home or MARKER in entry.text


Held = Mapping[QueryKey, tuple[Span, ...]]


def _subscriptions(clients: Iterable[Client]) -> Mapping[str, tuple[Subscription, ...]]:
    found: defaultdict[str, list[Subscription]] = defaultdict(list)
    for client in clients:
        for source in client.sources:
            found[source.key].append(Subscription(client, source))
    return {key: tuple(subscriptions) for key, subscriptions in found.items()}


def _queries(clients: Iterable[Client]) -> Iterator[tuple[QueryKey, query.Query]]:
    for client in clients:
        lists = dict(client.lists)
        for key, text in _texts(client):
            yield key, query.parse(text, lists=lists)


def _texts(client: Client) -> Iterator[tuple[QueryKey, str]]:
    for watch in client.watches:
        yield QueryKey(client.id, watch.id, Role.WATCH), watch.query
        for number, text in enumerate(watch.exclude):
            yield QueryKey(client.id, watch.id, Role.EXCLUDE, number), text
        for number, text in enumerate(watch.mute):
            yield QueryKey(client.id, watch.id, Role.MUTE, number), text
    for event in client.events:
        yield QueryKey(client.id, event.id, Role.EVENT), event.query


def _judge(subscription: Subscription, entry: Entry, held: Held, *, now: datetime) -> Concern | Excluded | None:
    client, source = subscription.client, subscription.source
    own = _is_own(client, source, entry)
    caught = [watch for watch in client.watches if _catches(watch, client, source, entry, held, own=own)]
    kept = [watch for watch in caught if not _has(held, client, watch.id, Role.EXCLUDE)]
    if not kept:
        return Excluded(client.id) if caught else None
    return Concern(
        subscription=subscription,
        matches=tuple(Match(watch.id, held.get(QueryKey(client.id, watch.id, Role.WATCH), ())) for watch in kept),
        muted=all(_has(held, client, watch.id, Role.MUTE) for watch in kept),
        event=_event(client, held, entry.published or now),
        own=own,
    )


def _catches(watch: Watch, client: Client, source: Source, entry: Entry, held: Held, *, own: bool) -> bool:
    spoken = not watch.languages or language_of(entry) in (*watch.languages, "")
    concerned = own or source.take_all or QueryKey(client.id, watch.id, Role.WATCH) in held
    return _is_asked(watch, source) and spoken and concerned


def _is_asked(watch: Watch, source: Source) -> bool:
    return not watch.sources or source.id in watch.sources or source.origin in watch.sources


def _has(held: Held, client: Client, owner: str, role: Role) -> bool:
    return any(key.client_id == client.id and key.owner == owner and key.role is role for key in held)


def _event(client: Client, held: Held, at: datetime) -> str:
    running = (event for event in client.events if event.start <= at < event.end)
    return next((event.id for event in running if _has(held, client, event.id, Role.EVENT)), "")


def _is_own(client: Client, source: Source, entry: Entry) -> bool:
    if not (client.own_accounts or client.own_sites):
        return False
    own_site = any(entry.site == site or entry.site.endswith(f".{site}") for site in client.own_sites)
    by_us = any(is_account(entry.author, entry.site, account) for account in client.own_accounts)
    return by_us or (own_site and source.place != "own_page")
