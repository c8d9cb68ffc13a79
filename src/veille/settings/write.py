"""Writes settings files: new ones never over others unless told, changes that keep every comment."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from veille.model.exchange import Source
from veille.model.installation import MailAccount
from veille.model.person import Person
from veille.model.watch import Client, Watch
from veille.settings.comments import extend
from veille.settings.files import CLIENTS, HOUSE, PEOPLE, read_file, refused
from veille.settings.parse import parse
from veille.settings.tree import find
from veille.settings.wording import additions_text, client_text, house_text, people_text


def write_house(
    config_dir: Path,
    *,
    contact: str,
    mail: MailAccount,
    database: str = "",
    allow_private: Sequence[str] = (),
    replace: bool = False,
) -> Path:
    """Write veille.yaml. Secrets are written as given: give references. SettingsError when it exists."""
    text = house_text(contact=contact, mail=mail, database=database, allow_private=allow_private)
    return _write(config_dir / HOUSE, text, replace=replace)


def write_people(config_dir: Path, people: Sequence[Person], *, replace: bool = False) -> Path:
    """Write people.yaml. Addresses are written as given: give references. SettingsError when it exists."""
    return _write(config_dir / PEOPLE, people_text(people), replace=replace)


def write_client(config_dir: Path, client: Client, *, notes: Sequence[str] = (), replace: bool = False) -> Path:
    """Write clients/ID.yaml with `notes` as comments. Raises SettingsError when it exists."""
    text = client_text(client, notes=notes)
    return _write(config_dir / CLIENTS / f"{client.id}.yaml", text, replace=replace)


def add_person(config_dir: Path, person: Person) -> Path:
    """Add someone at the end of people.yaml, comments kept; create it when there is none.

    Raises SettingsError when the file cannot be read or has someone of that id.
    """
    path = config_dir / PEOPLE
    if not path.exists():
        return write_people(config_dir, (person,))
    if person.id in _people_ids(path):
        raise refused(path, f"already has a person `{person.id}`")
    added = _round_trip().load(people_text((person,)))["people"]
    return _change(path, lambda document: document["people"].extend(added))


def serve(config_dir: Path, *, person_id: str, client_id: str) -> Path:
    """Add a client to those a person serves, comments kept.

    Raises SettingsError when people.yaml cannot be read or has nobody of that id.
    """
    path = config_dir / PEOPLE
    if person_id not in _people_ids(path):
        raise refused(path, f"nobody is named `{person_id}`")

    def change(document: Any) -> None:
        person = next(person for person in document["people"] if person["id"] == person_id)
        if person["serves"] != "all" and client_id not in person["serves"]:
            person["serves"].append(client_id)

    return _change(path, change)


def add_to_client(
    config_dir: Path, client_id: str, *, watches: Sequence[Watch] = (), sources: Sequence[Source] = ()
) -> Path:
    """Add watches and sources at the end of a client's lists, comments kept.

    Raises SettingsError when the file cannot be read or changed.
    """
    added = _round_trip().load(additions_text(watches, sources)) or {}

    def change(document: Any) -> None:
        for name, items in added.items():
            extend(document[name], items)

    return _change(config_dir / CLIENTS / f"{client_id}.yaml", change)


def open_private(config_dir: Path, entries: Sequence[str]) -> Path:
    """Add private places (host:port, networks) to those that veille.yaml lets ask, comments kept.

    Raises SettingsError when veille.yaml cannot be read or changed.
    """

    def change(document: Any) -> None:
        opened = document.setdefault("fetch", {}).setdefault("allow_private", [])
        opened.extend(entry for entry in entries if entry not in opened)

    return _change(config_dir / HOUSE, change)


def _people_ids(path: Path) -> tuple[str, ...]:
    tree = parse(read_file(path), file=str(path))
    return tuple(name.raw for _, name in find(tree, "people", "*", "id"))


def _change(path: Path, change: Callable[[Any], None]) -> Path:
    yaml = _round_trip()
    document = yaml.load(read_file(path).decode("utf-8-sig"))
    try:
        change(document)
    except (KeyError, TypeError, AttributeError):
        # Readable YAML of another shape: `veille check` says where.
        raise refused(path, "cannot be changed: run `veille check` first") from None
    text = io.StringIO()
    yaml.dump(document, text)
    return _write(path, text.getvalue(), replace=True)


def _round_trip() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    # No line is ever folded: a folded query would be hard to read, and to compare.
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _write(path: Path, text: str, *, replace: bool) -> Path:
    """The whole file or none of it, even when the machine stops in the middle."""
    if path.exists() and not replace:
        raise refused(path, "already exists: it is not written over")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.write_text(text, encoding="utf-8")
        if path.exists():
            draft.chmod(path.stat().st_mode & 0o777)
        os.replace(draft, path)
    except OSError as error:
        raise refused(path, f"cannot be written: {error.strerror}") from None
    return path
