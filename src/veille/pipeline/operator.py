"""What the operator must know: troubled sources and channels once a day, and at once what blinds or silences.

A flag says what was told, so that nothing is told twice, and that a client's sight comes back is told too:

    told:blind:CLIENT  told:dead:PERSON/CHANNEL  told:trouble:CLIENT     at once, to every operator
    told:blind:CLIENT/KIND  told:refused:CLIENT/SOURCE                   the same
    told:silent:CLIENT/WATCH                                             the same
    source:OPERATOR:CLIENT/SOURCE                                        to that operator, in any report
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

import structlog

from veille.alerting.recipients import digest_channels
from veille.model.digest import DigestKind, Health, OperatorReport, SourceHealth
from veille.model.message import Notification
from veille.model.person import Channel, Person
from veille.pipeline import drops, health
from veille.pipeline.digest import enqueue
from veille.pipeline.house import House
from veille.pipeline.trouble import TROUBLE
from veille.store import Connection, deadchannels, digests, flags, outages, outbox
from veille.timing.hours import DueDigest, digest_due, local_midnight

log = structlog.get_logger()

#: The hour of the daily report, in the operator's zone: after the night's digests.
REPORT_AT = time(7, 0)

#: A source that failed for less is not reported: it may come back by itself.
PATIENCE = timedelta(hours=24)

#: A client is blind when every source has failed for so long; a channel fails when what it got waits so long.
BLIND_AFTER = timedelta(hours=1)

#: A key that ends is told so long before.
ENDS_WITHIN = timedelta(days=7)

_BLIND = "blind:"
_REFUSED = "refused:"
_DEAD = "dead:"
_SILENT = "silent:"
_TOLD = "told:"
_SOURCE = "source:"

Sources = Mapping[tuple[str, str], SourceHealth]


@dataclass(frozen=True, slots=True)
class State:
    """How everything is: the report of it, and every source by (client id, source id)."""

    report: OperatorReport
    sources: Sources


def operator(house: House) -> int:
    """Enqueues what the operators must hear now; how many messages. Raises StoreError."""
    people = [person for person in house.installation.people if person.operator]
    with house.store.reading() as conn:
        state = examine(conn, house)
        said = frozenset(name.removeprefix(_TOLD) for name in flags.names(conn, prefix=_TOLD))
        true = _true(conn, state.report)
    sent = _at_once(house, people, state, begun=true - said, over=said - true) if true != said else 0
    return sent + sum(_daily(house, person, state) for person in people)


def examine(conn: Connection, house: House) -> State:
    """The state of every source and channel, now."""
    now = house.clock.now()
    found = health.everyone(conn, tuple(house.roster.clients.values()), now=now)
    sources = {(client_id, source.source_id): source for client_id, source in found}
    each = [(client_id, source) for (client_id, _), source in sources.items()]
    blind = tuple(c for c in house.roster.clients if _all_gone([s for owner, s in each if owner == c], now))
    dead = deadchannels.dead_channels(conn)
    failing = outages.struggling(conn, before=now - BLIND_AFTER)
    named = {(person_id, channel_id) for person_id, channel_id, _ in dead}
    report = OperatorReport(
        at=now,
        trouble=tuple((client_id, source) for client_id, source in each if _is_trouble(source, now)),
        dead_channels=(*dead, *(one for one in failing if one[:2] not in named)),
        silent=drops.silences(conn, house),
        blind=blind,
        blinded=tuple(pair for pair in _kinds_gone(each, now) if pair[0] not in blind),
        refused=tuple((client_id, source) for client_id, source in each if source.refused),
        ending=tuple((c, source) for c, source in each if source.expires and source.expires - now <= ENDS_WITHIN),
        notes=tuple(
            f"{name.removeprefix(TROUBLE)}: its data could not be worked with; the log has the fault"
            for name in sorted(flags.names(conn, prefix=TROUBLE))
        ),
    )
    return State(report, sources)


def _kinds_gone(each: Sequence[tuple[str, SourceHealth]], now: datetime) -> list[tuple[str, str]]:
    """(client id, kind) of which no source works any more."""
    kinds: defaultdict[tuple[str, str], list[SourceHealth]] = defaultdict(list)
    for client_id, source in each:
        kinds[client_id, source.kind].append(source)
    return [pair for pair, mine in kinds.items() if _all_gone(mine, now)]


def _all_gone(mine: Sequence[SourceHealth], now: datetime) -> bool:
    return bool(mine) and all(_lasts(source, now, BLIND_AFTER) for source in mine)


def _is_trouble(source: SourceHealth, now: datetime) -> bool:
    """Whether it is in the day's report."""
    if source.health in (Health.SLOW, Health.SILENT):
        return True
    return _lasts(source, now, BLIND_AFTER if source.health is Health.CHANGED else PATIENCE)


def _lasts(source: SourceHealth, now: datetime, patience: timedelta) -> bool:
    """Whether a source is given up, or has failed or answered with something else for so long."""
    if source.health is Health.STOPPED:
        return True
    fails = source.health in (Health.FAILING, Health.CHANGED)
    return fails and source.since is not None and now - source.since >= patience


