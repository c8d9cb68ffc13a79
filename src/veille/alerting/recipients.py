"""To whom an alert goes: by the routes of its watches, and never without the right to see it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from veille.model.alert import Decision, Reason
from veille.model.mention import Category, Level
from veille.model.person import Channel, Person, Use
from veille.model.watch import Client, Route, Watch

#: Kinds that make a phone ring: calm messages do not use them.
RINGING = frozenset({"sms", "push"})

#: What concerns every route, however high the level it asks for.
_EVERY_ROUTE = frozenset({Reason.SPIKE_STARTED, Reason.SPIKE_OVER, Reason.NATIONAL_PRESS, Reason.OVER_BUDGET_SUMMARY})


def recipients(
    client: Client,
    watches: Iterable[Watch],
    decision: Decision,
    people: Sequence[Person],
    *,
    categories: Collection[Category],
) -> tuple[tuple[Person, Channel], ...]:
    """Each (person, channel) that gets this alert once, in the order of the settings.

    `categories` are those of the mentions that made it ring. An urgent alert that no route's categories take goes by
    every route rather than to nobody.
    """
    every = [route for watch in watches for route in watch.routes]
    routes = [route for route in every if _takes(route, decision, categories)]
    if not routes and _urgent(decision):
        routes = every
    named = {person_id for route in routes for person_id in route.people}
    everyone = any(not route.people for route in routes)
    allowed = [p for p in people if client.id in p.serves and (everyone or p.id in named)]
    return tuple((p, c) for p in allowed for c in p.channels if _carries(c, decision))


def digest_channels(person: Person) -> tuple[Channel, ...]:
    """Where this person's digest goes."""
    return tuple(c for c in person.channels if Use.DIGEST in c.uses and c.kind not in RINGING)


def _takes(route: Route, decision: Decision, categories: Collection[Category]) -> bool:
    fits = not route.categories or any(category in route.categories for category in categories)
    return fits and (_urgent(decision) or decision.level >= route.least)


def _urgent(decision: Decision) -> bool:
    return decision.reason in _EVERY_ROUTE or decision.level >= Level.CRITICAL


def _carries(channel: Channel, decision: Decision) -> bool:
    if decision.reason is Reason.SPIKE_OVER:
        return Use.ALERT in channel.uses and channel.kind not in RINGING
    return Use.ALERT in channel.uses and decision.level >= channel.least
