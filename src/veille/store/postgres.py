"""How PostgreSQL is opened: psycopg 3, a snapshot for each reader, lost connections noticed before use."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from sqlalchemy import URL, Engine, create_engine
from sqlalchemy.exc import NoSuchModuleError

from veille.errors import StoreError

DIALECT: Literal["postgresql"] = "postgresql"


def engines(url: URL, *, patience: timedelta) -> tuple[Engine, Engine]:
    """The readers and the writers. Raises StoreError when the driver is not installed."""
    milliseconds = int(patience.total_seconds() * 1000)
    arguments = {"connect_timeout": 10, "options": f"-c lock_timeout={milliseconds}"}
    try:
        writer = create_engine(url, pool_size=4, max_overflow=8, pool_pre_ping=True, connect_args=arguments)
    except (ImportError, NoSuchModuleError) as error:
        raise StoreError("PostgreSQL needs its driver: pip install 'veille[postgres]'") from error
    reader = writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return reader, writer
