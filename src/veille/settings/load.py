"""A folder of YAML files to one Installation, or all that is wrong with it at once.

files -> bytes -> trees -> shapes, references and queries checked -> values
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from veille.channels.base import kinds as channel_kinds
from veille.errors import Problem, SettingsError
from veille.model.installation import Installation, Operator
from veille.model.person import Person
from veille.settings.database import database_url
from veille.settings.explain import problem, problems_of
from veille.settings.fields import SLUG, Context
from veille.settings.files import HOUSE, PEOPLE, check_folder, client_files, read_file
from veille.settings.parse import parse
from veille.settings.references import Forest, check_references
from veille.settings.secrets import Vault
from veille.settings.shape_client import ClientShape
from veille.settings.shape_house import HouseShape
from veille.settings.shape_people import PeopleShape
from veille.settings.source_doubts import source_doubts
from veille.settings.tree import Node, find
from veille.text.address import allow_list

Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings, and what is not wrong but had better be said."""

    installation: Installation
    warnings: tuple[str, ...] = ()


def load(config_dir: Path, *, environment: Mapping[str, str], credentials: Path | None) -> Installation:
    """The installation that the folder describes. Raises SettingsError with every problem."""
    return load_with_warnings(config_dir, environment=environment, credentials=credentials).installation


def load_with_warnings(config_dir: Path, *, environment: Mapping[str, str], credentials: Path | None) -> Loaded:
    """As `load`, with the warnings: secrets that others can read, clients that nobody serves...

    `credentials` is the folder of systemd's credentials. A database file is relative to $STATE_DIRECTORY
    when `environment` has it, else to the folder that holds `config_dir`. Raises SettingsError.
    """
    check_folder(config_dir)
    state = environment.get("STATE_DIRECTORY", "").partition(":")[0]
    folder = Path(state) if state else config_dir.absolute().parent
    reading = _Reading(config_dir, Vault(environment, credentials, config_dir), folder)
    shapes = reading.shapes()
    if reading.problems or shapes is None:
        raise SettingsError(reading.in_order())
    installation = _installation(shapes, folder=folder, text=reading.text())
    doubtful = (said for name, shape in shapes.clients.items() for said in source_doubts(name, shape))
    return Loaded(installation, (*reading.vault.warnings, *_warnings(installation), *doubtful))


#: Characters of an address that can hold a key.
_LEAST_SECRET = 8


@dataclass(frozen=True, slots=True)
class _Shapes:
    house: HouseShape
    people: PeopleShape
    #: By client id.
    clients: Mapping[str, ClientShape]


