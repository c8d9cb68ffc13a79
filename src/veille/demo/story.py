"""The story as values: who posts what, where and when, and what can be seen at a given moment."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

#: How long the quiet past is.
HISTORY = timedelta(days=28)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Somewhere people post; served in its real format."""

    id: str
    format: str
    title: str
    site: str
    place: str
    #: Where a post of it stands, with {id} and {author}; by default the post's id at the site.
    permalink: str = ""
    take_all: bool = False

    def address(self, post: str, author: str) -> str:
        """Where a post stands."""
        return (self.permalink or f"https://{self.site}/{{id}}").format(id=post, author=author)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Something said. Times are aware."""

    id: str
    at: datetime
    place: str
    text: str
    title: str = ""
    author: str = ""
    link: str = ""
    #: What the source gives as date, when it is late to show it.
    published: datetime
    #: Gone from view from this moment (None = stays).
    until: datetime | None = None
    rating: int | None = None
    #: (moment, new title)
    retitle: tuple[datetime, str] | None = None
    past: bool = False

    def title_at(self, now: datetime) -> str:
        """The title as it reads at that moment."""
        return self.retitle[1] if self.retitle and now >= self.retitle[0] else self.title

    def visible(self, now: datetime) -> bool:
        """Whether it can be seen at that moment."""
        return self.at <= now and (self.until is None or now < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Two days and the four quiet weeks before them."""

    zone: ZoneInfo
    begins: datetime
    ends: datetime
    places: Mapping[str, Place]
    #: In order of appearance, the past first.
    posts: tuple[Post, ...]

    def shown(self, place: str, now: datetime) -> tuple[Post, ...]:
        """What a place shows at that moment, newest first."""
        return tuple(p for p in reversed(self.posts) if p.place == place and p.visible(now))

    def page(self, address: str, now: datetime) -> tuple[str, str] | None:
        """Title and text at `site/path` at that moment; a site itself is its name; None where there is nothing."""
        site, _, path = address.partition("/")
        if not path:
            return (site, site) if any(_address(p.link).startswith(f"{site}/") for p in self.posts) else None
        there = (p for p in self.posts if _address(p.link) == address and p.visible(now))
        return next(((p.title_at(now), p.text) for p in there), None)

    def moments(self) -> tuple[datetime, ...]:
        """Every moment at which something changes in the two days, in order, once each."""
        found = {p.at for p in self.posts if not p.past}
        found |= {p.until for p in self.posts if p.until}
        found |= {p.retitle[0] for p in self.posts if p.retitle}
        return tuple(sorted(found))


def _address(link: str) -> str:
    return link.partition("://")[2].partition("#")[0]


def load() -> Story:
    """The story that ships with veille."""
    told, past = _toml("story.toml"), _toml("history.toml")
    zone = ZoneInfo(told["zone"])
    places = {p["id"]: Place(**p) for p in told["places"]}
    begins = told["begins"].replace(tzinfo=zone)
    posts = [post for raw in told["posts"] for post in _posts(raw, zone, places)]
    history = [post for lines in past.values() for post in _history(lines, begins - HISTORY, begins, places)]
    return Story(
        zone=zone,
        begins=begins,
        ends=told["ends"].replace(tzinfo=zone),
        places=places,
        posts=tuple(sorted([*history, *posts], key=lambda p: (p.at, p.id))),
    )


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files("veille.demo").joinpath(name).read_text(encoding="utf-8"))


def _posts(raw: dict[str, Any], zone: ZoneInfo, places: Mapping[str, Place]) -> Iterator[Post]:
    repeat = raw.get("repeat")
    first = _post(raw, zone, places)
    if not repeat:
        yield first
        return
    last = repeat["until"].replace(tzinfo=zone)
    step = (last - first.at) / (repeat["times"] - 1)
    for n in range(repeat["times"]):
        yield _repeated(first, n, first.at + n * step, repeat, places[first.place])


def _post(raw: dict[str, Any], zone: ZoneInfo, places: Mapping[str, Place]) -> Post:
    at = raw["at"].replace(tzinfo=zone)
    retitle = raw.get("retitle")
    return Post(
        id=raw["id"],
        at=at,
        place=raw["place"],
        text=raw["text"],
        title=raw.get("title", ""),
        author=raw.get("author", ""),
        link=raw.get("link") or places[raw["place"]].address(raw["id"], raw.get("author", "")),
        published=raw.get("published", raw["at"]).replace(tzinfo=zone),
        until=raw["until"].replace(tzinfo=zone) if "until" in raw else None,
        rating=raw.get("rating"),
        retitle=(retitle["at"].replace(tzinfo=zone), retitle["title"]) if retitle else None,
    )


def _repeated(first: Post, n: int, at: datetime, repeat: Mapping[str, Any], place: Place) -> Post:
    at = at.replace(second=0, microsecond=0)
    name, author = f"{first.id}-{n + 1}", f"{first.author}{n + 1}" if first.author else ""
    one = replace(first, id=name, author=author, at=at, published=at, link=place.address(name, author))
    if sites := repeat.get("sites"):
        titles = repeat["titles"]
        path = "/amp/" if n % 4 == 3 else "/"
        link = f"https://www.{sites[n]}{path}saint-valentin-floreal-{6100 + n}?utm_source=rss&utm_medium=feed"
        one = replace(one, link=link, title=titles[n % len(titles)])
    return one


def _history(lines: list[list[str]], begins: datetime, ends: datetime, places: Mapping[str, Place]) -> Iterator[Post]:
    step = (ends - begins) / (len(lines) + 1)
    for n, (place, author, text) in enumerate(lines, start=1):
        at = (begins + n * step).replace(microsecond=0)
        yield Post(
            id=f"past-{place}-{n}",
            at=at,
            place=place,
            author=author,
            title=text if place == "google-alerts" else "",
            text=text,
            link=places[place].address(f"past-{n}", author),
            published=at,
            rating=5 if place == "avis-vrais" else None,
            past=True,
        )
