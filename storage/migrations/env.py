"""What Alembic runs: the connection and its transaction come from `storage.migrate`."""

from __future__ import annotations

from alembic import context

from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite changes a table by building it anew.
    render_as_batch=True,
    render_item=context.config.attributes.get("render_item"),
)
context.run_migrations()
