"""Direct permission grants (contract 04, section 1.5); definitions live in the project config."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Uuid
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, utc_now


class TeamPermissionGrant(SQLModel, table=True):
    """A permission that a member holds in a team."""

    __tablename__ = "team_permission_grant"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenancy_id", "user_id", "team_id"],
            ["team_membership.tenancy_id", "team_membership.user_id", "team_membership.team_id"],
            ondelete="CASCADE",
        ),
    )

    tenancy_id: uuid.UUID = Field(primary_key=True, sa_type=Uuid)
    team_id: uuid.UUID = Field(primary_key=True, sa_type=Uuid)
    user_id: uuid.UUID = Field(primary_key=True, sa_type=Uuid)
    permission_id: str = Field(primary_key=True)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


class ProjectPermissionGrant(SQLModel, table=True):
    """A permission that a user holds in the whole project."""

    __tablename__ = "project_permission_grant"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenancy_id", "user_id"], ["project_user.tenancy_id", "project_user.id"], ondelete="CASCADE"
        ),
    )

    tenancy_id: uuid.UUID = Field(primary_key=True, sa_type=Uuid)
    user_id: uuid.UUID = Field(primary_key=True, sa_type=Uuid)
    permission_id: str = Field(primary_key=True)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
