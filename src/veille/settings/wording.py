"""Frozen values to commented YAML text that reads back as the same values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from veille.model.exchange import Source
from veille.model.installation import MailAccount
from veille.model.mention import Level
from veille.model.person import Channel, Person
from veille.model.watch import Client, Route, Watch
from veille.settings.tree import Scalar

_UNITS = (("d", 86400), ("h", 3600), ("m", 60), ("s", 1))
#: What YAML, this or another version, can only take for a text.
_PLAIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ0-9 _/.'()-]*(?<! )")
_OLD_BOOLEANS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))


def quoted(text: str) -> str:
    """A text as YAML, in quotes unless it is plainly a text."""
    if _PLAIN.fullmatch(text) and text.lower() not in _OLD_BOOLEANS and isinstance(_plain(text), str):
        return text
    if '"' in text and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    # JSON's strings are YAML's, but for three line ends that JSON leaves as they are.
    return "".join(c if c.isprintable() else _escaped(c) for c in json.dumps(text, ensure_ascii=False))


def span(length: timedelta) -> str:
    """A duration as it is written: 15m, 2h, 1d."""
    seconds = int(length.total_seconds())
    unit, size = next((unit, size) for unit, size in _UNITS if seconds % size == 0)
    return f"{seconds // size}{unit}"


def house_text(*, contact: str, mail: MailAccount, database: str = "", allow_private: Sequence[str] = ()) -> str:
    """veille.yaml. `mail.password` and `database` are written as they are: give references."""
    lines = [
        "# The installation. Every key: docs/configuration.md; `veille check` says what is wrong, and where.",
        "# Never a secret here: ${NAME} (environment), file:PATH (mode 0600) or cred:NAME (systemd).",
        "",
        f"database: {quoted(database or 'veille.db')}",
        "",
        *(["fetch:", f"  allow_private: {_inline(allow_private)}", ""] if allow_private else []),
        "mail:",
        f"  host: {quoted(mail.host)}",
        f"  port: {mail.port}",
        f"  security: {mail.security}   # starttls, tls or none",
        *([f"  user: {quoted(mail.user)}"] if mail.user else []),
        *([f"  password: {quoted(mail.password.reveal())}"] if mail.password else []),
        f"  from: {quoted(mail.sender)}",
        "",
        "operator:",
        f"  contact: {quoted(contact)}   # mail address shown to the sites we ask",
        "  # heartbeat: ${HEARTBEAT_URL}   # pinged while all is well",
    ]
    return "\n".join(lines) + "\n"


def people_text(people: Sequence[Person]) -> str:
    """people.yaml. Addresses are written as they are: give references for those that are secret."""
    lines = [
        "# Who is told, where, and when. Nobody sees a client that `serves` does not name.",
        "",
        "people:",
    ]
    for person in people:
        lines += [*_person(person), ""]
    return "\n".join(lines[:-1]) + "\n"


def client_text(client: Client, *, notes: Sequence[str] = ()) -> str:
    """clients/NAME.yaml; `notes` are comments for its top."""
    lines = [
        *(f"# {note}" for note in notes),
        f"name: {quoted(client.name)}",
        f"mark: {quoted(client.mark)}   # opens every subject and message",
        f'colour: "{client.colour}"',
        f"language: {client.language}",
        f"zone: {client.zone}",
        "",
        *_own(client),
        "watches:",
        *(line for watch in client.watches for line in _watch(watch)),
        "",
        "sources:",
        *(line for source in client.sources for line in _source(source)),
        "",
        *_tables(client),
        f'digest_at: "{client.digest_at:%H:%M}"',
        f'evening_at: "{client.evening_at:%H:%M}"' if client.evening_at else 'evening_at: "off"',
        *([f"retention_days: {client.retention.days}"] if client.retention else []),
    ]
    return "\n".join(lines) + "\n"


def additions_text(watches: Sequence[Watch], sources: Sequence[Source]) -> str:
    """The lists of a client's file that hold these, each left out when it holds nothing."""
    lines = [
        *(["watches:"] if watches else []),
        *(line for watch in watches for line in _watch(watch)),
        *(["sources:"] if sources else []),
        *(line for source in sources for line in _source(source)),
    ]
    return "\n".join(lines) + "\n"


def source_text(source: Source, *, notes: Sequence[str] = ()) -> str:
    """One source as it stands in a client's list; `notes` are comments above it. Ready to paste."""
    return "\n".join((*(f"  # {note}" for note in notes), *_source(source)))


