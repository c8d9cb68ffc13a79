"""The migrations and the schema say the same, on both engines, from nothing to the last revision."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from kit_store import mentioned, synced
from sqlalchemy import Engine, create_engine, text

import kit_postgres
from veille.errors import StoreError, StoreTooNew
from veille.store import migrations, schema, words
from veille.store.engine import Store


def differences(engine: Engine) -> list[object]:
    """What alembic would still have to change."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, schema.metadata))


def test_migrations_make_the_schema(store: Store) -> None:
    """Nothing is left for alembic to find."""
    engine = create_engine(store.url)
    try:
        assert differences(engine) == []
    finally:
        engine.dispose()


def test_tables_lists_and_triggers_of_sqlite_are_those_of_the_schema(sqlite_store: Store, tmp_path: Path) -> None:
    """Word for word what create_all makes: options that alembic does not compare (rowid, autoincrement, where) too."""
    made = create_engine(f"sqlite:///{tmp_path / 'made.db'}")
    schema.metadata.create_all(made)
    question = text("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'alembic%' AND sql IS NOT NULL")
    with made.connect() as left, sqlite_store.reading() as right:
        expected, found = ({row.name: row.sql for row in each.execute(question)} for each in (left, right))
    made.dispose()
    assert {name: set(_lines(sql)) for name, sql in found.items()} == {
        name: set(_lines(sql)) for name, sql in expected.items()
    }


def _lines(sql: str) -> list[str]:
    return sorted(line.strip().rstrip(",").replace('"', "") for line in sql.replace(", \n", "\n").split("\n"))


def test_a_second_start_changes_nothing(sqlite_store: Store) -> None:
    """Opening an up-to-date database runs no migration."""
    Store.open(str(sqlite_store.url)).close()
    with sqlite_store.reading() as conn:
        assert migrations.current(conn) == max(migrations.known_revisions())


def test_an_older_schema_is_brought_up_and_keeps_its_rows(tmp_path: Path) -> None:
    """A database stopped at the first revision."""
    from alembic import command

    engine = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    with engine.begin() as connection:
        command.upgrade(migrations._settings(connection), "0001")
        connection.execute(text("INSERT INTO exclusion VALUES ('floreal', '2026-11-22', 3)"))
    engine.dispose()
    store = Store.open(f"sqlite:///{tmp_path / 'old.db'}")
    with store.reading() as conn:
        assert conn.execute(text("SELECT number FROM exclusion")).scalar() == 3
    assert differences(store._reader) == []
    store.close()


def test_words_that_were_counted_and_what_they_find_outlive_the_change_of_their_table(store: Store) -> None:
    """From schema 0009, where they stood in two: what was placed yesterday is still found today."""
    from alembic import command

    row = synced(store, "press")["press"]
    with store.writing() as tx:
        stored = mentioned(tx, row, 700)
    with store._writer.begin() as connection:
        command.downgrade(migrations._settings(connection), "0009")
    counted = [("floreal", words.EVERY, 700), ("floreal", -5, 600), ("floreal", 2**62, 1), ("lys", -5, 2)]
    found = [
        *(("floreal", -5, number) for number in stored[:600]),
        ("floreal", 2**62, stored[-1]),
        ("lys", -5, stored[3]),
    ]
    with store.writing() as tx:
        for table, rows in (("word", counted), ("sketch", found)):
            tx.execute(
                text(f"INSERT INTO {table} VALUES (:a, :b, :c)"), [dict(zip("abc", r, strict=True)) for r in rows]
            )
    with store._writer.connect() as connection:
        migrations.upgrade(connection)
    with store.reading() as conn:
        met, other = words.uses(conn, "floreal", [-5, 2**62, 1]), words.uses(conn, "lys", [-5])
    assert (met.texts, met.counts, other.counts) == (700, {-5: 600, 2**62: 1, 1: 0}, {-5: 2})
    assert met.latest(-5, least=0, most=1_000) == tuple(stored[600 - words.LATEST : 600])
    assert met.latest(2**62, least=0, most=9) == (stored[-1],)
    assert other.latest(-5, least=0, most=9) == (stored[3],)


def test_migrations_can_be_taken_back(postgres_server: str) -> None:
    """Down to nothing and up again."""
    from alembic import command

    with kit_postgres.database(postgres_server) as url:
        store = Store.open(url)
        with store._writer.begin() as connection:
            command.downgrade(migrations._settings(connection), "base")
        with store._writer.connect() as connection:
            migrations.upgrade(connection)
        assert differences(store._reader) == []
        store.close()


def test_a_newer_schema_is_refused(store: Store) -> None:
    """A veille that is too old must not touch it, nor name it damaged."""
    url = store.url.render_as_string(hide_password=False)
    revision = max(migrations.known_revisions())
    with store.writing() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        for migrate in (True, False):
            with pytest.raises(StoreTooNew, match="schema 9999.*upgrade veille"):
                Store.open(url, migrate=migrate)
    finally:
        with store.writing() as tx:
            tx.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": revision})
            tx.execute(text("DELETE FROM alembic_version WHERE version_num = '9999'"))


def test_an_empty_database_is_not_made_up_by_a_reader(tmp_path: Path) -> None:
    """`veille status` before the first run: no file, then an empty one."""
    file = tmp_path / "empty.db"
    for sentence in ("there is no database yet", "brings it up to date"):
        with pytest.raises(StoreError, match=sentence):
            Store.open(f"sqlite:///{file}", migrate=False)
        assert sentence == "brings it up to date" or not file.exists()
        file.touch()


def test_an_installed_package_has_its_own_migrations(tmp_path: Path) -> None:
    """The wheel carries them as `_alembic`; an editable installation finds those of the repository."""
    repository = migrations.scripts()
    assert repository.name == "alembic"
    assert not (repository / "__init__.py").exists()
    site = tmp_path / "site" / "veille"
    with pytest.raises(StoreError, match="install veille again"):
        migrations.scripts(site)
    shutil.copytree(repository, site / "_alembic")
    assert migrations.scripts(site) == site / "_alembic"


def test_a_path_with_a_percent_sign_is_a_path_like_any_other(tmp_path: Path) -> None:
    """Alembic reads % as an interpolation."""
    Store.open(f"sqlite:///{tmp_path / '50%.db'}").close()
