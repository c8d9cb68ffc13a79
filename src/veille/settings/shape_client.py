"""The shape of clients/NAME.yaml: for whom we watch, and what for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, Field, WithJsonSchema, model_validator

from veille.model.exchange import Source
from veille.model.mention import Category, Level
from veille.model.watch import Client, PlannedEvent, Route, SpikeLimits, Watch
from veille.query import parse
from veille.query.asking import ask
from veille.settings.fields import (
    ClockTime,
    Colour,
    Line,
    Mark,
    Moment,
    Name,
    Prose,
    Site,
    Slug,
    Zone,
    clock,
    moment,
)
from veille.settings.shape_house import STRICT
from veille.settings.shape_people import Language, LevelName
from veille.settings.shape_source import Place, SourceShape, source_ids
from veille.settings.shape_urgency import UrgencyShape
from veille.timing.hours import instant

CategoryName = Literal["opinion", "request", "problem", "idea", "question", "press", "praise"]


def _tag(text: str) -> str:
    if not (text.isascii() and text.isalpha() and text.islower() and 2 <= len(text) <= 3):
        raise ValueError("a language is two or three small letters such as fr")
    return text


def _days(number: int) -> int:
    if not 1 <= number <= _MOST_DAYS:
        raise ValueError(f"must be between 1 and {_MOST_DAYS}")
    return number


#: As long as the longest duration of veille.yaml.
_MOST_DAYS = 3650
#: Days over which an author's earlier posts may count.
LONGEST_MEMORY = 180
Days = Annotated[int, AfterValidator(_days), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": _MOST_DAYS})]
Tag = Annotated[str, AfterValidator(_tag)]


class OwnShape(BaseModel):
    """What the client itself publishes: noted, never alerts."""

    model_config = STRICT

    sites: list[Site] = []
    accounts: list[Line] = []


class SpikeShape(BaseModel):
    """When a volume counts as a spike."""

    model_config = STRICT

    alarms_per_month: float | None = Field(
        None, gt=0, le=100, description="Default: this watch's share of the client's alarms_per_month"
    )
    least_mentions: int = Field(3, ge=2, le=1000)
    least_authors: int = Field(2, ge=1, le=100)
    least_sites: int = Field(2, ge=1, le=100)

    def value(self, *, share: float) -> SpikeLimits:
        """The frozen limits; `share` is what the client's budget leaves to this watch."""
        return SpikeLimits(**{**self.model_dump(), "alarms_per_month": self.alarms_per_month or share})


class RouteShape(BaseModel):
    """Which alerts of a watch go to whom at once."""

    model_config = STRICT

    id: Slug | None = Field(None, description="Default: default, route-2...")
    people: list[Slug] = Field([], description="Default: all who serve the client")
    least: LevelName = "critical"
    categories: list[CategoryName] = Field([], description="Default: all")

    def value(self, number: int) -> Route:
        """The frozen route, the `number`th of its watch from 1."""
        return Route(
            id=self.id or ("default" if number == 1 else f"route-{number}"),
            people=tuple(self.people),
            least=Level[self.least.upper()],
            categories=tuple(Category(name) for name in self.categories),
        )


class WatchShape(BaseModel):
    """One saved query."""

    model_config = STRICT

    id: Slug
    name: Name | None = Field(None, description="Default: the id")
    query: Prose
    exclude: list[Prose] = Field([], description="Queries whose mentions are left out")
    mute: list[Prose] = Field([], description="Queries whose mentions are kept and counted, and never alert")
    languages: list[Tag] = Field([], description="Default: all")
    sources: list[Slug] = Field([], description="Default: all of the client's")
    routes: list[RouteShape] = Field([RouteShape()], min_length=1)
    spike: SpikeShape = SpikeShape()
    urgent_per_day: int = Field(3, ge=1, le=100, description="Urgent alerts a day, then one summary")
    learning_days: int | None = Field(None, ge=0, le=90, description="Default: the client's learning_days")

    def value(self, *, learning_days: int, alarms_per_month: float) -> Watch:
        """The frozen watch; `learning_days` are the client's, `alarms_per_month` this watch's share of them."""
        return Watch(
            id=self.id,
            name=self.name or self.id,
            query=self.query,
            exclude=tuple(self.exclude),
            mute=tuple(self.mute),
            languages=tuple(self.languages),
            sources=tuple(self.sources),
            routes=tuple(route.value(n) for n, route in enumerate(self.routes, start=1)),
            spike=self.spike.value(share=alarms_per_month),
            urgent_per_day=self.urgent_per_day,
            learning_days=learning_days if self.learning_days is None else self.learning_days,
        )


class EarlierPostsShape(BaseModel):
    """Whether an author's earlier posts count, and how far back: only what is stored of this client."""

    model_config = STRICT

    days: int = Field(ge=1, le=LONGEST_MEMORY, description="How far back they count")


