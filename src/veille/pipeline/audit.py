"""Why a client was not warned: of an address or since a day, all that was asked, seen, decided and sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from veille.analysis.earlier import EARLIER
from veille.model.audit import Alerted, Asked, Attempt, Audit, Fit, Held, Row, Sighting
from veille.model.message import Result
from veille.model.watch import Client
from veille.pipeline.roster import Concern, Excluded, Roster
from veille.store import Connection, alerts, audits, decisions, mentions, outbox, polls, settings_sets, stories, volumes
from veille.store.audits import Place, Seen
from veille.store.polls import Outcome, Poll
from veille.text.url import canonical, host

#: The client as the text of a set of settings describes it; None when it cannot be read any more.
Then = Callable[[str], Client | None]

DAY = timedelta(days=1)


def of_address(
    conn: Connection, client: Client, address: str, *, now: datetime, then: Then, since: datetime | None = None
) -> Audit:
    """All that is known of a public address; polls are looked at from `since` on for a day, else for the last one."""
    plain = canonical(address)
    found = audits.sightings(conn, client.id, address=address, canonical=plain)
    begin, end = (since, min(now, since + DAY)) if since else (now - DAY, now)
    near = _near(conn, client, plain) if not found else ()
    return Audit(
        client=client,
        at=now,
        since=begin,
        until=end,
        address=address,
        canonical=plain,
        sightings=tuple(_sighting(conn, client, one, then) for one in found),
        sources=tuple(_asked(conn, place, begin, end) for place in near),
        polls_since=polls.kept_since(conn),
    )


def of_time(conn: Connection, client: Client, *, since: datetime, now: datetime) -> Audit:
    """What was asked, seen, told and held since then."""
    places = [place for place in audits.places(conn, client.id) if place.archived is None or place.archived > since]
    held = audits.held(conn, client.id, since=since, until=now)
    return Audit(
        client=client,
        at=now,
        since=since,
        until=now,
        sources=tuple(_asked(conn, place, since, now) for place in places),
        mentions=volumes.seen(conn, client.id, since=since, until=now),
        alerts=tuple(_alerted(conn, alert) for alert in alerts.since(conn, client.id, since)),
        held=tuple(Held(code=c, title=t, level=d.level, decision=d, at=at) for c, t, d, at in held),
        polls_since=polls.kept_since(conn),
    )


def rows(audit: Audit) -> tuple[Row, ...]:
    """The facts behind the paragraph, in order of time."""
    found = [*_source_rows(audit.sources)]
    for sighting in audit.sightings:
        found += _sighting_rows(sighting)
    for alert in audit.alerts:
        found += _alert_rows(alert)
    found += [
        Row(at=held.at, step="held", detail=f"{held.code} {held.title}: {held.decision.reason}") for held in audit.held
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda row: row.at))


def _near(conn: Connection, client: Client, address: str) -> Sequence[Place]:
    """The client's sources at the address's host, or that gave something of its site."""
    site = host(address)
    given = audits.of_site(conn, client.id, site) if site else frozenset()
    here = {s.id for s in client.sources if host(s.url) == site or _query_names(s.url, site)}
    return [p for p in audits.places(conn, client.id) if p.row in given or p.source_id in here]


def _query_names(url: str, site: str) -> bool:
    """Whether a source asks for a site by name, as a search within it does."""
    return bool(site) and site in urlsplit(url).query


def _asked(conn: Connection, place: Place, since: datetime, until: datetime) -> Asked:
    found = polls.between(conn, place.row, since=since, until=until)
    errors = [poll for poll in found if poll.outcome is Outcome.ERROR]
    return Asked(
        source_id=place.source_id,
        since=place.since,
        until=place.archived,
        polls=sum(poll.times for poll in found),
        errors=sum(poll.times for poll in errors),
        news=sum(poll.times for poll in found if poll.outcome is Outcome.NEWS),
        first=_within(found[0].began, since) if found else None,
        last=max((_last(poll, until) for poll in found), default=None),
        error=errors[-1].error if errors else "",
    )


def _within(began: datetime, since: datetime) -> datetime:
    return max(began, since)


def _last(poll: Poll, until: datetime) -> datetime:
    return min(poll.at, until)


def _sighting(conn: Connection, client: Client, one: Seen, then: Then) -> Sighting:
    in_force = settings_sets.in_force(conn, one.seen)
    fit, watches = _fit(one, then(in_force.text) if in_force else None)
    asked = _asked(conn, one.place, min(one.published, one.seen), one.seen)
    bare = Sighting(
        entry_id=one.id,
        published=one.published,
        seen=one.seen,
        asked=asked,
        fit=fit,
        watches=watches,
        settings_since=in_force.since if in_force else None,
    )
    return bare if one.mention_id is None else _mentioned(conn, bare, one.mention_id)


def _fit(one: Seen, client: Client | None) -> tuple[Fit, tuple[str, ...]]:
    """What the client's settings of that day make of the entry as it is stored."""
    source = next((s for s in client.sources if s.id == one.place.source_id), None) if client else None
    if client is None or source is None:
        return Fit.UNKNOWN, ()
    verdict = next(iter(Roster((client,)).concerns(one.entry, source.key, now=one.seen)), None)
    if isinstance(verdict, Concern):
        return Fit.TAKEN, tuple(match.watch_id for match in verdict.matches)
    return (Fit.EXCLUDED if isinstance(verdict, Excluded) else Fit.NOT_TAKEN), ()


