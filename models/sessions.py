"""Sessions (refresh tokens) of users (contract 01, section 10)."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, Uuid
from sqlmodel import Field

from models.base import Json, JsonValue, TenantRecord, UtcDateTime, utc_now


class UserSession(TenantRecord, table=True):
    """One sign-in. The refresh token itself (224 random bits) is kept only as its SHA-256 hash."""

    __tablename__ = "user_session"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenancy_id", "user_id"], ["project_user.tenancy_id", "project_user.id"], ondelete="CASCADE"
        ),
        Index(None, "tenancy_id", "user_id", "created_at"),
    )

    user_id: uuid.UUID = Field(sa_type=Uuid)
    refresh_token_hash: str = Field(unique=True)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    is_impersonation: bool = False
    last_active_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    last_active_ip_info: JsonValue = Field(default=None, sa_type=Json, nullable=True)

    def is_expired(self, now: datetime) -> bool:
        """Whether the session has reached its end of life."""
        return self.expires_at is not None and self.expires_at <= now
