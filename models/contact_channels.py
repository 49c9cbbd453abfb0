"""Contact channels: the e-mail addresses of a user (contract 03, section 1.3)."""

import uuid

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, Uuid
from sqlmodel import Field

from models.base import TenantRecord

EMAIL = "email"


class ContactChannel(TenantRecord, table=True):
    """One address. `is_primary` and `used_for_auth` are TRUE or NULL, so that unique keys see only TRUE."""

    __tablename__ = "contact_channel"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenancy_id", "user_id"], ["project_user.tenancy_id", "project_user.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("tenancy_id", "user_id", "type", "value"),
        UniqueConstraint("tenancy_id", "user_id", "type", "is_primary", name="uq_contact_channel_primary"),
        UniqueConstraint("tenancy_id", "type", "value", "used_for_auth", name="uq_contact_channel_auth"),
        Index(None, "tenancy_id", "created_at", "id"),
    )

    user_id: uuid.UUID = Field(sa_type=Uuid)
    type: str = EMAIL
    value: str
    is_primary: bool | None = None
    is_verified: bool = False
    used_for_auth: bool | None = None
