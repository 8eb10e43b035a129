"""Rhythm and pace: what waits, leaves and is left out says more of itself."""

# ruff: noqa: Q000
# fmt: off
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'


def upgrade() -> None:
    with op.batch_alter_table('charter', schema=None) as batch_op:
        batch_op.add_column(sa.Column('allows', sa.JSON(none_as_null=True), nullable=True))

    with op.batch_alter_table('intent', schema=None) as batch_op:
        batch_op.add_column(sa.Column('merged_with', sa.Integer(), nullable=True))

