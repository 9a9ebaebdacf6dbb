"""Alembic's entry; `scheduler_core.db.migrate` hands the connection over."""

from __future__ import annotations

from alembic import context

from scheduler_core.db.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
