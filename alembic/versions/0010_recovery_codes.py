"""recovery codes

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recovery_code",
        sa.Column("tenancy_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenancy_id"], ["tenancy.id"], name=op.f("fk_recovery_code_tenancy_id_tenancy"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tenancy_id", "user_id"],
            ["project_user.tenancy_id", "project_user.id"],
            name=op.f("fk_recovery_code_tenancy_id_project_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenancy_id", "id", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_tenancy_id_user_id"), "recovery_code", ["tenancy_id", "user_id"])


def downgrade() -> None:
    op.drop_table("recovery_code")
