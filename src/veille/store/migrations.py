"""Brings a database's schema up to date, from an installed package or from the repository."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

import veille
from veille.errors import StoreError, StoreTooNew


def scripts(package: Path = Path(veille.__file__).parent) -> Path:
    """Where the migrations of the installed package are. Raises StoreError when the installation lacks them."""
    for folder in (package / "_alembic", package.parents[1] / "alembic"):
        if (folder / "env.py").is_file():
            return folder
    raise StoreError("this installation has no migrations: install veille again")


def upgrade(connection: Connection) -> None:
    """Run what is missing, in one transaction. Raises StoreTooNew when a newer veille wrote the schema."""
    settings = _settings(connection)
    if _is_current(connection, settings):
        return
    connection.rollback()
    _foreign_keys(connection, enforced=False)
    try:
        with connection.begin():
            command.upgrade(settings, "head")
    finally:
        _foreign_keys(connection, enforced=True)


def require_current(connection: Connection) -> None:
    """Raises StoreError unless the schema is the one this veille writes; StoreTooNew when it is a later one."""
    if not _is_current(connection, _settings(connection)):
        raise StoreError("the database is empty or older than this veille: `veille run` brings it up to date")


def current(connection: Connection) -> str:
    """The revision of the database's schema ("" = no schema yet)."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def known_revisions() -> frozenset[str]:
    """Every revision this veille can bring up to date."""
    return frozenset(script.revision for script in ScriptDirectory(str(scripts())).walk_revisions())


def _is_current(connection: Connection, settings: Config) -> bool:
    directory = ScriptDirectory.from_config(settings)
    found = current(connection)
    if found and found not in known_revisions():
        raise StoreTooNew(f"a newer veille wrote this database (schema {found}): upgrade veille")
    return found == directory.get_current_head()


def _settings(connection: Connection) -> Config:
    settings = Config()
    # A % in a path would be read as an interpolation.
    settings.set_main_option("script_location", str(scripts()).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings


def _foreign_keys(connection: Connection, *, enforced: bool) -> None:
    # SQLite rebuilds a table to change it, and would delete what refers to it. The pragma is void inside a transaction.
    driver = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite" and driver is not None:
        driver.cursor().execute(f"PRAGMA foreign_keys={'ON' if enforced else 'OFF'}")
