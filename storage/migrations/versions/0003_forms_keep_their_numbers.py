"""No number of a form comes a second time: a window of one that is gone must not fill another.

SQLite alone gives numbers again; the table is built anew there, and goes on after the highest
number that a message or a row still names.
"""

# ruff: noqa: Q000
# fmt: off
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MOVED = """
INSERT INTO form
(id, place, community_id, form, args, draft, step, state, asked_by, error, typed, touched)
SELECT id, place, community_id, form, args, draft, step, state, asked_by, error, typed, touched
FROM form_before
"""
HIGHEST = """
INSERT INTO sqlite_sequence (name, seq) SELECT 'form', max(
    coalesce((SELECT max(id) FROM form), 0),
    coalesce((SELECT max(CAST(substr(name, 6) AS INTEGER)) FROM outbox WHERE name LIKE 'form:%'), 0)
)
"""


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.drop_index('ix_form_place', table_name='form')
    op.rename_table('form', 'form_before')
    op.create_table('form',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=True),
    sa.Column('form', sa.String(), nullable=False),
    sa.Column('args', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('draft', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('asked_by', sa.String(), nullable=False),
    sa.Column('error', sa.String(), nullable=True),
    sa.Column('typed', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('touched', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_form')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_form_place', 'form', ['place'], unique=False)
    op.execute(MOVED)
    op.drop_table('form_before')
    op.execute("DELETE FROM sqlite_sequence WHERE name = 'form'")
    op.execute(HIGHEST)
