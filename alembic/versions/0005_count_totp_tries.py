"""count totp tries

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A constant default: neither database rewrites the rows for it.
    op.add_column("project_user", sa.Column("totp_tries", sa.Integer(), server_default="0", nullable=False))
    op.add_column("project_user", sa.Column("totp_tries_since", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("project_user", "totp_tries_since")
    op.drop_column("project_user", "totp_tries")
