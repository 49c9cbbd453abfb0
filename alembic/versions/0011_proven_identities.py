"""keep the proven identity with its authorization code

Codes live for five minutes, so the table is made anew: SQLite cannot make a column nullable.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("oauth_code")
    _create(
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("identity_sealed", sa.LargeBinary(), nullable=True),
    )


def downgrade() -> None:
    op.drop_table("oauth_code")
    _create(
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("is_new_user", sa.Boolean(), nullable=False),
    )


def _create(*columns: sa.Column[object]) -> None:
    op.create_table(
        "oauth_code",
        sa.Column("tenancy_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("redirect_uri", sa.Text(), nullable=False),
        sa.Column("code_challenge", sa.Text(), nullable=False),
        sa.Column("after_callback_redirect_url", sa.Text(), nullable=True),
        sa.Column("granted_token_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["tenancy_id"], ["tenancy.id"], name=op.f("fk_oauth_code_tenancy_id_tenancy"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tenancy_id", "user_id"],
            ["project_user.tenancy_id", "project_user.id"],
            name=op.f("fk_oauth_code_tenancy_id_project_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenancy_id", "id", name=op.f("pk_oauth_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_oauth_code_code_hash")),
    )
    op.create_index(op.f("ix_oauth_code_expires_at"), "oauth_code", ["expires_at"])
    op.create_index(op.f("ix_oauth_code_tenancy_id_user_id"), "oauth_code", ["tenancy_id", "user_id"])
