"""Runs the migrations on the connection that veille hands over (src/veille/store/migrations.py)."""

from __future__ import annotations

from alembic import context

from veille.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite changes a table by making another.
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
