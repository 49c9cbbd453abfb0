"""remember languages

Revision ID: 0019
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project_user", sa.Column("locale", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("project_user", "locale")
