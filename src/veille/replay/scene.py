"""Whose settings are replayed: an installation of one client, whose sources are those of the items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from veille.model.exchange import Source
from veille.model.installation import Installation
from veille.model.person import Channel, Person
from veille.model.secret import Secret
from veille.model.watch import Client, Watch
from veille.replay.items import Item
from veille.text.clean import one_line, shorten

#: The one client, watch and person of a replay without settings.
QUERY = "query"

#: The query that takes every item.
EVERYTHING = "*"

#: What stands in the watch for it: the language has no query for everything; its sources take all instead.
_STANDS_IN = "followers:>=0"

#: Where items that name no source come from.
UNNAMED = "items"

#: Characters of the query that messages show.
_LONGEST_NAME = 40

#: What a source may be called after, for urgency.
PLACES = frozenset({"national_press", "press", "blog", "forum", "social", "review", "own_page", "search", "other"})


@dataclass(frozen=True, slots=True)
class Scene:
    """An installation to play in, and the source of each name that the items give."""

    installation: Installation
    sources: Mapping[str, Source]

    @property
    def client(self) -> Client:
        """The one client."""
        return self.installation.clients[0]


def of_query(query: str, items: Iterable[Item], *, language: str = "fr") -> Scene:
    """One client with one watch under default settings, told to one person. `*` takes every item."""
    everything = query.strip() == EVERYTHING
    watch = Watch(id=QUERY, name=QUERY, query=_STANDS_IN if everything else query)
    client = Client(id=QUERY, name=_name(query), mark="Q", language=language, watches=(watch,))
    person = Person(
        id=QUERY,
        name=QUERY,
        language=language,
        channels=(Channel(id="mail", kind="email", address=Secret("nobody@localhost")),),
        serves=frozenset({QUERY}),
    )
    bare = Installation(database=Secret(""), clients=(client,), people=(person,))
    return _staged(bare, client, items, take_all=everything)


def of_client(installation: Installation, client_id: str, items: Iterable[Item]) -> Scene:
    """One client of an installation, with the people who serve it. Raises KeyError."""
    client = installation.client(client_id)
    people = (replace(each, serves=frozenset({client_id})) for each in installation.serving(client_id))
    alone = replace(installation, clients=(client,), people=tuple(people))
    return _staged(alone, client, items)


def _staged(installation: Installation, client: Client, items: Iterable[Item], *, take_all: bool = False) -> Scene:
    own = {source.id: source for source in client.sources}
    names = dict.fromkeys(item.source for item in items)
    given = {name: own.get(name) or _source(name, take_all=take_all) for name in names}
    every = {source.id: source for source in (*client.sources, *given.values())}
    staged = replace(client, sources=tuple(every.values()))
    return Scene(replace(installation, clients=(staged,)), given)


def _name(query: str) -> str:
    """What messages call the client; its words are in all its mentions, as a brand's are."""
    return QUERY if query.strip() == EVERYTHING else shorten(one_line(query), _LONGEST_NAME)


def _source(name: str, *, take_all: bool) -> Source:
    return Source(
        id=name or UNNAMED,
        kind="replay",
        url="",
        key=f"replay {name}",
        place=name if name in PLACES else "other",
        take_all=take_all,
    )
