"""Bad buzzes among calm months, told by a second hand: what bench/brand_months.py assumes is varied here.

A buzz doubles every 30 minutes from its first angry post; all else is a world: when the posts of a doubling crowd come,
how far it grows and how fast it fades, how plainly it speaks, how many of its posts are calm, copied, nameless or by
people heard before, on how many sites; nights, weekends, restless days, replies that come in clusters, usual anger,
contests of 80 entries a day, stories told by everyone and bad for nobody.

usage: bench/other_months.py [MONTHS] [WORLD...]
Prints, a world a line and a rate a column: the median delay from the first angry post to the alert, the buzzes missed,
starts of no buzz a month, and those of them that ring (the others only wait for the digest).
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from math import exp, inf, log
from statistics import median

from brand_months import HOUR, SITES, START, Buzz
from spikes import delays_of, false_of, live, pool

from veille.model.volume import Arrival
from veille.model.watch import SpikeLimits

#: Hours of the day, from midnight: how much is said in each.
DAYS = {
    "nights": (0.2,) * 6 + (1.0,) * 3 + (1.5,) * 12 + (0.8,) * 3,
    "flat": (1.0,) * 24,
    "office": (0.05,) * 8 + (2.3,) * 10 + (0.15,) * 6,
    "evenings": (0.3,) * 2 + (0.1,) * 5 + (0.6,) * 10 + (2.8,) * 6 + (0.9,),
}
KINDS = ("glad", "ask", "tell")
DOUBLES = HOUR / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What is assumed of a brand and of its buzzes."""

    day: str = "nights"
    #: Saturdays and Sundays against the other days.
    weekend: float = 0.8
    #: The Gamma shape of a day's rate.
    restless: float = 8.0
    #: Replies that a calm message brings within the hour, on the same site, on average.
    replies: float = 0.1
    #: Share of complaints in the calm stream; of these, share that is plainly angry.
    grumbles: float = 0.06
    furious: float = 0.08
    contests: bool = False
    virals: bool = False
    #: "steady": the n-th post comes when the crowd reaches n; "born": each post brings others; "chance": Poisson.
    comes: str = "steady"
    #: Posts when it stops growing, or this share of a day's mentions if that is more.
    posts: int = 60
    of_day: float = 0.3
    halves: timedelta = 2 * HOUR
    plain: float = 0.75
    #: Shares of its posts that are calm, copies, by people heard before, without author.
    calm: float = 0.1
    copied: float = 0.1
    again: float = 0.05
    nameless: float = 0.1
    sites: int = 12
    #: Share of its posts that are recognised as one story.
    one_story: float = 0.5


