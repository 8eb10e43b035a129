"""Every table of the first release, written by `python -m storage.draft_migration`."""

# ruff: noqa: E501, Q000
# fmt: off
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table('claim',
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('source', 'digest', name=op.f('pk_claim'))
    )
    op.create_index(op.f('ix_claim_day'), 'claim', ['day'], unique=False)
    op.create_table('erasure',
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_erasure'))
    )
    op.create_index(op.f('ix_erasure_day'), 'erasure', ['day'], unique=False)
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
    sa.PrimaryKeyConstraint('id', name=op.f('pk_form'))
    )
    op.create_index(op.f('ix_form_place'), 'form', ['place'], unique=False)
    op.create_table('note',
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('value', sa.JSON(none_as_null=True), nullable=True),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_note'))
    )
    op.create_table('outbox',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token', sa.String(), nullable=False),
    sa.Column('lane', sa.String(), nullable=False),
    sa.Column('operation', sa.String(), nullable=False),
    sa.Column('body', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('urgent', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('first_try', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled', sa.DateTime(timezone=True), nullable=True),
    sa.Column('community_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=True),
    sa.Column('subject', sa.String(), nullable=True),
    sa.Column('thread', sa.String(), nullable=True),
    sa.Column('thread_of', sa.String(), nullable=True),
    sa.Column('target_of', sa.String(), nullable=True),
    sa.Column('message', sa.String(), nullable=True),
    sa.Column('buttons', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('keep', sa.Boolean(), nullable=False),
    sa.Column('args', sa.JSON(none_as_null=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_outbox_community_id'), 'outbox', ['community_id'], unique=False)
    op.create_index(op.f('ix_outbox_lane'), 'outbox', ['lane'], unique=False)
    op.create_index(op.f('ix_outbox_name'), 'outbox', ['name'], unique=False)
    op.create_index('outbox_dead', 'outbox', ['id'], unique=False, sqlite_where=sa.text("state = 'dead'"), postgresql_where=sa.text("state = 'dead'"))
    op.create_index('outbox_lane', 'outbox', ['lane', 'id'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    op.create_index('outbox_message', 'outbox', ['lane', 'message'], unique=False)
    op.create_index('outbox_settled', 'outbox', ['settled'], unique=False)
    op.create_index('outbox_urgent', 'outbox', [sa.literal_column('urgent DESC'), 'id'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    op.create_index('outbox_waiting', 'outbox', ['id'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    op.create_table('person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('merged_into', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=True),
    sa.Column('zone', sa.String(), nullable=True),
    sa.Column('holidays', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('hours', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('pause_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('pause_set_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('current_community', sa.Integer(), nullable=True),
    sa.Column('muted', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('notes', sa.JSON(none_as_null=True), nullable=False),
    sa.ForeignKeyConstraint(['merged_into'], ['person.id'], name=op.f('fk_person_merged_into')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person'))
    )
    op.create_index(op.f('ix_person_merged_into'), 'person', ['merged_into'], unique=False)
    op.create_table('task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('args', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=True),
    sa.Column('created', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lease', sa.DateTime(timezone=True), nullable=True),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task')),
    sa.UniqueConstraint('action', 'key', name=op.f('uq_task_action_key')),
    sqlite_autoincrement=True
    )
    op.create_table('thread',
    sa.Column('lane', sa.String(), nullable=False),
    sa.Column('root', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('lane', 'root', name=op.f('pk_thread'))
    )
    op.create_index(op.f('ix_thread_subject'), 'thread', ['subject'], unique=False)
    op.create_table('timer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('due', sa.DateTime(timezone=True), nullable=False),
    sa.Column('args', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('parked', sa.Boolean(), nullable=False),
    sa.Column('reference', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_timer')),
    sa.UniqueConstraint('action', 'key', name=op.f('uq_timer_action_key')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_timer_person_id'), 'timer', ['person_id'], unique=False)
    op.create_index('timer_due', 'timer', ['due'], unique=False, sqlite_where=sa.text('parked IS 0'), postgresql_where=sa.text('parked IS false'))
    op.create_index('timer_parked', 'timer', ['id'], unique=False, sqlite_where=sa.text('parked IS 1'), postgresql_where=sa.text('parked IS true'))
    op.create_table('account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('platform', sa.String(), nullable=False),
    sa.Column('tenant', sa.String(), nullable=False),
    sa.Column('external', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('preferred', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_account_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('platform', 'tenant', 'external', name=op.f('uq_account_platform_tenant_external'))
    )
    op.create_index(op.f('ix_account_person_id'), 'account', ['person_id'], unique=False)
    op.create_table('community',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('configured', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('chosen', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('mode', sa.String(), nullable=False),
    sa.Column('launched', sa.Date(), nullable=True),
    sa.Column('crisis_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('brake_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opened_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['opened_by'], ['account.id'], name=op.f('fk_community_opened_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_community')),
    sa.UniqueConstraint('slug', name=op.f('uq_community_slug'))
    )
    op.create_table('admission',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('platform', sa.String(), nullable=False),
    sa.Column('tenant', sa.String(), nullable=False),
    sa.Column('external', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('answers', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('supervises', sa.Boolean(), nullable=False),
    sa.Column('asked', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('question_by', sa.Integer(), nullable=True),
    sa.Column('questioned', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('reminded', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('alternative', sa.String(), nullable=False),
    sa.Column('proposed_by', sa.Integer(), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided', sa.DateTime(timezone=True), nullable=True),
    sa.Column('appealed', sa.DateTime(timezone=True), nullable=True),
    sa.Column('upheld', sa.Boolean(), nullable=False),
    sa.Column('uninvited', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('opened_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_admission_community_id')),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('fk_admission_decided_by')),
    sa.ForeignKeyConstraint(['opened_by'], ['account.id'], name=op.f('fk_admission_opened_by')),
    sa.ForeignKeyConstraint(['proposed_by'], ['account.id'], name=op.f('fk_admission_proposed_by')),
    sa.ForeignKeyConstraint(['question_by'], ['account.id'], name=op.f('fk_admission_question_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_admission'))
    )
    op.create_index('admission_waiting', 'admission', ['community_id', 'platform', 'tenant', 'external'], unique=True, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    op.create_index(op.f('ix_admission_community_id'), 'admission', ['community_id'], unique=False)
    op.create_table('charter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('minor', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('blanks', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('published', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_by', sa.Integer(), nullable=True),
    sa.Column('reminded', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_charter_community_id')),
    sa.ForeignKeyConstraint(['published_by'], ['account.id'], name=op.f('fk_charter_published_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_charter')),
    sa.UniqueConstraint('community_id', 'version', 'minor', 'language', name=op.f('uq_charter_community_id_version_minor_language'))
    )
    op.create_index(op.f('ix_charter_community_id'), 'charter', ['community_id'], unique=False)
    op.create_table('charter_agreement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('minor', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_charter_agreement_account_id')),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_charter_agreement_community_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_charter_agreement'))
    )
    op.create_index(op.f('ix_charter_agreement_account_id'), 'charter_agreement', ['account_id'], unique=False)
    op.create_index(op.f('ix_charter_agreement_community_id'), 'charter_agreement', ['community_id'], unique=False)
    op.create_table('charter_draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('blanks', sa.JSON(none_as_null=True), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_charter_draft_community_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_charter_draft')),
    sa.UniqueConstraint('community_id', 'language', name=op.f('uq_charter_draft_community_id_language'))
    )
    op.create_table('intent',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('audience', sa.String(), nullable=False),
    sa.Column('audience_id', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('say', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('subject', sa.String(), nullable=True),
    sa.Column('merge_key', sa.String(), nullable=True),
    sa.Column('cause', sa.String(), nullable=False),
    sa.Column('priority', sa.Integer(), nullable=False),
    sa.Column('created', sa.DateTime(timezone=True), nullable=False),
    sa.Column('earliest', sa.DateTime(timezone=True), nullable=False),
    sa.Column('latest', sa.DateTime(timezone=True), nullable=True),
    sa.Column('deadline', sa.DateTime(timezone=True), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('held', sa.Boolean(), nullable=False),
    sa.Column('look', sa.DateTime(timezone=True), nullable=True),
    sa.Column('why', sa.String(), nullable=True),
    sa.Column('ended', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_intent_community_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_intent_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_intent'))
    )
    op.create_index('intent_audience', 'intent', ['audience', 'audience_id', 'state'], unique=False)
    op.create_index('intent_waiting', 'intent', ['look'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    op.create_index(op.f('ix_intent_person_id'), 'intent', ['person_id'], unique=False)
    op.create_index(op.f('ix_intent_subject'), 'intent', ['subject'], unique=False)
    op.create_table('journal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('act', sa.String(), nullable=False),
    sa.Column('about', sa.Integer(), nullable=True),
    sa.Column('before', sa.String(), nullable=False),
    sa.Column('after', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['about'], ['account.id'], name=op.f('fk_journal_about')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_journal_account_id')),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_journal_community_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_journal'))
    )
    op.create_index(op.f('ix_journal_at'), 'journal', ['at'], unique=False)
    op.create_index(op.f('ix_journal_community_id'), 'journal', ['community_id'], unique=False)
    op.create_table('membership',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended', sa.DateTime(timezone=True), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('profession', sa.String(), nullable=False),
    sa.Column('organisation', sa.String(), nullable=False),
    sa.Column('supervises', sa.Boolean(), nullable=False),
    sa.Column('counted', sa.Boolean(), nullable=False),
    sa.Column('greeted', sa.Boolean(), nullable=False),
    sa.Column('steps', sa.JSON(none_as_null=True), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_membership_community_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_membership_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership')),
    sa.UniqueConstraint('person_id', 'community_id', name=op.f('uq_membership_person_id_community_id'))
    )
    op.create_index(op.f('ix_membership_community_id'), 'membership', ['community_id'], unique=False)
    op.create_index(op.f('ix_membership_person_id'), 'membership', ['person_id'], unique=False)
    op.create_table('posting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=True),
    sa.Column('options', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('posted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('posted_by', sa.Integer(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by', sa.Integer(), nullable=True),
    sa.Column('told_elsewhere', sa.Boolean(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=True),
    sa.Column('counts', sa.JSON(none_as_null=True), nullable=False),
    sa.ForeignKeyConstraint(['closed_by'], ['account.id'], name=op.f('fk_posting_closed_by')),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_posting_community_id')),
    sa.ForeignKeyConstraint(['posted_by'], ['account.id'], name=op.f('fk_posting_posted_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_posting'))
    )
    op.create_index(op.f('ix_posting_community_id'), 'posting', ['community_id'], unique=False)
    op.create_table('problem',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('platform', sa.String(), nullable=False),
    sa.Column('tenant', sa.String(), nullable=False),
    sa.Column('external', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('solved', sa.DateTime(timezone=True), nullable=True),
    sa.Column('solved_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_problem_community_id')),
    sa.ForeignKeyConstraint(['solved_by'], ['account.id'], name=op.f('fk_problem_solved_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_problem'))
    )
    op.create_index(op.f('ix_problem_community_id'), 'problem', ['community_id'], unique=False)
    op.create_table('prompt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=True),
    sa.Column('options', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('tags', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('effort', sa.Integer(), nullable=True),
    sa.Column('single_use', sa.Boolean(), nullable=True),
    sa.Column('archived', sa.DateTime(timezone=True), nullable=True),
    sa.Column('written_by', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_prompt_community_id')),
    sa.ForeignKeyConstraint(['written_by'], ['account.id'], name=op.f('fk_prompt_written_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_prompt')),
    sa.UniqueConstraint('community_id', 'code', name=op.f('uq_prompt_community_id_code'))
    )
    op.create_table('space',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('platform', sa.String(), nullable=False),
    sa.Column('tenant', sa.String(), nullable=False),
    sa.Column('external', sa.String(), nullable=False),
    sa.Column('use', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.Column('stopped', sa.String(), nullable=True),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('introduced', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_space_community_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_space')),
    sa.UniqueConstraint('platform', 'tenant', 'external', name=op.f('uq_space_platform_tenant_external'))
    )
    op.create_index(op.f('ix_space_community_id'), 'space', ['community_id'], unique=False)
    op.create_table('observation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('message', sa.String(), nullable=False),
    sa.Column('root', sa.String(), nullable=False),
    sa.Column('answered', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_observation_account_id')),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_observation_community_id')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_observation_space_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_observation'))
    )
    op.create_index(op.f('ix_observation_account_id'), 'observation', ['account_id'], unique=False)
    op.create_index('observation_message', 'observation', ['space_id', 'message'], unique=False)
    op.create_index('observation_thread', 'observation', ['space_id', 'root'], unique=False)
    op.create_index('observation_when', 'observation', ['community_id', 'at'], unique=False)
    op.create_table('passage',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('platform', sa.String(), nullable=False),
    sa.Column('tenant', sa.String(), nullable=False),
    sa.Column('external', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decision', sa.String(), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_passage_community_id')),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('fk_passage_decided_by')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_passage_space_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passage')),
    sa.UniqueConstraint('space_id', 'platform', 'tenant', 'external', name=op.f('uq_passage_space_id_platform_tenant_external'))
    )
    op.create_index(op.f('ix_passage_community_id'), 'passage', ['community_id'], unique=False)
    op.create_index(op.f('ix_passage_space_id'), 'passage', ['space_id'], unique=False)
    op.create_table('prompt_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('posting_id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('choice', sa.String(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=True),
    sa.Column('message', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_prompt_answer_account_id')),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_prompt_answer_community_id')),
    sa.ForeignKeyConstraint(['posting_id'], ['posting.id'], name=op.f('fk_prompt_answer_posting_id')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_prompt_answer_space_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_prompt_answer'))
    )
    op.create_index(op.f('ix_prompt_answer_account_id'), 'prompt_answer', ['account_id'], unique=False)
    op.create_index(op.f('ix_prompt_answer_posting_id'), 'prompt_answer', ['posting_id'], unique=False)
    op.create_index('prompt_answer_message', 'prompt_answer', ['space_id', 'message'], unique=False)
    op.create_table('removal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('membership_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('proposed_by', sa.Integer(), nullable=True),
    sa.Column('proposed', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_removal_community_id')),
    sa.ForeignKeyConstraint(['membership_id'], ['membership.id'], name=op.f('fk_removal_membership_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_removal_person_id')),
    sa.ForeignKeyConstraint(['proposed_by'], ['account.id'], name=op.f('fk_removal_proposed_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_removal')),
    sa.UniqueConstraint('membership_id', name=op.f('uq_removal_membership_id'))
    )
    op.create_index(op.f('ix_removal_community_id'), 'removal', ['community_id'], unique=False)
    op.create_table('synthesis',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('posting_id', sa.Integer(), nullable=True),
    sa.Column('space_id', sa.Integer(), nullable=True),
    sa.Column('root', sa.String(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('words', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('written_by', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], name=op.f('fk_synthesis_community_id')),
    sa.ForeignKeyConstraint(['posting_id'], ['posting.id'], name=op.f('fk_synthesis_posting_id')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_synthesis_space_id')),
    sa.ForeignKeyConstraint(['written_by'], ['account.id'], name=op.f('fk_synthesis_written_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_synthesis'))
    )
    op.create_index(op.f('ix_synthesis_community_id'), 'synthesis', ['community_id'], unique=False)
    op.execute('CREATE VIEW account_root AS SELECT a.id AS account_id, COALESCE(p.merged_into, p.id) AS person_id FROM account a JOIN person p ON p.id = a.person_id')