class EventShape(BaseModel):
    """A time when the client itself makes noise: counted apart."""

    model_config = STRICT

    id: Slug
    name: Name
    query: Prose
    start: Moment = Field(description="A day, or a day and a time, in the client's zone")
    end: Moment = Field(description="A day (included), or a day and a time")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.value("UTC").start >= self.value("UTC").end:
            raise ValueError("ends before it starts")
        return self

    def value(self, zone: str) -> PlannedEvent:
        """The frozen event, its bounds as instants."""
        return PlannedEvent(
            id=self.id,
            name=self.name,
            query=self.query,
            start=_bound(self.start, zone, whole_days=0),
            end=_bound(self.end, zone, whole_days=1),
        )


def _bound(written: str, zone: str, *, whole_days: int) -> datetime:
    day, at = moment(written)
    if at is None:
        return instant(day + timedelta(days=whole_days), time(), zone)
    return instant(day, at, zone)


class ClientShape(BaseModel):
    """clients/NAME.yaml"""

    model_config = STRICT

    id: Slug | None = Field(None, description="The name of the file")
    name: Name
    mark: Mark = Field(description="Two or three capitals that open every message")
    colour: Colour = "#3b5b92"
    language: Language = "fr"
    zone: Zone = "Europe/Paris"
    own: OwnShape = OwnShape()
    products: list[Line] = Field([], description="Words whose presence makes a mention matter more")
    people_words: list[Line] = Field([], description="Names of managers, spokespersons")
    urgency: UrgencyShape = Field(UrgencyShape(), description="The client's own words and weights")
    earlier_posts: EarlierPostsShape | None = Field(
        None, description="Let what an author wrote before count; default: never looked at"
    )
    learning_days: int = Field(14, ge=0, le=90, description="First days of a watch, in which little rings; 0: none")
    alarms_per_month: float = Field(
        1.0, gt=0, le=100, description="False alarms of spikes one accepts, shared by the watches"
    )
    watches: list[WatchShape] = Field(min_length=1)
    sources: list[SourceShape] = Field(min_length=1)
    places: dict[Site, Place] = Field({}, description="Which sites are press, forum...")
    events: list[EventShape] = []
    lists: dict[Slug, Prose] = Field({}, description="Queries to use as $name in the others")
    playbook: dict[Slug, Prose] = Field({}, description="One instruction for a family of urgent words")
    not_watched: list[Line] = Field([], description="Said in the digest's footer")
    digest_at: ClockTime = "06:30"
    evening_at: ClockTime | Literal["off"] = Field(
        "22:00",
        description="The evening look, in the client's zone: only when something waits for an answer; off: never",
    )
    retention_days: Days | None = Field(None, description="Default: retention.mentions of veille.yaml")

    def value(self, client_id: str) -> Client:
        """The frozen client; `client_id` is the name of its file."""
        return Client(
            id=client_id,
            name=self.name,
            mark=self.mark,
            colour=self.colour,
            language=self.language,
            zone=self.zone,
            own_sites=tuple(self.own.sites),
            own_accounts=tuple(self.own.accounts),
            products=tuple(self.products),
            people=tuple(self.people_words),
            urgent_words=tuple((family, tuple(words)) for family, words in self.urgency.words.items()),
            harmless_words=tuple(self.urgency.harmless),
            urgent_weights=tuple(self.urgency.weights.items()),
            semantic=self.urgency.semantic,
            earlier_posts=timedelta(days=self.earlier_posts.days) if self.earlier_posts else None,
            alarms_per_month=self.alarms_per_month,
            watches=tuple(self._watches()),
            sources=tuple(self._sources(client_id)),
            places=tuple(self.places.items()),
            events=tuple(event.value(self.zone) for event in self.events),
            lists=tuple(self.lists.items()),
            playbook=tuple(self.playbook.items()),
            not_watched=tuple(self.not_watched),
            digest_at=clock(self.digest_at),
            evening_at=None if self.evening_at == "off" else clock(self.evening_at),
            retention=timedelta(days=self.retention_days) if self.retention_days else None,
        )

    def _watches(self) -> Iterator[Watch]:
        """The watches that set no budget of their own share the client's."""
        share = self.alarms_per_month / max(1, sum(w.spike.alarms_per_month is None for w in self.watches))
        for watch in self.watches:
            yield watch.value(learning_days=self.learning_days, alarms_per_month=share)

    def _sources(self, client_id: str) -> Iterator[Source]:
        """A search service is asked by each watch that takes its results."""
        for shape, source_id in zip(self.sources, source_ids(self.sources, client_id), strict=True):
            asking = [watch for watch in self.watches if not watch.sources or source_id in watch.sources]
            yield from shape.values(
                source_id, [(watch.id, ask(parse(watch.query, lists=self.lists))) for watch in asking]
            )