def _own(client: Client) -> Iterator[str]:
    if client.own_sites or client.own_accounts:
        yield "own:   # what the client publishes itself never alerts"
        yield from _listed("  sites", client.own_sites)
        yield from _listed("  accounts", client.own_accounts)
        yield ""
    yield from _listed("products", client.products)
    yield from _listed("people_words", client.people)


def _tables(client: Client) -> Iterator[str]:
    for title, pairs in (("lists", client.lists), ("places", client.places), ("playbook", client.playbook)):
        if pairs:
            yield f"{title}:"
            yield from (f"  {quoted(key)}: {quoted(value)}" for key, value in pairs)
            yield ""
    yield from _listed("not_watched", client.not_watched)


def _watch(watch: Watch) -> Iterator[str]:
    yield f"  - id: {quoted(watch.id)}"
    yield f"    name: {quoted(watch.name)}"
    yield f"    query: {quoted(watch.query)}"
    if watch.exclude:
        yield "    exclude:   # what is left out altogether"
        yield from (f"      - {quoted(query)}" for query in watch.exclude)
    if watch.mute:
        yield "    mute:   # what is kept and counted, and never alerts"
        yield from (f"      - {quoted(query)}" for query in watch.mute)
    yield from _listed("    languages", watch.languages)
    yield from _listed("    sources", watch.sources)
    if watch.routes != (Route(id="default"),):
        yield "    routes:"
        yield from (line for route in watch.routes for line in _route(route))
    yield f"    urgent_per_day: {watch.urgent_per_day}   # then one summary"


def _route(route: Route) -> Iterator[str]:
    yield f"      - id: {quoted(route.id)}"
    yield f"        least: {Level(route.least).name.lower()}"
    yield from _listed("        people", route.people)
    yield from _listed("        categories", route.categories)


def _source(source: Source) -> Iterator[str]:
    yield f"  - id: {quoted(source.id)}"
    yield f"    kind: {source.kind}"
    yield f"    url: {quoted(source.url)}"
    yield f"    every: {span(source.interval)}"
    if source.at_most is not None:
        yield f"    at_most: {span(source.at_most)}"
    yield f"    place: {source.place}"
    if source.title_link is not None:
        yield f"    press: {'title_link' if source.title_link else 'whole'}"
    if source.take_all:
        yield "    take_all: true   # everything there concerns the client"
    yield from _listed("    tags", source.tags)
    if source.options:
        yield "    options:"
        yield from (f"      {quoted(name)}: {quoted(value)}" for name, value in source.options)


def _person(person: Person) -> Iterator[str]:
    yield f"  - id: {quoted(person.id)}"
    yield f"    name: {quoted(person.name)}"
    yield f"    language: {person.language}"
    yield f"    zone: {person.zone}"
    yield f"    serves: {_inline(sorted(person.serves))}   # client ids, or: all"
    if not person.staff:
        yield "    staff: false   # gets the digest of these clients and nothing else"
    if person.operator:
        yield "    operator: true   # also gets the mail about sources in trouble"
    yield f'    digest_at: "{person.digest_at:%H:%M}"'
    if person.quiet:
        yield f'    quiet: {{from: "{person.quiet.start:%H:%M}", to: "{person.quiet.end:%H:%M}"}}'
    yield "    channels:"
    yield from (line for channel in person.channels for line in _channel(channel))


def _channel(channel: Channel) -> Iterator[str]:
    yield f"      - {channel.kind}: {quoted(channel.address.reveal())}"
    yield f"        id: {quoted(channel.id)}"
    if channel.least:
        yield f"        least: {Level.of(channel.least).name.lower()}"
    yield f"        uses: {_inline(channel.uses)}"
    if channel.signing_key:
        yield f"        signing_key: {quoted(channel.signing_key.reveal())}"


def _listed(key: str, texts: Sequence[str]) -> Iterator[str]:
    if texts:
        yield f"{key}: {_inline(texts)}"


def _inline(texts: Sequence[str]) -> str:
    return "[" + ", ".join(quoted(str(text)) for text in texts) + "]"


def _plain(text: str) -> object:
    return Scalar(line=1, column=1, raw=text).plain()


def _escaped(character: str) -> str:
    return "".join(f"\\u{ord(unit):04x}" if ord(unit) < 0x10000 else f"\\U{ord(unit):08x}" for unit in character)
