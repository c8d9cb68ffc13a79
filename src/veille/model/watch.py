"""For whom we watch, and what for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from veille.model.exchange import Source
from veille.model.mention import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Which alerts of a watch go to whom: people or, when none is named, all who serve the client."""

    id: str
    people: tuple[str, ...] = ()
    #: The least level that is told at once by this route.
    least: Level = Level.CRITICAL
    #: Only these categories (empty = all).
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SpikeLimits:
    """When a volume counts as a spike (analysis/spike.py says how)."""

    #: False alarms one accepts.
    alarms_per_month: float = 1.0
    least_mentions: int = 3
    least_authors: int = 2
    least_sites: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One saved query of a client."""

    id: str
    name: str
    query: str
    exclude: tuple[str, ...] = ()
    mute: tuple[str, ...] = ()
    #: Primary language tags; empty = all.
    languages: tuple[str, ...] = ()
    #: Source ids; empty = all of the client.
    sources: tuple[str, ...] = ()
    routes: tuple[Route, ...] = (Route(id="default"),)
    spike: SpikeLimits = SpikeLimits()
    urgent_per_day: int = 3
    #: For so many days the phone rings for explicit danger or a crowd only (0 = never so).
    learning_days: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEvent:
    """Something the client itself makes noise about: its mentions are counted apart and do not alert."""

    id: str
    name: str
    query: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """For whom we watch; nothing crosses from one to another."""

    id: str
    name: str
    #: Two or three letters that open every message ("FL").
    mark: str
    #: #rrggbb
    colour: str = "#3b5b92"
    language: str = "fr"
    zone: str = "Europe/Paris"
    #: The client's sites (hosts) and authors: what they publish is an own statement.
    own_sites: tuple[str, ...] = ()
    own_accounts: tuple[str, ...] = ()
    #: Words whose presence makes a mention matter more: products, managers.
    products: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    #: Its own vocabulary of urgency: (family, phrases), phrases that mean no harm, (signal, how many times its worth).
    urgent_words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    harmless_words: tuple[str, ...] = ()
    urgent_weights: tuple[tuple[str, float], ...] = ()
    #: Whether the sentence model of the extra `semantic` is asked too.
    semantic: bool = False
    #: How far back the earlier posts of an author count (None = nobody looks at them).
    earlier_posts: timedelta | None = None
    #: False alarms of spikes one accepts, of all its watches together.
    alarms_per_month: float = 1.0
    watches: tuple[Watch, ...] = ()
    sources: tuple[Source, ...] = ()
    #: (host, place): says which sites are national press, press, forum...
    places: tuple[tuple[str, str], ...] = ()
    events: tuple[PlannedEvent, ...] = ()
    #: Reusable queries, by name, used as `$name`.
    lists: tuple[tuple[str, str], ...] = ()
    #: One instruction a keyword family, shown in alerts ("consigne").
    playbook: tuple[tuple[str, str], ...] = ()
    #: Said in the digest's footer.
    not_watched: tuple[str, ...] = ()
    digest_at: time = time(6, 30)
    #: When what nobody answered today is told once more, in the client's zone (None = never).
    evening_at: time | None = time(22)
    #: None = as the house does.
    retention: timedelta | None = None
