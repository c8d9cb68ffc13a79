"""Writes what was agreed: all the files or none, never over another client, and only what loads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from veille.bootstrap import read_settings
from veille.model.installation import Installation, MailAccount
from veille.model.person import Person
from veille.model.watch import Client
from veille.settings.files import CLIENTS, HOUSE, PEOPLE
from veille.settings.write import add_person, open_private, serve, write_client, write_house


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHouse:
    """veille.yaml, when there is none yet."""

    contact: str
    mail: MailAccount
    #: File name -> content, mode 0600.
    secrets: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything to write."""

    client: Client
    notes: tuple[str, ...]
    #: Someone new; else `serves` names a person who is there.
    person: Person | None = None
    serves: str = ""
    house: NewHouse | None = None
    allow_private: tuple[str, ...] = ()


def write(config: Path, plan: Plan) -> tuple[Installation, tuple[Path, ...]]:
    """Write, and load as the daemon would. Raises SettingsError, the folder being as it was before."""
    with _unchanged_on_failure(config, plan):
        written = tuple(_write(config, plan))
        return read_settings(config).installation, written


def _write(config: Path, plan: Plan) -> Iterator[Path]:
    if plan.house:
        for name, content in plan.house.secrets:
            yield _write_secret(config / name, content)
        house = plan.house
        yield write_house(config, contact=house.contact, mail=house.mail, allow_private=plan.allow_private)
    elif plan.allow_private:
        yield open_private(config, plan.allow_private)
    yield write_client(config, plan.client, notes=plan.notes)
    if plan.person:
        yield add_person(config, plan.person)
    else:
        yield serve(config, person_id=plan.serves, client_id=plan.client.id)


def _write_secret(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(content)
    return path


@contextmanager
def _unchanged_on_failure(config: Path, plan: Plan) -> Iterator[None]:
    names = (
        HOUSE,
        PEOPLE,
        f"{CLIENTS}/{plan.client.id}.yaml",
        *(n for n, _ in (plan.house.secrets if plan.house else ())),
    )
    before = {config / name: (config / name).read_bytes() if (config / name).exists() else None for name in names}
    folders = [folder for folder in (config / CLIENTS, config) if not folder.exists()]
    try:
        yield
    except BaseException:
        # Ctrl-C too: half a configuration would not load.
        for path, content in before.items():
            path.unlink(missing_ok=True) if content is None else path.write_bytes(content)
        for folder in folders:
            if folder.exists() and not any(folder.iterdir()):
                folder.rmdir()
        raise
