"""From nothing to settings that work.

    what is there -> who is the client -> look at the site -> what to watch for -> where from
                  -> show what it brings -> write -> try the mail -> what comes next

Nothing is written before the last question is answered.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from veille.bootstrap import open_door
from veille.errors import AnswerError
from veille.model.exchange import FetchPolicy
from veille.model.installation import Installation
from veille.model.message import Outcome, Result
from veille.model.person import Channel, Person
from veille.model.secret import Secret
from veille.model.watch import Client
from veille.onboarding import show
from veille.onboarding.ask_client import Who, ask_who, check_who, required
from veille.onboarding.ask_mail import ask_house, check_house
from veille.onboarding.ask_query import ask_alerts, ask_another, ask_noise, ask_query, check_query
from veille.onboarding.desk import Desk, Question
from veille.onboarding.discover import Asking
from veille.onboarding.existing import Existing, existing
from veille.onboarding.files import NewHouse, Plan, write
from veille.onboarding.google import NEWS_DAYS, news_url
from veille.onboarding.mailing import send_sample
from veille.onboarding.options import Options
from veille.onboarding.preview import judge, look
from veille.onboarding.proposal import Wish, client_of, mark_of
from veille.rendering.catalogue import later
from veille.settings.fields import slug
from veille.text.address import allow_list
from veille.text.url import host

#: For one dialogue while a person waits.
PATIENCE = timedelta(seconds=10)
_ZONES = {"fr": "Europe/Paris", "en": "Europe/London"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of it."""

    installed: Installation
    client: Client
    person_id: str
    #: Whether the test message left; None when none was tried.
    mailed: bool | None


def init(options: Options, desk: Desk, config: Path) -> Done:
    """The whole of it. Raises AnswerError, SettingsError, KeyboardInterrupt; then nothing was written."""
    zone = _zone(options, desk)
    opened = _opened(options)
    required(options, desk)
    there = existing(config)
    policy = _policy(there, opened)
    check_who(options, desk, there)
    check_query(options, desk, allow_private=policy.allow_private)
    check_house(options, desk, config)
    _warn_of_examples(desk, there)
    with open_door(policy) as (fetcher, reader):
        asking = Asking(fetcher, reader, policy)
        who = ask_who(options, desk, there=there, asking=asking)
        wish = _wish(options, desk, who, there=there, policy=policy, zone=zone)
        house, mails = (None, True) if there.house else ask_house(options, desk, email=who.email, config=config)
        client = _agreed(desk, wish, who, asking)
    plan = _plan(desk, who, client, there=there, house=house, opened=opened)
    installed, paths = write(config, plan)
    show.written(desk, paths)
    person_id = plan.person.id if plan.person else plan.serves
    mailed = _mailed(options, desk, installed, who, person_id=person_id, mails=mails, config=config)
    show.next_step(desk, config)
    return Done(installed=installed, client=client, person_id=person_id, mailed=mailed)


def _zone(options: Options, desk: Desk) -> str:
    try:
        return ZoneInfo(options.zone).key if options.zone else ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        said = desk.words.say("no such time zone: write one such as Europe/Paris")
        raise AnswerError(f"--zone: {said}") from None


def _opened(options: Options) -> tuple[str, ...]:
    try:
        allow_list(options.allow_private)
    except ValueError as error:
        raise AnswerError(f"--allow-private: {error}") from None
    return options.allow_private


def _policy(there: Existing, opened: tuple[str, ...]) -> FetchPolicy:
    allowed = tuple(dict.fromkeys((*there.policy.allow_private, *opened)))
    return replace(there.policy, allow_private=allowed, deadline=PATIENCE)


def _warn_of_examples(desk: Desk, there: Existing) -> None:
    for client_id in there.examples:
        desk.warn(
            "This folder holds the example {id}: remove clients/{id}.yaml, or choose another folder with --config.",
            id=client_id,
        )


def _wish(options: Options, desk: Desk, who: Who, *, there: Existing, policy: FetchPolicy, zone: str) -> Wish:
    return Wish(
        name=who.name,
        site=who.site,
        language=who.language,
        zone=zone or _ZONES[who.language],
        mark=mark_of(who.name, there.marks),
        query=ask_query(options, desk, who),
        noise=ask_noise(options, desk, who),
        alerts=ask_alerts(options, desk, who, allow_private=policy.allow_private),
        beyond=(desk.words.say("private messages"), desk.words.say("closed groups")),
        news=news_url(who.name, language=who.language, site=host(who.site), base=options.news),
    )


def _agreed(desk: Desk, wish: Wish, who: Who, asking: Asking) -> Client:
    """The client, once the person has seen what it brings and says that it is right."""
    client = client_of(wish, who.discovery)
    desk.title(later("What the last entries would have brought (nothing is stored)"))
    with desk.busy("Asking the sources..."):
        looked = look(client.sources, asking)
    show.looked_at(desk, looked)
    while True:
        show.preview(desk, judge(client, looked, now=datetime.now(UTC)))
        if desk.agrees(Question(option="--yes", msgid=later("Is it right?"), default="y")):
            return client
        wish = replace(wish, query=ask_another(desk))
        client = client_of(wish, who.discovery)


def _plan(
    desk: Desk, who: Who, client: Client, *, there: Existing, house: NewHouse | None, opened: tuple[str, ...]
) -> Plan:
    known = there.mails.get(who.email, "")
    return Plan(
        client=client,
        notes=_notes(desk),
        person=None if known else _person(who, client, there),
        serves=known,
        house=house,
        allow_private=tuple(entry for entry in opened if entry not in there.policy.allow_private),
    )


def _notes(desk: Desk) -> tuple[str, ...]:
    return (
        desk.words.say("Written by `veille init`. Everything here may be changed: `veille check` says what is wrong."),
        desk.words.say("Google News is asked for the last {n} days; `lists` holds what is left out.", n=NEWS_DAYS),
    )


def _person(who: Who, client: Client, there: Existing) -> Person:
    name = who.email.partition("@")[0]
    ids = (slug(name), *(f"{slug(name)}-{n}" for n in range(2, 1000)))
    return Person(
        id=next(person_id for person_id in ids if person_id not in there.people),
        name=" ".join(part.capitalize() for part in name.replace("_", ".").replace("+", ".").split(".") if part)
        or name,
        language=who.language,
        zone=client.zone,
        serves=frozenset((client.id,)),
        operator=not there.people,
        channels=(Channel(id="email", kind="email", address=Secret(who.email)),),
    )


def _mailed(
    options: Options, desk: Desk, installed: Installation, who: Who, *, person_id: str, mails: bool, config: Path
) -> bool | None:
    """Try the mail account, when there is one."""
    retry = show.command(f"test-channel {shlex.quote(person_id)}", config)
    if not mails:
        desk.warn("No mail leaves yet. Fill in `mail` in veille.yaml, then: {retry}", retry=retry)
        return None
    if not options.send:
        desk.say("No test message was sent. To send one: {retry}", retry=retry)
        return None
    try:
        with desk.busy("Sending a test message..."):
            outcome = send_sample(installed, person_id)
    except KeyboardInterrupt:
        # The files are written: only the message is given up.
        outcome = Outcome(result=Result.UNKNOWN, detail="Ctrl-C")
    show.sample(desk, outcome, email=who.email, retry=retry)
    return outcome.result is Result.SENT
