"""oauth flows, codes and provider tokens

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "oauth_flow",
        *_record(),
        sa.Column("state_hash", sa.Text(), nullable=False),
        sa.Column("request_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("needs_cookie", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenancy_id"], ["tenancy.id"], name=op.f("fk_oauth_flow_tenancy_id_tenancy"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenancy_id", "id", name=op.f("pk_oauth_flow")),
        sa.UniqueConstraint("state_hash", name=op.f("uq_oauth_flow_state_hash")),
    )
    op.create_index(op.f("ix_oauth_flow_expires_at"), "oauth_flow", ["expires_at"])
    op.create_table(
        "oauth_code",
        *_record(),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("redirect_uri", sa.Text(), nullable=False),
        sa.Column("code_challenge", sa.Text(), nullable=False),
        sa.Column("is_new_user", sa.Boolean(), nullable=False),
        sa.Column("after_callback_redirect_url", sa.Text(), nullable=True),
        sa.Column("granted_token_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
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
    op.create_table(
        "provider_token",
        *_record(),
        sa.Column("linked_account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("token_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_valid", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenancy_id"], ["tenancy.id"], name=op.f("fk_provider_token_tenancy_id_tenancy"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tenancy_id", "linked_account_id"],
            ["linked_account.tenancy_id", "linked_account.id"],
            name=op.f("fk_provider_token_tenancy_id_linked_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenancy_id", "id", name=op.f("pk_provider_token")),
    )
    op.create_index(
        op.f("ix_provider_token_tenancy_id_linked_account_id"), "provider_token", ["tenancy_id", "linked_account_id"]
    )


def _record() -> list[sa.Column[object]]:
    return [
        sa.Column("tenancy_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    ]


def downgrade() -> None:
    op.drop_table("provider_token")
    op.drop_table("oauth_code")
    op.drop_table("oauth_flow")
