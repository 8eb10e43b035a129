"""What waits has a rank instead of being urgent or not, and may be in doubt after a restore.

Columns are added and dropped in place: SQLite's way of building a table anew would forget the
numbers of rows that are gone, and no number of a dead letter may come a second time.
"""

# ruff: noqa: E501, Q000
# fmt: off
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column('outbox', sa.Column('rank', sa.Integer(), server_default=sa.text('1'), nullable=False))
    op.add_column('outbox', sa.Column('uncertain', sa.Boolean(), server_default=sa.false(), nullable=False))
    # An answer, or what the bot began by itself in private; the rest are posts in a space.
    op.execute("UPDATE outbox SET rank = 0 WHERE state = 'waiting' AND urgent")
    op.execute("UPDATE outbox SET rank = 2 WHERE state = 'waiting' AND NOT urgent AND lane LIKE '%/@%'")
    op.drop_index('outbox_urgent', table_name='outbox')
    op.drop_column('outbox', 'urgent')
    op.create_index('outbox_rank', 'outbox', ['rank', 'id', 'lane', 'state'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    op.create_index('outbox_due', 'outbox', ['not_before'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    op.drop_index('outbox_lane', table_name='outbox')
    op.create_index('outbox_lane', 'outbox', ['lane', 'id', 'not_before', 'state'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
