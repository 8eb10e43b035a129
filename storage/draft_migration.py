"""Writes migrations for developers: `python -m storage.draft_migration [words of its name]`.

Until the first release there is one revision, and it is written anew from the tables whenever they
change: run this without words, and start from a fresh database. After a release a revision is
history and is never touched: give words, and the next revision is drafted from the difference
between the revisions and the tables; read it before you keep it (docs/adding-things.md).
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Index, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlmodel.sql.sqltypes import AutoString

from storage.migrate import MIGRATIONS, configuration, upgrade
from storage.people import ROOT_VIEW
from storage.tables import metadata
from storage.types import Instant

FIRST = MIGRATIONS / "versions" / "0001_first.py"

HEADER = '''"""Every table of the first release, written by `python -m storage.draft_migration`."""

# ruff: noqa: E501, Q000
# fmt: off
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
'''


def first() -> str:
    """The text of the first revision: tables, indexes and views, always in the same order."""
    from alembic.autogenerate import render_python_code
    from alembic.operations import ops
    from alembic.runtime.migration import MigrationContext

    steps: list[Any] = []
    for table in metadata.sorted_tables:
        steps.append(ops.CreateTableOp.from_table(table))
        steps += [_index(each) for each in sorted(table.indexes, key=lambda one: one.name or "")]
    body = render_python_code(
        ops.UpgradeOps(ops=steps),
        render_item=render_item,
        migration_context=MigrationContext.configure(dialect_name="postgresql"),
    )
    lines = [line for line in body.splitlines() if not line.strip().startswith("#")]
    return HEADER + "\n".join([*lines, f"    op.execute({ROOT_VIEW!r})"]) + "\n"


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Our column types as plain ones: a revision must not change when our code does."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


def _index(index: Index) -> Any:
    from alembic.operations import ops

    create: Any = ops.CreateIndexOp
    operation = create.from_index(index)
    # Each dialect writes its own condition: SQLite takes an index only for the words of the query.
    dialects: dict[str, Any] = {"sqlite": sqlite.dialect, "postgresql": postgresql.dialect}
    for name, dialect in dialects.items():
        condition = operation.kw.get(f"{name}_where")
        if condition is not None:
            operation.kw[f"{name}_where"] = text(_words(condition, dialect()))
    return operation


def _words(condition: Any, dialect: Dialect) -> str:
    compiled: Any = condition.compile(
        dialect=dialect, compile_kwargs={"literal_binds": True, "include_table": False}
    )
    return str(compiled)


async def _draft(words: str) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory
    from sqlalchemy import create_engine

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "draft.db"
        await upgrade(f"sqlite+aiosqlite:///{path}")
        engine = create_engine(f"sqlite:///{path}")

        def revise(connection: Connection) -> None:
            config = configuration(connection)
            config.attributes["render_item"] = render_item
            heads = ScriptDirectory.from_config(config).get_current_head() or "0000"
            command.revision(config, words, autogenerate=True, rev_id=f"{int(heads) + 1:04}")

        with engine.connect() as connection:
            revise(connection)
        engine.dispose()


if __name__ == "__main__":
    if sys.argv[1:]:
        asyncio.run(_draft(" ".join(sys.argv[1:])))
    else:
        FIRST.parent.mkdir(exist_ok=True)
        FIRST.write_text(first(), encoding="utf-8")
