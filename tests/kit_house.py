"""A whole house for a test: YAML settings, a real database, feeds over HTTP, mails over SMTP, a scripted clock.

with open_town(tmp_path) as town:
    town.publish("press", "Floréal : un scandale", ago=minutes)   # an entry in the feed of that name
    town.beat()                                                  # what the daemon does, once, in order
    town.clock.pass_(minutes=10)
    town.subjects("camille")                                     # what arrived there
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from textwrap import dedent, indent
from threading import Lock

from kit_clock import ScriptedClock
from kit_http import Answer, Asked, Server, answer, serve
from veille.bootstrap import open_house, read_settings, seeded_dice
from veille.demo.postbox import Letter, postbox
from veille.pipeline.adopt import adopt
from veille.pipeline.assess import assess
from veille.pipeline.deliver import deliver
from veille.pipeline.digest import digest
from veille.pipeline.evening import evening
from veille.pipeline.events import Decided, LeftOut, Mentioned, Polled
from veille.pipeline.first_look import first_look
from veille.pipeline.house import House
from veille.pipeline.operator import operator
from veille.pipeline.poll import poll
from veille.pipeline.revisit import revisit

#: Friday noon in Paris.
NOON = datetime(2027, 2, 12, 11, 0, tzinfo=UTC)

CAMILLE = """\
- id: camille
  name: Camille
  serves: all
  operator: true
  channels:
    - email: camille@agence.example
