"""The same store tests on both engines, each on a clean database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import kit_postgres
from veille.store import schema
from veille.store.engine import Store


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """One server for the whole session."""
    with kit_postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_shared(postgres_server: str) -> Iterator[Store]:
    """One migrated database for the session: emptied before each test."""
    with kit_postgres.database(postgres_server) as url:
        store = Store.open(url)
        yield store
        store.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file, to copy."""
    file = tmp_path_factory.mktemp("template") / "veille.db"
    Store.open(f"sqlite:///{file}").close()
    return file


@pytest.fixture
def sqlite_store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    """A clean SQLite store."""
    shutil.copy(sqlite_template, tmp_path / "veille.db")
    store = Store.open(f"sqlite:///{tmp_path / 'veille.db'}", migrate=False)
    yield store
    store.close()


@pytest.fixture
def postgres_store(postgres_shared: Store) -> Store:
    """A clean PostgreSQL store."""
    url = postgres_shared.url.render_as_string(hide_password=False)
    kit_postgres.empty(url, sorted(schema.metadata.tables))
    return postgres_shared


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """A clean store, on one engine then on the other."""
    name = "sqlite_store" if request.param == "sqlite" else "postgres_store"
    found: Store = request.getfixturevalue(name)
    return found
