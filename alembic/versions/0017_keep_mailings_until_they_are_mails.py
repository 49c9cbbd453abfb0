"""keep mailings until they are mails

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "email_mailing",
        sa.Column("tenancy_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("theme_id", sa.Text(), nullable=True),
        sa.Column("variables_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("subject_override", sa.Text(), nullable=True),
        sa.Column("category_override", sa.Uuid(), nullable=True),
        sa.Column("is_high_priority", sa.Boolean(), nullable=False),
        sa.Column("template_id", sa.Text(), nullable=True),
        sa.Column("draft_id", sa.Uuid(), nullable=True),
        sa.Column("scheduled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenancy_id"], ["tenancy.id"], name=op.f("fk_email_mailing_tenancy_id_tenancy"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenancy_id", "id", name=op.f("pk_email_mailing")),
    )
    op.create_index(
        op.f("ix_email_mailing_tenancy_id_is_high_priority_created_at"),
        "email_mailing",
        ["tenancy_id", "is_high_priority", "created_at"],
    )
    op.create_table(
        "email_mailing_part",
        sa.Column("tenancy_id", sa.Uuid(), nullable=False),
        sa.Column("mailing_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("user_ids", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenancy_id", "mailing_id"],
            ["email_mailing.tenancy_id", "email_mailing.id"],
            name=op.f("fk_email_mailing_part_tenancy_id_email_mailing"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenancy_id", "mailing_id", "number", name=op.f("pk_email_mailing_part")),
    )
    op.create_table(
        "email_send_key",
        sa.Column("tenancy_id", sa.Uuid(), nullable=False),
        sa.Column("key_hash", sa.Text(), nullable=False),
        sa.Column("request_hash", sa.Text(), nullable=False),
        sa.Column("user_ids", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenancy_id"], ["tenancy.id"], name=op.f("fk_email_send_key_tenancy_id_tenancy"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenancy_id", "key_hash", name=op.f("pk_email_send_key")),
    )
    op.create_index(op.f("ix_email_send_key_created_at"), "email_send_key", ["created_at"])


def downgrade() -> None:
    for table in ("email_send_key", "email_mailing_part", "email_mailing"):
        op.drop_table(table)
