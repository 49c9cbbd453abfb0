"""say why addresses are suppressed

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

INDEX = "ix_email_suppression_tenancy_id_created_at"


def upgrade() -> None:
    op.add_column("email_suppression", sa.Column("detail", sa.Text(), nullable=True))
    op.create_index(op.f(INDEX), "email_suppression", ["tenancy_id", "created_at"])


def downgrade() -> None:
    op.drop_index(op.f(INDEX), "email_suppression")
    with op.batch_alter_table("email_suppression") as table:
        table.drop_column("detail")