@dataclass(slots=True)
class _Reading:
    """One load: the files as they were read, and every problem met on the way."""

    folder: Path
    vault: Vault
    #: What the file of the database is relative to.
    state: Path
    problems: list[Problem] = field(default_factory=list)
    #: By path, in the order they are read.
    files: dict[Path, bytes] = field(default_factory=dict)

    def shapes(self) -> _Shapes | None:
        """The three kinds of files, valid each by itself; None when one is not. Fills `problems`."""
        house, people = self._tree(self.folder / HOUSE), self._tree(self.folder / PEOPLE)
        paths = self._clients()
        clients = {path: tree for path in paths if (tree := self._tree(path))}
        self._references(people if paths else None, clients, unread=set(paths) - set(clients))
        context = Context(vault=self.vault, allow_private=_allowed(house), folder=self.state)
        installed = self._shape(HouseShape, self.folder / HOUSE, house, context)
        staffed = self._shape(PeopleShape, self.folder / PEOPLE, people, context)
        made = {path.stem: self._shape(ClientShape, path, tree, context) for path, tree in clients.items()}
        known = {name: shape for name, shape in made.items() if shape}
        return _Shapes(installed, staffed, known) if installed and staffed else None

    def in_order(self) -> tuple[Problem, ...]:
        """Every problem once, in the order of the files and of their lines."""
        order = {str(path): n for n, path in enumerate(self.files)}
        last = len(order)
        return tuple(
            sorted(set(self.problems), key=lambda p: (order.get(p.file, last), p.file, p.line, p.column, p.path))
        )

    def text(self) -> str:
        """All files as written: the references, never what they stand for."""
        return "\n".join(
            f"# --- {path.relative_to(self.folder)}\n{content.decode('utf-8-sig')}"
            for path, content in self.files.items()
        )

    def _tree(self, path: Path) -> Node | None:
        self.files[path] = b""
        try:
            self.files[path] = read_file(path)
            return parse(self.files[path], file=str(path))
        except SettingsError as error:
            self.problems += error.problems
            return None

    def _clients(self) -> tuple[Path, ...]:
        try:
            paths, wrong = client_files(self.folder)
        except SettingsError as error:
            paths, wrong = (), error.problems
        self.problems += wrong
        return paths

    def _references(self, people: Node | None, clients: Mapping[Path, Node], *, unread: Set[Path]) -> None:
        for path in clients:
            if not re.fullmatch(SLUG, path.stem) or path.stem == "all":
                self.problems.append(problem(str(path), (1, 1), (), "name it with a-z, 0-9, - and _ (not `all`)"))
        forest = Forest(
            people=(str(self.folder / PEOPLE), people) if people else None,
            clients=tuple((path.stem, str(path), tree) for path, tree in clients.items()),
            unread=tuple(path.stem for path in unread),
        )
        self.problems += check_references(forest, channel_kinds=channel_kinds())

    def _shape(self, shape: type[Shape], path: Path, tree: Node | None, context: Context) -> Shape | None:
        if tree is None:
            return None
        plain = tree.plain()
        # An empty veille.yaml is all defaults.
        empty = plain is None and shape is HouseShape
        try:
            return shape.model_validate({} if empty else plain, context=context)
        except ValidationError as error:
            self.problems += problems_of(error, root=tree, file=str(path), shape=shape)
            return None


def _allowed(house: Node | None) -> tuple[str, ...]:
    """What the operator's file opens; its wrong entries are left out here, and refused by its shape."""
    return tuple(entry.raw for _, entry in find(house, "fetch", "allow_private", "*") if _opens(entry.raw))


def _opens(entry: str) -> bool:
    try:
        allow_list((entry,))
    except ValueError:
        return False
    return True


def _installation(shapes: _Shapes, *, folder: Path, text: str) -> Installation:
    house, names = shapes.house, tuple(shapes.clients)
    operator = house.operator.value()
    people = tuple(shape.value(names) for shape in shapes.people.people)
    return Installation(
        database=database_url(house.database, folder=folder),
        clients=tuple(shape.value(name) for name, shape in shapes.clients.items()),
        people=people,
        fetch=house.fetch.value(operator.contact),
        mail=house.mail.value(),
        retention=house.retention.value(),
        operator=operator,
        public_url=(house.public_url or "").rstrip("/"),
        host=house.host,
        fingerprint=sha256(text.encode()).hexdigest(),
        text=_without_addresses(text, people, operator),
    )


def _without_addresses(text: str, people: Sequence[Person], operator: Operator) -> str:
    """The text to keep: whoever knows the address of a webhook may post there, so one written in clear is dots."""
    posted = {channel.address.reveal() for person in people for channel in person.channels if channel.kind != "email"}
    for address in sorted((*posted, operator.heartbeat.reveal()), key=len, reverse=True):
        text = text.replace(address, "...") if len(address) >= _LEAST_SECRET else text
    return text


def _warnings(installation: Installation) -> Iterator[str]:
    for client in installation.clients:
        if not installation.serving(client.id):
            yield f"clients/{client.id}.yaml: nobody serves this client: nobody will be told"
    marks = Counter(client.mark for client in installation.clients)
    for mark in (mark for mark, times in marks.items() if times > 1):
        same = ", ".join(client.id for client in installation.clients if client.mark == mark)
        yield f"the mark {mark} opens the messages of several clients: {same}"
    if not any(person.operator for person in installation.people):
        yield f"{PEOPLE}: nobody has `operator: true`: nobody is told about sources in trouble"
