"""api keys and notification preferences

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_key",
        sa.Column("tenancy_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("key_hash", sa.Text(), nullable=False),
        sa.Column("last_four", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(user_id IS NULL) <> (team_id IS NULL)", name=op.f("ck_api_key_one_owner")),
        sa.ForeignKeyConstraint(
            ["tenancy_id", "team_id"],
            ["team.tenancy_id", "team.id"],
            name="fk_api_key_team_id_team",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenancy_id", "user_id"],
            ["project_user.tenancy_id", "project_user.id"],
            name="fk_api_key_user_id_project_user",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenancy_id"], ["tenancy.id"], name=op.f("fk_api_key_tenancy_id_tenancy"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenancy_id", "id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_api_key_key_hash")),
    )
    with op.batch_alter_table("api_key", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_api_key_tenancy_id_team_id_created_at"),
            ["tenancy_id", "team_id", "created_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_api_key_tenancy_id_user_id_created_at"),
            ["tenancy_id", "user_id", "created_at"],
            unique=False,
        )

    op.create_table(
        "notification_preference",
        sa.Column("tenancy_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenancy_id", "user_id"],
            ["project_user.tenancy_id", "project_user.id"],
            name=op.f("fk_notification_preference_tenancy_id_project_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenancy_id", "user_id", "category_id", name=op.f("pk_notification_preference")),
    )


def downgrade() -> None:
    op.drop_table("notification_preference")
    with op.batch_alter_table("api_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_key_tenancy_id_user_id_created_at"))
        batch_op.drop_index(batch_op.f("ix_api_key_tenancy_id_team_id_created_at"))

    op.drop_table("api_key")
