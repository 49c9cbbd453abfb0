"""API keys of users and teams (contract 04, sections 1.6 and 6)."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Uuid
from sqlmodel import Field

from models.base import TenantRecord, UtcDateTime


class ApiKey(TenantRecord, table=True):
    """A key that one user or one team hands to programs, kept as SHA-256 with its last four characters."""

    __tablename__ = "api_key"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenancy_id", "user_id"],
            ["project_user.tenancy_id", "project_user.id"],
            ondelete="CASCADE",
            name="fk_api_key_user_id_project_user",
        ),
        ForeignKeyConstraint(
            ["tenancy_id", "team_id"],
            ["team.tenancy_id", "team.id"],
            ondelete="CASCADE",
            name="fk_api_key_team_id_team",
        ),
        CheckConstraint("(user_id IS NULL) <> (team_id IS NULL)", name="one_owner"),
        Index(None, "tenancy_id", "user_id", "created_at"),
        Index(None, "tenancy_id", "team_id", "created_at"),
    )

    user_id: uuid.UUID | None = Field(default=None, sa_type=Uuid)
    team_id: uuid.UUID | None = Field(default=None, sa_type=Uuid)
    description: str
    is_public: bool = False
    key_hash: str = Field(unique=True)
    last_four: str
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
