"""count mails by outcome

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_BY_SOURCE = "ix_email_outbox_source"
_BY_END = "ix_email_outbox_finished"
_BY_END_BEFORE = "ix_email_outbox_tenancy_id_finished_sending_at"
_FILL = """
    UPDATE email_outbox SET outcome = CASE
        WHEN skipped_reason IS NOT NULL THEN 'skipped'
        WHEN render_error IS NOT NULL OR send_error IS NOT NULL THEN 'failed'
        WHEN bounced_at IS NOT NULL THEN 'bounced'
        WHEN marked_as_spam_at IS NOT NULL THEN 'spam'
        WHEN finished_sending_at IS NOT NULL THEN 'sent'
        ELSE 'pending' END
"""


def upgrade() -> None:
    op.add_column("email_outbox", sa.Column("outcome", sa.Text(), nullable=False, server_default="pending"))
    op.execute(_FILL)
    op.create_index(_BY_SOURCE, "email_outbox", ["tenancy_id", "draft_id", "template_id", "created_at", "outcome"])
    op.create_index(_BY_END, "email_outbox", ["tenancy_id", "finished_sending_at", "outcome", "marked_as_spam_at"])
    op.drop_index(_BY_END_BEFORE, "email_outbox")
    op.add_column("email_mailing", sa.Column("is_paused", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("email_mailing", "is_paused")
    op.create_index(_BY_END_BEFORE, "email_outbox", ["tenancy_id", "finished_sending_at"])
    op.drop_index(_BY_END, "email_outbox")
    op.drop_index(_BY_SOURCE, "email_outbox")
    op.drop_column("email_outbox", "outcome")
