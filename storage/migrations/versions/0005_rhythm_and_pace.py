"""Rhythm and pace: what waits, leaves and is left out says more of itself."""

# ruff: noqa: E501, Q000
# fmt: off
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'


def upgrade() -> None:
    op.create_table('digest',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('every', sa.String(), nullable=False),
    sa.Column('parity', sa.Integer(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('at', sa.String(), nullable=False),
    sa.Column('chosen', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_digest_community_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_digest_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_digest')),
    sa.UniqueConstraint('person_id', 'community_id', name=op.f('uq_digest_person_id_community_id'))
    )
    with op.batch_alter_table('digest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_digest_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_digest_person_id'), ['person_id'], unique=False)

    op.create_table('hint_day',
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('shown', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_hint_day_community_id')),
    sa.PrimaryKeyConstraint('community_id', 'day', name=op.f('pk_hint_day'))
    )
    op.create_table('proposal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('tags', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('twin', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_proposal_account_id')),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_proposal_community_id')),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('fk_proposal_decided_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proposal')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('proposal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_proposal_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_proposal_community_id'), ['community_id'], unique=False)

    op.create_table('rhythm',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('rule', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('start', sa.Date(), nullable=False),
    sa.Column('tag', sa.String(), nullable=False),
    sa.Column('set_by', sa.Integer(), nullable=True),
    sa.Column('set_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_rhythm_community_id')),
    sa.ForeignKeyConstraint(['set_by'], ['account.id'], name=op.f('fk_rhythm_set_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rhythm')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('rhythm', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rhythm_community_id'), ['community_id'], unique=False)

    op.create_table('nameless',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('posting_id', sa.Integer(), nullable=False),
    sa.Column('batch', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('due', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_nameless_community_id')),
    sa.ForeignKeyConstraint(['posting_id'], ['posting.id'], name=op.f('fk_nameless_posting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_nameless'))
    )
    with op.batch_alter_table('nameless', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_nameless_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_nameless_posting_id'), ['posting_id'], unique=False)

    op.create_table('turn',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('rhythm_id', sa.Integer(), nullable=False),
    sa.Column('due', sa.DateTime(timezone=True), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('code', sa.String(), nullable=True),
    sa.Column('refused', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('by', sa.Integer(), nullable=True),
    sa.Column('why', sa.String(), nullable=True),
    sa.Column('posting_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by'], ['account.id'], name=op.f('fk_turn_by')),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_turn_community_id')),
    sa.ForeignKeyConstraint(['posting_id'], ['posting.id'], name=op.f('fk_turn_posting_id')),
    sa.ForeignKeyConstraint(['rhythm_id'], ['rhythm.id'], name=op.f('fk_turn_rhythm_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_turn')),
    sa.UniqueConstraint('rhythm_id', 'due', name=op.f('uq_turn_rhythm_id_due')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('turn', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_turn_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_turn_posting_id'), ['posting_id'], unique=False)

    with op.batch_alter_table('charter', schema=None) as batch_op:
        batch_op.add_column(sa.Column('allows', sa.JSON(none_as_null=True), nullable=True))

    with op.batch_alter_table('community', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mode_before', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('mode_until', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('crisis_before', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('slow_told', sa.String(), nullable=True))

    with op.batch_alter_table('intent', schema=None) as batch_op:
        batch_op.add_column(sa.Column('merged_with', sa.Integer(), nullable=True))
        batch_op.create_index('intent_ended', ['community_id', 'ended'], unique=False)

    with op.batch_alter_table('posting', schema=None) as batch_op:
        batch_op.add_column(sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('relance', sa.String(), nullable=True))
