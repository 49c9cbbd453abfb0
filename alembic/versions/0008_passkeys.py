"""passkeys

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passkey",
        sa.Column("tenancy_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("rp_id", sa.Text(), nullable=False),
        sa.Column("transports", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("device_type", sa.Text(), nullable=False),
        sa.Column("sign_count", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenancy_id"], ["tenancy.id"], name=op.f("fk_passkey_tenancy_id_tenancy"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tenancy_id", "user_id"],
            ["project_user.tenancy_id", "project_user.id"],
            name=op.f("fk_passkey_tenancy_id_project_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenancy_id", "id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("tenancy_id", "user_id", name=op.f("uq_passkey_tenancy_id_user_id")),
        sa.UniqueConstraint("tenancy_id", "credential_id", name=op.f("uq_passkey_tenancy_id_credential_id")),
    )


def downgrade() -> None:
    op.drop_table("passkey")
    op.execute("UPDATE project_user SET has_passkey = false")
