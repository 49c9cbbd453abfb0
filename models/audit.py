"""The audit log: what was changed, by whom, from where; every entry is chained to the one before it."""

import uuid
from datetime import datetime

from sqlalchemy import Index, Uuid
from sqlmodel import Field, SQLModel

from models.base import BigInt, Json, JsonValue, UtcDateTime


class AuditEntry(SQLModel, table=True):
    """One change. Entries are never updated; they end with their tenancy only."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "tenancy_id", "target_id", "seq"),)

    tenancy_id: uuid.UUID = Field(primary_key=True, foreign_key="tenancy.id", ondelete="CASCADE", sa_type=Uuid)
    seq: int = Field(primary_key=True, sa_type=BigInt)
    """1 for the first entry of a tenancy, without gaps."""
    at: datetime = Field(sa_type=UtcDateTime)
    action: str
    """Noun and verb, such as `user.updated`."""
    actor_type: str
    actor_id: str | None = None
    address: str | None = None
    """The network address of the actor as far as it can be believed."""
    target_id: str
    """The changed thing: an id, or what identifies it within its noun."""
    user_id: str | None = None
    """The user whom the change concerns."""
    team_id: str | None = None
    before: JsonValue = Field(default=None, sa_type=Json, nullable=True)
    after: JsonValue = Field(default=None, sa_type=Json, nullable=True)
    mac: str
    """HMAC-SHA-256 over the entry and the `mac` of its predecessor, in hexadecimal."""


class AuditHead(SQLModel, table=True):
    """The end of a tenancy's chain; holding its row is the right to append."""

    __tablename__ = "audit_head"

    tenancy_id: uuid.UUID = Field(primary_key=True, foreign_key="tenancy.id", ondelete="CASCADE", sa_type=Uuid)
    seq: int = Field(sa_type=BigInt)
    mac: str
