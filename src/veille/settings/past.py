"""A client as an older set of settings described it, from the text that the database keeps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from veille.errors import SettingsError
from veille.model.watch import Client
from veille.settings.fields import Context
from veille.settings.files import HOUSE
from veille.settings.parse import parse
from veille.settings.secrets import Vault
from veille.settings.shape_client import ClientShape
from veille.settings.tree import Node, find
from veille.text.address import allow_list

#: What opens each file in the text that is kept (load.py writes it).
_HEADING = re.compile(r"^# --- (\S+)$", re.MULTILINE)


def client_then(text: str, client_id: str, *, config: Path, environment: Mapping[str, str]) -> Client | None:
    """The client of these settings; None when they had none of that id, or cannot be read by this version.

    References are resolved as of today; one that leads nowhere any more makes the client unreadable.
    """
    files = _files(text)
    name = f"clients/{client_id}.yaml"
    if name not in files:
        return None
    try:
        house = parse(files.get(HOUSE, "").encode(), file=HOUSE)
        context = Context(vault=Vault(environment, None, config), allow_private=_allowed(house), folder=config)
        tree = parse(files[name].encode(), file=name)
        return ClientShape.model_validate(tree.plain(), context=context).value(client_id)
    except (SettingsError, ValidationError):
        return None


def _files(text: str) -> dict[str, str]:
    parts = _HEADING.split(text)
    return {name: content.removeprefix("\n") for name, content in zip(parts[1::2], parts[2::2], strict=True)}


def _allowed(house: Node) -> tuple[str, ...]:
    entries = [entry.raw for _, entry in find(house, "fetch", "allow_private", "*")]
    return tuple(entry for entry in entries if _opens(entry))


def _opens(entry: str) -> bool:
    try:
        allow_list((entry,))
    except ValueError:
        return False
    return True
