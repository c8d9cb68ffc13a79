"""The shape of clients/NAME.yaml: for whom we watch, and what for."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, Field, WithJsonSchema, model_validator

from veille.model.mention import Category, Level
from veille.model.watch import Client, PlannedEvent, Route, SpikeLimits, Watch
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

    alarms_per_month: float = Field(1.0, gt=0, le=100, description="False alarms one accepts")
    least_mentions: int = Field(3, ge=2, le=1000)
    least_authors: int = Field(2, ge=1, le=100)
    least_sites: int = Field(2, ge=1, le=100)

    def value(self) -> SpikeLimits:
        """The frozen limits."""
        return SpikeLimits(**self.model_dump())


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

    def value(self) -> Watch:
        """The frozen watch."""
        return Watch(
            id=self.id,
            name=self.name or self.id,
            query=self.query,
            exclude=tuple(self.exclude),
            mute=tuple(self.mute),
            languages=tuple(self.languages),
            sources=tuple(self.sources),
            routes=tuple(route.value(n) for n, route in enumerate(self.routes, start=1)),
            spike=self.spike.value(),
            urgent_per_day=self.urgent_per_day,
        )


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
    watches: list[WatchShape] = Field(min_length=1)
    sources: list[SourceShape] = Field(min_length=1)
    places: dict[Site, Place] = Field({}, description="Which sites are press, forum...")
    events: list[EventShape] = []
    lists: dict[Slug, Prose] = Field({}, description="Queries to use as $name in the others")
    playbook: dict[Slug, Prose] = Field({}, description="One instruction for a family of urgent words")
    not_watched: list[Line] = Field([], description="Said in the digest's footer")
    digest_at: ClockTime = "06:30"
    retention_days: Days | None = Field(None, description="Default: retention.mentions of veille.yaml")

    def value(self, client_id: str) -> Client:
        """The frozen client; `client_id` is the name of its file."""
        ids = source_ids(self.sources, client_id)
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
            watches=tuple(watch.value() for watch in self.watches),
            sources=tuple(s.value(name) for s, name in zip(self.sources, ids, strict=True)),
            places=tuple(self.places.items()),
            events=tuple(event.value(self.zone) for event in self.events),
            lists=tuple(self.lists.items()),
            playbook=tuple(self.playbook.items()),
            not_watched=tuple(self.not_watched),
            digest_at=clock(self.digest_at),
            retention=timedelta(days=self.retention_days) if self.retention_days else None,
        )
