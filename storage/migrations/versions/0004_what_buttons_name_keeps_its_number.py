"""No number that a button names comes a second time: an old card must not act on a newer request.

SQLite alone gives the number of a row that is gone again. The tables are built anew there, and go
on after the highest number that a message still names.
"""

# ruff: noqa: Q000
# fmt: off
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NAMES = {
    'admission': ('request', 'request-second', 'request-appeal', 'request-task', 'request-answer'),
    'passage': ('passage', 'passage-hand'),
    'problem': ('problem',),
    'removal': ('removal', 'removal-hand'),
}


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for table, names in NAMES.items():
        with op.batch_alter_table(
            table, recreate="always", table_kwargs={"sqlite_autoincrement": True}
        ):
            pass
        highest = max(_highest(table, name) for name in names)
        forget = sa.text("DELETE FROM sqlite_sequence WHERE name = :table")
        note = sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :highest)")
        op.get_bind().execute(forget, {"table": table})
        op.get_bind().execute(note, {"table": table, "highest": highest})


def _highest(table: str, name: str) -> int:
    """The highest number of a row, or of one that a message is named after."""
    rows = sa.select(sa.func.max(sa.column('id', sa.Integer))).select_from(sa.table(table))
    number = sa.cast(sa.func.substr(sa.column('name'), len(name) + 2), sa.Integer)
    named = sa.select(sa.func.max(number)).select_from(sa.table('outbox'))
    named = named.where(sa.column('name').like(f'{name}:%'))
    found = (op.get_bind().execute(each).scalar() for each in (rows, named))
    return max(each or 0 for each in found)