#: One assumption changed at a time.
WORLDS = {
    "as it is": World(),
    "flat days": World(day="flat", weekend=1.0, restless=50.0),
    "office hours": World(day="office", weekend=0.3),
    "evenings and weekends": World(day="evenings", weekend=1.8),
    "restless days": World(restless=2.5),
    "replies in clusters": World(replies=0.6),
    "many complaints": World(grumbles=0.15, furious=0.2),
    "contests and viral stories": World(contests=True, virals=True),
    "each post brings others": World(comes="born"),
    "posts by chance": World(comes="chance"),
    "small and soon over": World(posts=15, of_day=0.08, halves=HOUR),
    "large and slow to fade": World(posts=300, of_day=1.0, halves=6 * HOUR),
    "mildly worded": World(plain=0.4),
    "all plainly angry": World(plain=1.0, calm=0.0),
    "half of it calm": World(calm=0.5),
    "shared": World(copied=0.5),
    "same people again": World(again=0.4),
    "nameless on one site": World(nameless=0.6, sites=1),
    "each its own story": World(one_story=0.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One message: when, of which kind, by whom, where, of which story (0 = its own)."""

    at: timedelta
    kind: str
    author: str
    site: str
    story: int = 0
    copy: bool = False


RATES = (0.5, 3, 20, 150)


def main() -> int:
    """Prints the table."""
    months = next((int(word) for word in sys.argv[1:] if word.isdigit()), 12)
    names = [word for word in sys.argv[1:] if word in WORLDS] or list(WORLDS)
    print(f"{'':28}" + "".join(f"{f'{rate:g} a day':>26}" for rate in RATES))
    for name in names:
        cells = (_cell(name, rate, months if rate < 100 else max(2, months // 3)) for rate in RATES)
        print(f"{name:28}" + "".join(cells), flush=True)
    return 0


def _cell(name: str, rate: float, months: int) -> str:
    delays, starts, loud = [], 0, 0
    for seed in range(months):
        rng = random.Random(f"{name}-{rate}-{seed}")
        posts, buzzes = other_months(WORLDS[name], rate, rng)
        lived = live(_arrivals(posts, rng), SpikeLimits())
        delays += delays_of(lived.loud, buzzes)
        starts, loud = starts + false_of(lived.starts, buzzes), loud + false_of(lived.loud, buzzes)
    missed = sum(delay == inf for delay in delays)
    return f"{median(delays):7.0f} min {missed:2} {starts / months:5.2f} {loud / months:5.2f}"


def _arrivals(posts: Sequence[Post], rng: random.Random) -> list[Arrival]:
    """The messages, seen at once, each with the points and tone of one of its kind."""
    found = []
    for number, post in enumerate(posts):
        points, tone = rng.choice(pool(f"second.{post.kind}"))
        found.append(
            Arrival(
                mention_id=number,
                story_id=post.story or 1000 + number,
                published=START + post.at,
                seen=START + post.at,
                author=post.author,
                site=post.site,
                points=points,
                tone=tone,
                copy=post.copy,
            )
        )
    return found


def other_months(
    world: World, rate: float, rng: random.Random, *, past: int = 28, days: int = 30, buzzes: int = 3
) -> tuple[list[Post], list[Buzz]]:
    """A past without buzz and a month with some, in order of time since START."""
    posts = list(_calm(world, rate, timedelta(days=past + days), rng))
    moments = []
    for number in range(buzzes):
        first = timedelta(days=past + 1 + number * days / buzzes, hours=rng.uniform(0, 24 * 6))
        said, peak = _buzz(world, rate, first, rng, story=number + 1)
        posts += said
        moments.append(Buzz(first=START + first, peak=START + peak))
    return sorted(posts, key=lambda post: post.at), moments


def _calm(world: World, rate: float, end: timedelta, rng: random.Random) -> Iterator[Post]:
    hours = DAYS[world.day]
    own, most = rate / (1 + world.replies), max(hours) * max(1.0, world.weekend) * 3
    day, mood, at = -1, 1.0, timedelta()
    scale = sum(hours) / 24 * (5 + 2 * world.weekend) / 7
    while (at := at + timedelta(days=rng.expovariate(own * most))) < end:
        if at.days != day:
            day, mood = at.days, rng.gammavariate(world.restless, 1 / world.restless)
        share = mood * hours[at.seconds // 3600] * (world.weekend if day % 7 > 4 else 1.0) / scale
        if rng.random() < share / most:
            yield from _thread(world, at, rng)
    for week in range(end.days // 7):
        noon = timedelta(days=7 * week + rng.randrange(7), hours=9 + 6 * rng.random())
        if world.contests and week % 2:
            places = rng.randrange(1, 5)
            yield from _crowd("enter", noon, rng, number=80, lasts=10 * HOUR, sites=places, story=100 + week)
        if world.virals and not week % 2:
            yield from _crowd("viral", noon, rng, number=40, lasts=8 * HOUR, sites=12, story=200 + week)


def _thread(world: World, at: timedelta, rng: random.Random) -> Iterator[Post]:
    site = rng.choice(SITES)
    while True:
        kind = "grumble" if rng.random() < world.grumbles else rng.choice(KINDS)
        kind = "plain" if kind == "grumble" and rng.random() < world.furious else kind
        yield Post(at=at, kind=kind, author=_someone(rng), site=site)
        if rng.random() >= world.replies / (1 + world.replies):
            return
        at += timedelta(minutes=rng.expovariate(1 / 20))


def _crowd(
    kind: str, first: timedelta, rng: random.Random, *, number: int, lasts: timedelta, sites: int, story: int
) -> Iterator[Post]:
    places = rng.sample(SITES, sites)
    for _ in range(number):
        at, site = first + rng.random() * lasts, rng.choice(places)
        yield Post(at=at, kind=kind, author=_someone(rng), site=site, story=story)


def _buzz(
    world: World, rate: float, first: timedelta, rng: random.Random, *, story: int
) -> tuple[list[Post], timedelta]:
    most = max(world.posts, round(world.of_day * rate))
    times = list(_growth(world.comes, most, rng))
    peak, pace = times[-1], most * log(2) / (DOUBLES / HOUR)
    at, halves = peak, world.halves / HOUR
    while (now := pace * 0.5 ** ((at - peak) / halves)) > 0.3:
        at += rng.expovariate(now)
        times.append(at)
    places, heard, posts = rng.sample(SITES, world.sites), [], []
    for number, hours in enumerate(times):
        post = _angry(world, first + hours * HOUR, rng, places=places, heard=heard, leads=number == 0)
        posts.append(replace(post, story=story if rng.random() < world.one_story else 0))
    return posts, first + peak * HOUR


def _growth(comes: str, most: int, rng: random.Random) -> Iterator[float]:
    """Hours from the first post to each of the growing crowd."""
    rate, at, number = log(2) / (DOUBLES / HOUR), 0.0, 1
    yield 0.0
    while number < most:
        number += 1
        if comes == "steady":
            at = log(number) / rate
        elif comes == "born":
            at += rng.expovariate(rate * (number - 1))
        else:  # Poisson at the pace of a crowd that doubles: the next point of its summed rate
            at = log(exp(rate * at) + rng.expovariate(1.0)) / rate
        yield at


def _angry(
    world: World, at: timedelta, rng: random.Random, *, places: list[str], heard: list[str], leads: bool
) -> Post:
    plain = "plain" if rng.random() < world.plain else "mildly"
    kind = rng.choice(KINDS[1:]) if rng.random() < world.calm and not leads else plain
    author = rng.choice(heard) if heard and rng.random() < world.again else _someone(rng)
    heard.append(author)
    named = rng.random() >= world.nameless
    copy = not leads and rng.random() < world.copied
    return Post(at=at, kind=kind, author=author if named else "", site=rng.choice(places), copy=copy)


def _someone(rng: random.Random) -> str:
    return f"u{rng.randrange(10**7)}"


if __name__ == "__main__":
    raise SystemExit(main())
