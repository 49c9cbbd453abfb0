"""What opens an account when the authenticator is lost."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, Uuid
from sqlmodel import Field

from models.base import TenantRecord, UtcDateTime


class RecoveryCode(TenantRecord, table=True):
    """One code that stands in for a TOTP once; kept as SHA-256 together with its user."""

    __tablename__ = "recovery_code"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenancy_id", "user_id"], ["project_user.tenancy_id", "project_user.id"], ondelete="CASCADE"
        ),
        Index(None, "tenancy_id", "user_id"),
    )

    user_id: uuid.UUID = Field(sa_type=Uuid)
    code_hash: str
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
