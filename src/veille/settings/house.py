"""veille.yaml by itself, before there is any client: what `veille init` starts from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from veille.errors import SettingsError
from veille.model.installation import Installation
from veille.settings.database import database_url
from veille.settings.explain import problems_of
from veille.settings.fields import Context
from veille.settings.files import HOUSE, read_file
from veille.settings.parse import parse
from veille.settings.secrets import Vault
from veille.settings.shape_house import HouseShape


def load_house(config_dir: Path, *, environment: Mapping[str, str], credentials: Path | None) -> Installation:
    """An installation without clients and people. Raises SettingsError with every problem of veille.yaml."""
    path = config_dir / HOUSE
    tree = parse(read_file(path), file=str(path))
    folder = config_dir.absolute().parent
    context = Context(vault=Vault(environment, credentials, config_dir), folder=folder)
    try:
        shape = HouseShape.model_validate(tree.plain() or {}, context=context)
    except ValidationError as error:
        raise SettingsError(tuple(problems_of(error, root=tree, file=str(path), shape=HouseShape))) from None
    operator = shape.operator.value()
    return Installation(
        database=database_url(shape.database, folder=folder),
        clients=(),
        people=(),
        fetch=shape.fetch.value(operator.contact),
        mail=shape.mail.value(),
        operator=operator,
        host=shape.host,
    )
