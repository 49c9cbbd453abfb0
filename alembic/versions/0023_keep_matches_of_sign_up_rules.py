"""keep matches of sign-up rules

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_up_rule_trigger",
        sa.Column("tenancy_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("auth_method", sa.Text(), nullable=False),
        sa.Column("oauth_provider", sa.Text(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenancy_id"], ["tenancy.id"], name=op.f("fk_sign_up_rule_trigger_tenancy_id_tenancy"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tenancy_id", "user_id"],
            ["project_user.tenancy_id", "project_user.id"],
            name=op.f("fk_sign_up_rule_trigger_tenancy_id_project_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenancy_id", "id", name=op.f("pk_sign_up_rule_trigger")),
    )
    op.create_index(
        op.f("ix_sign_up_rule_trigger_tenancy_id_rule_id_created_at_id"),
        "sign_up_rule_trigger",
        ["tenancy_id", "rule_id", "created_at", "id"],
    )
    op.create_index(
        op.f("ix_sign_up_rule_trigger_tenancy_id_user_id"), "sign_up_rule_trigger", ["tenancy_id", "user_id"]
    )
    op.create_index(op.f("ix_sign_up_rule_trigger_created_at"), "sign_up_rule_trigger", ["created_at"])


def downgrade() -> None:
    op.drop_table("sign_up_rule_trigger")
