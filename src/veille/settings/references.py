"""What one file says about another, and what queries say: checked on trees, so that all is found at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from veille.analysis.signals import CRISIS, KINDS
from veille.errors import Problem, QueryError
from veille.query import parse as parse_query
from veille.settings.advice import suggestion
from veille.settings.explain import problem, unknown_key
from veille.settings.shape_people import CHANNEL_KEYS, PeopleShape
from veille.settings.tree import Node, Path, Scalar, child, find, key_place
from veille.sources.base import kind_of, kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """The trees of one set of settings; a file that could not be read is left out."""

    #: File and tree.
    people: tuple[str, Node] | None
    #: Client id (the name of the file), file, tree.
    clients: tuple[tuple[str, str, Node], ...]
    #: Ids of clients whose file could not be read: they are known, and that is all.
    unread: tuple[str, ...] = ()

    @property
    def client_ids(self) -> tuple[str, ...]:
        """Known clients, in file order."""
        return tuple(client_id for client_id, _, _ in self.clients)


def check_references(forest: Forest, *, channel_kinds: tuple[str, ...]) -> Iterator[Problem]:
    """Ids that are twice, names that stand for nothing, queries that cannot be read."""
    yield from _people(forest, channel_kinds)
    yield from _ids(forest)
    for client_id, file, root in forest.clients:
        yield from _client(forest, client_id, file=file, root=root)


def _people(forest: Forest, channel_kinds: tuple[str, ...]) -> Iterator[Problem]:
    if not forest.people:
        return
    file, root = forest.people
    for path, name in find(root, "people", "*", "serves", "*"):
        if name.raw not in (*forest.client_ids, *forest.unread, "all"):
            yield _unknown(file, path, name, "client", forest.client_ids)
    known = (*CHANNEL_KEYS, *channel_kinds)
    for path, _ in find(root, "people", "*", "channels", "*", "*"):
        if path[-1] not in known:
            yield unknown_key(root, path, file=file, shape=PeopleShape)
    yield from _twice(((file, path, name) for path, name in find(root, "people", "*", "id")), "person")


def _ids(forest: Forest) -> Iterator[Problem]:
    for field, what in (("watches", "watch"), ("sources", "source"), ("events", "event")):
        named = ((file, path, name) for _, file, root in forest.clients for path, name in find(root, field, "*", "id"))
        yield from _twice(named, what)


def _twice(named: Iterator[tuple[str, Path, Scalar]], what: str) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for file, path, name in named:
        if name.raw in first:
            message = f"the {what} `{name.raw}` is already in {first[name.raw]}: an id is used once"
            yield problem(file, (name.line, name.column), path, message)
        first.setdefault(name.raw, f"{file}:{name.line}")


def _client(forest: Forest, client_id: str, *, file: str, root: Node) -> Iterator[Problem]:
    for path, name in find(root, "id"):
        if name.raw != client_id:
            message = f"the file is named {client_id}.yaml: write `{client_id}`, or rename the file"
            yield problem(file, (name.line, name.column), path, message)
    sources = tuple(name.raw for _, name in find(root, "sources", "*", "id"))
    for path, name in find(root, "watches", "*", "sources", "*"):
        if name.raw not in sources:
            yield _unknown(file, path, name, "source of this client", sources)
    yield from _fanned(file, root)
    yield from _playbook(file, root)
    yield from _urgency(file, root)
    yield from _routes(forest, client_id, file=file, root=root)
    yield from _queries(file, root)


def _fanned(file: str, root: Node) -> Iterator[Problem]:
    """Ids that would be those of what a search source asks for a watch: SOURCE-WATCH."""
    kind_at = {path[1]: kind.raw for path, kind in find(root, "sources", "*", "kind")}
    ids = [(path, name) for path, name in find(root, "sources", "*", "id")]
    asking = [n.raw for path, n in ids if kind_at.get(path[1]) in kinds() and kind_of(kind_at[path[1]]).searches]
    made = {f"{each}-{watch.raw}": each for each in asking for _, watch in find(root, "watches", "*", "id")}
    for path, name in ids:
        if name.raw in made:
            message = f"`{name.raw}` is what the source `{made[name.raw]}` is called for one watch: write another id"
            yield problem(file, (name.line, name.column), path, message)


def _playbook(file: str, root: Node) -> Iterator[Problem]:
    known = ("default", *(kind.name for kind in KINDS))
    for path, _ in find(root, "playbook", "*"):
        family = str(path[-1])
        if family not in known:
            place = key_place(child(root, "playbook") or root, family)
            message = f"no family of urgent words has this name{suggestion(family, known)}"
            yield problem(file, place, path, message)


def _urgency(file: str, root: Node) -> Iterator[Problem]:
    """The families and signals that a client's own words and weights name."""
    families = (*(kind.name for kind in KINDS if kind.name in CRISIS), "problem", "vulnerable")
    named = (("words", "family of urgent words", families), ("weights", "signal", tuple(k.name for k in KINDS)))
    for key, what, known in named:
        listed = child(child(root, "urgency") or root, key)
        found = (*find(root, "urgency", key, "*"), *find(root, "urgency", key, "*", "*"))
        for name in dict.fromkeys(str(path[2]) for path, _ in found):
            if name not in known:
                message = f"no {what} has this name{suggestion(name, known)}"
                yield problem(file, key_place(listed or root, name), ("urgency", key, name), message)


def _routes(forest: Forest, client_id: str, *, file: str, root: Node) -> Iterator[Problem]:
    if not forest.people:
        return
    serving = _serving(forest)
    for path, name in find(root, "watches", "*", "routes", "*", "people", "*"):
        if name.raw not in serving:
            yield _unknown(file, path, name, "person", tuple(serving))
        elif serving[name.raw].isdisjoint({client_id, "all"}):
            message = f"`{name.raw}` does not serve {client_id}: add it to `serves` in people.yaml"
            yield problem(file, (name.line, name.column), path, message)


def _serving(forest: Forest) -> Mapping[str, frozenset[str]]:
    """Person id -> the clients they serve; "all" stands for all."""
    people = child(forest.people[1], "people") if forest.people else None
    known = list(find(people, "*", "id"))
    return {
        name.raw: frozenset(
            served.raw
            for pattern in (("serves",), ("serves", "*"))
            for _, served in find(child(people, path[0]) if people else None, *pattern)
        )
        for path, name in known
    }


_QUERIES = (
    ("lists", "*"),
    ("watches", "*", "query"),
    ("watches", "*", "exclude", "*"),
    ("watches", "*", "mute", "*"),
    ("events", "*", "query"),
)


def _queries(file: str, root: Node) -> Iterator[Problem]:
    lists = {str(path[-1]): " ".join(text.raw.split()) for path, text in find(root, "lists", "*")}
    for pattern in _QUERIES:
        for path, text in find(root, *pattern):
            if isinstance(text.plain(), str) and text.raw.strip():
                yield from _query(file, path, text, lists)


def _query(file: str, path: Path, text: Scalar, lists: Mapping[str, str]) -> Iterator[Problem]:
    try:
        parse_query(" ".join(text.raw.split()), lists=lists)
    except QueryError as error:
        caret = error.caret().replace("\n", "\n    ")
        message = f"column {error.column + 1} of the query: {error.message}\n    {caret}"
        yield problem(file, (text.line, text.column), path, message)


def _unknown(file: str, path: Path, name: Scalar, what: str, known: tuple[str, ...]) -> Problem:
    message = f"no {what} is named `{name.raw[:60]}`{suggestion(name.raw, known)}"
    return problem(file, (name.line, name.column), path, message)