def _true(conn: Connection, report: OperatorReport) -> frozenset[str]:
    """What has to be told at once as long as it is so."""
    dead = {f"{_DEAD}{person}/{channel}" for person, channel, _ in report.dead_channels}
    dead |= {f"{_SILENT}{name}" for name in drops.named(report.silent)}
    dead |= {f"{_BLIND}{client_id}" for client_id in report.blind}
    dead |= {f"{_BLIND}{client_id}/{kind}" for client_id, kind in report.blinded}
    return flags.names(conn, prefix=TROUBLE) | dead | {f"{_REFUSED}{_name(*one)}" for one in report.refused}


def _at_once(
    house: House, people: Sequence[Person], state: State, *, begun: frozenset[str], over: frozenset[str]
) -> int:
    """What begins, and which clients can be seen again; the flags change with the messages or not at all."""
    back = tuple((c, source) for (c, _), source in state.sources.items() if _is_back(c, source, over))
    speaking = tuple(sorted(name.removeprefix(_SILENT) for name in over if name.startswith(_SILENT)))
    report = replace(state.report, recovered=back, speaking=speaking)
    key = f"operator.{house.dice.code()}"
    told = (
        [one for person in people for one in _to_operator(house, person, report, key)]
        if begun or back or speaking
        else []
    )
    with house.store.writing() as tx:
        for name in begun:
            flags.put(tx, f"{_TOLD}{name}", at=report.at)
        for name in over:
            flags.delete(tx, f"{_TOLD}{name}")
        for person in people if told else ():
            _remember(tx, person, report)
            _be_today(tx, house, person)
        outbox.enqueue(tx, told)
    for name in sorted(begun):
        log.error("trouble begins", what=name)
    for name in sorted(over):
        log.warning("trouble is over", what=name)
    return len(told)


def _daily(house: House, person: Person, state: State) -> int:
    """One report a day while something is wrong; a source that stopped for good is in one of them only."""
    prefix = _told_to(person)
    with house.store.reading() as conn:
        due = _due(conn, house, person)
        told = {name.removeprefix(prefix) for name in flags.names(conn, prefix=prefix)}
    report = _since_told(state, told)
    if due is None or not (report.trouble or report.dead_channels or report.recovered or report.ending):
        return 0
    over = told - {_name(client_id, source) for client_id, source in state.report.trouble}
    with house.store.writing() as tx:
        if not _be_today(tx, house, person):
            return 0
        _remember(tx, person, report)
        for name in over:
            flags.delete(tx, prefix + name)
        outbox.enqueue(tx, _to_operator(house, person, report, f"operator.{due.local_date}"))
    return 1


def _due(conn: Connection, house: House, person: Person) -> DueDigest | None:
    """The report of today: what was to be told yesterday is in it, or was told at once."""
    now, last = house.clock.now(), digests.last(conn, person.id, DigestKind.OPERATOR)
    midnight = local_midnight(now, person.zone)
    return digest_due(now, at=REPORT_AT, zone=person.zone, last=last[0] if last else None, since=midnight)


def _be_today(tx: Connection, house: House, person: Person) -> bool:
    """Make this report the one of the day, when that is due and none was."""
    due, now = _due(tx, house, person), house.clock.now()
    return due is not None and digests.claim(tx, who=person.id, kind=DigestKind.OPERATOR, day=due.local_date, at=now)


def _remember(tx: Connection, person: Person, report: OperatorReport) -> None:
    for client_id, source in report.trouble:
        flags.put(tx, _told_to(person) + _name(client_id, source), at=report.at)


def _told_to(person: Person) -> str:
    return f"{_SOURCE}{person.id}:"


def _since_told(state: State, told: set[str]) -> OperatorReport:
    """The report without the stopped sources told before, and with those told that answer again."""
    fresh = [(c, s) for c, s in state.report.trouble if s.health is not Health.STOPPED or _name(c, s) not in told]
    still = {_name(c, s) for c, s in state.report.trouble}
    back = [(c, s) for (c, _), s in state.sources.items() if _name(c, s) in told - still and _answers(s)]
    return replace(state.report, trouble=tuple(fresh), recovered=tuple(back))


def _name(client_id: str, source: SourceHealth) -> str:
    return f"{client_id}/{source.source_id}"


def _is_back(client_id: str, source: SourceHealth, over: frozenset[str]) -> bool:
    """Whether it answers, and something that was told of it is over."""
    ways = (f"{_BLIND}{client_id}", f"{_BLIND}{client_id}/{source.kind}", f"{_REFUSED}{_name(client_id, source)}")
    return _answers(source) and any(way in over for way in ways)


def _answers(source: SourceHealth) -> bool:
    return source.health in (Health.HEALTHY, Health.SLOW, Health.SILENT)


def _to_operator(house: House, person: Person, report: OperatorReport, key: str) -> Sequence[Notification]:
    """By the operator's digest channels that work, else by any that works."""
    failing = {(person_id, channel_id) for person_id, channel_id, _ in report.dead_channels}
    channels = _working(digest_channels(person), person, failing) or _working(person.channels, person, failing)
    if not channels:
        log.error("this operator cannot be reached: no channel works", person=person.id)
    message = house.renderer.operator_message(report, person=person)
    return enqueue(house, person, message, key=key, channels=channels)


def _working(channels: Sequence[Channel], person: Person, failing: set[tuple[str, str]]) -> tuple[Channel, ...]:
    return tuple(channel for channel in channels if (person.id, channel.id) not in failing)