"""


@dataclass(frozen=True)
class Item:
    """One entry of a feed."""

    guid: str
    title: str
    text: str
    link: str
    author: str
    published: datetime


@dataclass
class Web:
    """Feeds by path, served as they stand; `answers` replaces what a path says."""

    items: dict[str, list[Item]] = field(default_factory=dict)
    answers: dict[str, Callable[[Asked], Answer]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=itertools.count)
    lock: Lock = field(default_factory=Lock)

    def say(self, asked: Asked) -> Answer:
        path = asked.target.strip("/")
        if path in self.answers:
            return self.answers[path](asked)
        with self.lock:
            items = self.items.get(path)
            return answer(404) if items is None else answer(200, rss(items), [("Content-Type", "application/rss+xml")])


def rss(items: list[Item]) -> bytes:
    """The feed these entries make."""
    rows = "".join(
        f"<item><guid isPermaLink='false'>{escape(i.guid)}</guid><title>{escape(i.title)}</title>"
        f"<link>{escape(i.link)}</link><description>{escape(i.text)}</description>"
        f"<dc:creator>{escape(i.author)}</dc:creator><pubDate>{format_datetime(i.published)}</pubDate></item>"
        for i in items
    )
    head = "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Feed</title>"
    return f"{head}{rows}</channel></rss>".encode()


@dataclass
class Town:
    """Everything of one test."""

    folder: Path
    clock: ScriptedClock
    web: Web
    server: Server
    letters: list[tuple[datetime, Letter]]
    events: list[object] = field(default_factory=list)
    house: House = field(init=False)

    def publish(self, feed: str, title: str, text: str = "", **said: object) -> Item:
        """An entry at the head of a feed."""
        number = next(self.web.numbers)
        values: dict[str, object] = {
            "guid": f"{feed}-{number}",
            "link": f"https://{feed}.example/{number}",
            "author": f"author {number}",
            "published": self.clock.now(),
        }
        item = Item(title=title, text=text, **{**values, **said})  # type: ignore[arg-type]
        with self.web.lock:
            self.web.items.setdefault(feed, []).insert(0, item)
        return item

    def with_(self, **parts: object) -> None:
        """The same house with another part: a fetcher that breaks, a notifier that counts."""
        self.house = replace(self.house, **parts)  # type: ignore[arg-type]

    def beat(self) -> None:
        """What the daemon does, once, in order."""
        poll(self.house)
        self.judge()
        revisit(self.house)
        first_look(self.house)
        digest(self.house)
        evening(self.house)
        operator(self.house)
        self.send()

    def judge(self) -> None:
        while assess(self.house).judged:
            pass

    def send(self) -> None:
        while deliver(self.house):
            pass

    def live(self, until: datetime, *, minutes: float = 10) -> None:
        """Beats every so many minutes until then."""
        while self.clock.now() < until:
            self.clock.put(min(until, self.clock.now() + timedelta(minutes=minutes)))
            self.beat()

    def settle_in(self) -> None:
        """The first polls and their first looks are behind us; what arrived is forgotten."""
        self.beat()
        self.letters.clear()
        self.events.clear()
        self.clock.pass_(minutes=20)

    def subjects(self, to: str = "") -> list[str]:
        """The subjects of the mails that arrived there, in order, with ordinary spaces."""
        return [_plain(each.subject) for _, each in self.letters if each.to.startswith(to)]

    def texts(self, to: str = "") -> list[str]:
        """The plain texts of the mails that arrived there, in order."""
        return [_plain(body(each)) for _, each in self.letters if each.to.startswith(to)]

    def mentioned(self) -> list[Mentioned]:
        return [event for event in self.events if isinstance(event, Mentioned)]

    def decided(self) -> list[Decided]:
        return [event for event in self.events if isinstance(event, Decided)]

    def polled(self) -> list[Polled]:
        return [event for event in self.events if isinstance(event, Polled)]

    def left_out(self) -> list[LeftOut]:
        return [event for event in self.events if isinstance(event, LeftOut)]


def body(letter: Letter) -> str:
    part = letter.message.get_body(("plain",))
    return str(part.get_content()) if part else ""


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def client(name: str, *feeds: str, query: str = "", extra: str = "", every: str = "10m") -> str:
    """The YAML of a client that asks these feeds; `{web}` stands for the base address."""
    slug = name.lower().replace("é", "e")
    sources = "".join(f"  - id: {slug}-{f}\n    url: '{{web}}/{f}'\n    every: {every}\n" for f in feeds)
    watches = "" if "watches:" in extra else f"watches:\n  - id: {slug}\n    query: {query or name}\n"
    # The watches of most tests are past their first days, when little rings.
    days = "" if "learning_days:" in extra else "learning_days: 0\n"
    return f"name: {name}\nmark: {name[:2].upper()}\n{days}{watches}{dedent(extra)}\nsources:\n{sources}"


#: A client that two feeds speak of.
FLOREAL: Mapping[str, str] = {"floreal": client("Floréal", "press", "forum")}


def write(
    folder: Path,
    *,
    web: str,
    port: int,
    clients: Mapping[str, str],
    people: str,
    house: str,
    database: str,
    allow: Sequence[str] = (),
) -> Path:
    """The settings folder."""
    (folder / "clients").mkdir(parents=True, exist_ok=True)
    address = web.removeprefix("http://")
    base = f"""\
        database: {database or f"sqlite:///{folder.parent / 'veille.db'}"}
        fetch:
          contact: test@veille.example
          allow_private: {json.dumps([address, *allow])}
        mail: {{host: 127.0.0.1, port: {port}, security: none, from: veille <veille@agence.example>}}
        """
    (folder / "veille.yaml").write_text(dedent(base) + dedent(house), encoding="utf-8")
    (folder / "people.yaml").write_text("people:\n" + indent(dedent(people), "  "), encoding="utf-8")
    for old in (folder / "clients").glob("*.yaml"):
        old.unlink()
    for name, text in clients.items():
        (folder / "clients" / f"{name}.yaml").write_text(
            f"id: {name}\n" + text.replace("{web}", web).replace("{bare}", address), encoding="utf-8"
        )
    return folder


@contextmanager
def open_town(
    folder: Path,
    *,
    clients: Mapping[str, str] = FLOREAL,
    people: str = CAMILLE,
    house: str = "",
    database: str = "",
    at: datetime = NOON,
    smtp: int = 0,
    allow: Sequence[str] = (),
) -> Iterator[Town]:
    """A town whose feeds are empty, its settings adopted; mails go to the scripted server at `smtp` if one is named."""
    clock, web = ScriptedClock(at), Web()
    letters: list[tuple[datetime, Letter]] = []
    with ExitStack() as opened:
        server = opened.enter_context(serve(web.say))
        port = (
            smtp
            or opened.enter_context(
                postbox(folder / "mail", told=lambda letter: letters.append((clock.now(), letter)))
            )[1]
        )
        town = Town(folder, clock, web, server, letters)
        for feed in _feeds(clients):
            web.items[feed] = []
        config = write(
            folder / "config",
            web=server.url("")[:],
            port=port,
            clients=clients,
            people=people.replace("{web}", server.url("")),
            house=house.replace("{web}", server.url("")),
            database=database,
            allow=allow,
        )
        installed = read_settings(config).installation
        town.house = opened.enter_context(
            open_house(installed, clock=clock, dice=seeded_dice(1), watcher=town.events.append)
        )
        adopt(town.house)
        yield town


def _feeds(clients: Mapping[str, str]) -> set[str]:
    words = (line.partition("{web}/")[2].strip("' ") for text in clients.values() for line in text.splitlines())
    return {word for word in words if word}
