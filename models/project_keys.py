"""Project key sets: what a customer's code proves its access type with (contract 02, section 6)."""

import uuid
from datetime import datetime

from sqlalchemy import Uuid
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, utc_now


class ProjectKeySet(SQLModel, table=True):
    """Up to three keys with a common life; only SHA-256 hashes and last four characters are kept (224-bit keys)."""

    __tablename__ = "project_key_set"

    project_id: str = Field(primary_key=True, foreign_key="project.id", ondelete="CASCADE")
    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True, sa_type=Uuid)
    description: str
    publishable_client_key_hash: str | None = Field(default=None, unique=True)
    publishable_client_key_last_four: str | None = None
    secret_server_key_hash: str | None = Field(default=None, unique=True)
    secret_server_key_last_four: str | None = None
    super_secret_admin_key_hash: str | None = Field(default=None, unique=True)
    super_secret_admin_key_last_four: str | None = None
    expires_at: datetime = Field(sa_type=UtcDateTime)
    manually_revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When a key of the set was last good for a request, to the minute; no part of the set's version."""
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)

    def is_valid(self, now: datetime) -> bool:
        """Not revoked, and the expiry strictly in the future (contract 01, section 4)."""
        return self.manually_revoked_at is None and self.expires_at > now
