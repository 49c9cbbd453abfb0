"""remember sign-ups

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_up_fact",
        sa.Column("tenancy_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ip", sa.Text(), nullable=True),
        sa.Column("ip_is_trusted", sa.Boolean(), nullable=False),
        sa.Column("email_normalised", sa.Text(), nullable=True),
        sa.Column("email_base", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenancy_id"], ["tenancy.id"], name=op.f("fk_sign_up_fact_tenancy_id_tenancy"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tenancy_id", "id"],
            ["project_user.tenancy_id", "project_user.id"],
            name=op.f("fk_sign_up_fact_tenancy_id_project_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenancy_id", "id", name=op.f("pk_sign_up_fact")),
    )
    op.create_index(
        op.f("ix_sign_up_fact_tenancy_id_ip_created_at"), "sign_up_fact", ["tenancy_id", "ip", "created_at"]
    )
    op.create_index(
        op.f("ix_sign_up_fact_tenancy_id_email_base_created_at"),
        "sign_up_fact",
        ["tenancy_id", "email_base", "created_at"],
    )
    op.create_table(
        "sign_up_rule_count",
        sa.Column("tenancy_id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenancy_id"], ["tenancy.id"], name=op.f("fk_sign_up_rule_count_tenancy_id_tenancy"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenancy_id", "rule_id", "hour", "action", name=op.f("pk_sign_up_rule_count")),
    )


def downgrade() -> None:
    op.drop_table("sign_up_rule_count")
    op.drop_table("sign_up_fact")