def _mentioned(conn: Connection, bare: Sighting, mention_id: int) -> Sighting:
    mention = mentions.get(conn, mention_id)
    told = [alerts.find(conn, told.alert_id) for told in alerts.told_of_story(conn, mention.story_id)]
    return Sighting(
        entry_id=bare.entry_id,
        published=bare.published,
        seen=bare.seen,
        asked=bare.asked,
        # It became a mention: whatever can still be read of that day's settings, they took it.
        fit=Fit.TAKEN,
        watches=mention.watches or bare.watches,
        settings_since=bare.settings_since,
        mention_id=mention_id,
        story=stories.story(conn, mention.story_id).code,
        points=mention.urgency.points,
        level=mention.urgency.level,
        decisions=decisions.of_mention(conn, mention_id),
        alerts=tuple(_alerted(conn, alert) for alert in told),
        backlog=mention.backlog,
        author=next((each.evidence for each in mention.urgency.signals if each.name == EARLIER), ""),
    )


def _alerted(conn: Connection, alert: alerts.StoredAlert) -> Alerted:
    story = stories.stories(conn, [alert.story_id]) if alert.story_id is not None else ()
    return Alerted(
        code=story[0].code if story else "",
        title=story[0].title if story else "",
        decision=alert.decision,
        at=alert.at,
        attempts=tuple(
            Attempt(
                person_id=person,
                channel_id=channel,
                at=receipt.at,
                accepted=receipt.outcome.result is Result.SENT,
                answer=receipt.outcome.detail,
            )
            for person, channel, receipt in outbox.receipts_of_alert(conn, alert.id)
        ),
    )


def _source_rows(sources: Sequence[Asked]) -> Iterator[Row]:
    for asked in sources:
        yield Row(at=asked.last or asked.since, step="polled", detail=_polled(asked))


def _polled(asked: Asked) -> str:
    error = f", last error: {asked.error}" if asked.error else ""
    return f"{asked.source_id}: {asked.polls} polls, {asked.news} with news, {asked.errors} failed{error}"


def _sighting_rows(one: Sighting) -> Iterator[Row]:
    yield Row(at=one.published, step="published", detail=f"entry {one.entry_id}")
    if one.asked.polls:
        yield Row(at=one.asked.last or one.seen, step="polled", detail=_polled(one.asked))
    yield Row(at=one.seen, step="seen", detail=f"by {one.asked.source_id}")
    watches = f" by {', '.join(one.watches)}" if one.watches else ""
    yield Row(at=one.seen, step="matched", detail=f"{one.fit}{watches}")
    if one.mention_id is not None:
        scored = f"mention {one.mention_id}, story {one.story}: {one.points} points, {one.level.name.lower()}"
        yield Row(at=one.seen, step="scored", detail=scored)
    if one.author:
        yield Row(at=one.seen, step="author", detail=one.author)
    for decision, at in one.decisions:
        yield Row(at=at, step="decided", detail=f"{decision.action}, {decision.reason}")
    for alert in one.alerts:
        yield from _alert_rows(alert)


def _alert_rows(alert: Alerted) -> Iterator[Row]:
    yield Row(at=alert.at, step="alerted", detail=f"{alert.code} {alert.title}: {alert.decision.reason}".strip())
    for tried in alert.attempts:
        answer = "accepted" if tried.accepted else "not accepted"
        detail = f"{tried.person_id}/{tried.channel_id}: {answer}; {tried.answer}".rstrip("; ")
        yield Row(at=tried.at, step="sent", detail=detail)
