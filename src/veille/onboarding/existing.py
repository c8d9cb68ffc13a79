"""What a settings folder already holds, so that `init` adds to it and never writes over it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from veille.bootstrap import read_house, read_settings
from veille.model.exchange import FetchPolicy
from veille.settings.files import HOUSE, PEOPLE, check_folder, client_files, read_file
from veille.settings.parse import parse
from veille.settings.tree import find

#: Ends of names that belong to nobody (RFC 2606): the examples that ship.
_EXAMPLES = (".example", ".example.com", ".invalid", ".test")


@dataclass(frozen=True, slots=True, kw_only=True)
class Existing:
    """A folder before `init` writes into it."""

    #: Whether veille.yaml is there: then the mail account is the operator's matter.
    house: bool = False
    policy: FetchPolicy = FetchPolicy()
    client_ids: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    #: Mail address, small letters -> person id.
    mails: Mapping[str, str] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    #: Clients whose every source is under a name of the examples.
    examples: tuple[str, ...] = ()


def existing(config: Path) -> Existing:
    """Read a folder, which may be missing. Raises SettingsError when what it holds is wrong."""
    if os.path.lexists(config):
        check_folder(config)
    clients, _ = client_files(config)
    mails, people = _people(config / PEOPLE)
    if not clients:
        house = (config / HOUSE).exists()
        policy = read_house(config).fetch if house else FetchPolicy(user_agent="veille (init)")
        return Existing(house=house, policy=policy, mails=mails, people=people)
    installed = read_settings(config).installation
    return Existing(
        house=True,
        policy=installed.fetch,
        client_ids=frozenset(client.id for client in installed.clients),
        marks=frozenset(client.mark for client in installed.clients),
        mails=mails,
        people=people,
        examples=tuple(
            client.id
            for client in installed.clients
            if all(any(f"{end}/" in f"{source.url}/" for end in _EXAMPLES) for source in client.sources)
        ),
    )


def _people(path: Path) -> tuple[Mapping[str, str], frozenset[str]]:
    """Mail addresses with whose they are, and the ids of all."""
    if not path.exists():
        return {}, frozenset()
    tree = parse(read_file(path), file=str(path))
    ids = {where[:2]: name.raw for where, name in find(tree, "people", "*", "id")}
    mails = find(tree, "people", "*", "channels", "*", "email")
    found = {address.raw.lower(): ids[where[:2]] for where, address in mails if where[:2] in ids}
    return found, frozenset(ids.values())
