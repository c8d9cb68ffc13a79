"""`veille mentions`, `explain` and `digest`: looking at what is stored, and why it was told or not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import typer

from veille.bootstrap import open_house, open_store, read_settings
from veille.cli.exits import Exit
from veille.cli.tables import show
from veille.model.installation import Installation
from veille.model.mention import Mention
from veille.model.message import Message
from veille.model.person import Person
from veille.pipeline.digest import compose, enqueue, hour
from veille.pipeline.explain import explain as chain
from veille.pipeline.house import House
from veille.rendering.page import digest_page
from veille.store import mentions as stored
from veille.store import outbox
from veille.text.clean import neutral
from veille.timing.hours import instant, local_day

#: No digest is older than what it could tell of.
FIRST_DAY = date(2000, 1, 1)


def mentions(config: Path, client_id: str, *, days: float, watch: str, as_json: bool) -> int:
    """A client's mentions of the last days, newest first."""
    installed = read_settings(config).installation
    client = next((each for each in installed.clients if each.id == client_id), None)
    if client is None:
        return _unknown("client", client_id, [each.id for each in installed.clients])
    if watch and watch not in {each.id for each in client.watches}:
        return _unknown("watch", watch, [each.id for each in client.watches])
    since = datetime.now(UTC) - timedelta(days=days)
    with open_store(installed) as store, store.reading() as conn:
        found = stored.recent(conn, client_id, since=since, watch=watch or None)
    if as_json:
        typer.echo("".join(json.dumps(_mention(m), ensure_ascii=False) + "\n" for m in found), nl=False)
    else:
        show(("id", "published (UTC)", "level", "kinship", "site", "title"), map(_row, found))
    return Exit.OK


def explain(config: Path, mention_id: int) -> int:
    """The chain of reasons behind one mention."""
    installed = read_settings(config).installation
    with open_store(installed) as store, store.reading() as conn:
        try:
            typer.echo(neutral(chain(conn, mention_id, clients=installed.clients)))
        except KeyError:
            typer.echo(f"veille: no mention {mention_id}; `veille mentions CLIENT` lists them", err=True)
            return Exit.WRONG_INPUT
    return Exit.OK


def digest(config: Path, who: str, *, day: date | None, send: bool, html: Path | None) -> int:
    """One digest per person meant: shown, written or sent."""
    if send and (html or day):
        typer.echo("veille: --send sends today's digest: it goes with neither --html nor --date", err=True)
        return Exit.WRONG_INPUT
    installed = read_settings(config).installation
    people = _people(installed, who)
    if not people:
        known = [p.id for p in installed.people] + [c.id for c in installed.clients]
        return _unknown("person or client", who, known)
    if day and not FIRST_DAY <= day <= max(local_day(datetime.now(UTC), person.zone) for person in people):
        typer.echo(f"veille: --date {day}: write a day from {FIRST_DAY} to today", err=True)
        return Exit.WRONG_INPUT
    with open_house(installed) as house:
        if send:
            for person in people:
                _send(house, person, _digest(house, person, day))
            return Exit.OK
        message = _digest(house, people[0], day)
    if html:
        html.write_text(digest_page(message), encoding="utf-8")
        typer.echo(str(html.resolve()))
    else:
        typer.echo(f"{message.subject}\n\n{message.text}")
    return Exit.OK


def _digest(house: House, person: Person, day: date | None) -> Message:
    """The 24 hours before that morning's digest, or before now."""
    now = house.clock.now()
    until = now if day is None else min(now, _left(house, person, day))
    shown = day or local_day(now, person.zone)
    with house.store.reading() as conn:
        facts = compose(conn, house, person, day=shown, since=until - timedelta(hours=24), until=until)
    return house.renderer.digest_message(facts, person=person, public_url=house.installation.public_url, now=until)


def _left(house: House, person: Person, day: date) -> datetime:
    at, zone = hour(house, person)
    return instant(day, at, zone)


def _send(house: House, person: Person, message: Message) -> None:
    notifications = enqueue(house, person, message, key=f"asked.{house.dice.code()}")
    with house.store.writing() as tx:
        outbox.enqueue(tx, notifications)
    typer.echo(f"{person.id}: {len(notifications)} notifications wait for the daemon")


def _people(installed: Installation, who: str) -> list[Person]:
    """The person of that id, else those who serve the client of that id, for this client alone."""
    named = [person for person in installed.people if person.id == who]
    return named or [replace(person, serves=frozenset({who})) for person in installed.serving(who)]


def _mention(mention: Mention) -> dict[str, object]:
    return {
        "id": mention.id,
        "published": mention.published.isoformat(),
        "seen": mention.seen.isoformat(),
        "level": mention.urgency.level.name.lower(),
        "points": mention.urgency.points,
        "kinship": mention.verdict.kinship,
        "site": mention.site,
        "author": mention.author,
        "title": mention.title,
        "link": mention.link,
        "watches": list(mention.watches),
    }


def _row(m: Mention) -> tuple[str, ...]:
    level = f"{m.urgency.level.name.lower()} {m.urgency.points}"
    return (str(m.id), f"{m.published:%Y-%m-%d %H:%M}", level, m.verdict.kinship, m.site, m.title or m.text[:80])


def _unknown(kind: str, given: str, known: list[str]) -> int:
    typer.echo(f"veille: no {kind} {given!r}; there are: {', '.join(known) or 'none'}", err=True)
    return Exit.WRONG_INPUT
