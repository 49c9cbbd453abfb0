"""cli sign-ins

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cli_auth_attempt",
        sa.Column("tenancy_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("polling_code_hash", sa.Text(), nullable=False),
        sa.Column("login_code_hash", sa.Text(), nullable=False),
        sa.Column("anonymous_token_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("refresh_token_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenancy_id"], ["tenancy.id"], name=op.f("fk_cli_auth_attempt_tenancy_id_tenancy"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenancy_id", "id", name=op.f("pk_cli_auth_attempt")),
        sa.UniqueConstraint("login_code_hash", name=op.f("uq_cli_auth_attempt_login_code_hash")),
        sa.UniqueConstraint("polling_code_hash", name=op.f("uq_cli_auth_attempt_polling_code_hash")),
    )
    with op.batch_alter_table("cli_auth_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cli_auth_attempt_expires_at"), ["expires_at"], unique=False)


def downgrade() -> None:
    op.drop_table("cli_auth_attempt")
