"""Teams and memberships (contract 04, sections 1.2 and 1.3)."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, Uuid
from sqlmodel import Field, SQLModel

from models.base import Json, JsonValue, TenantRecord, UtcDateTime, picture_index, utc_now


class Team(TenantRecord, table=True):
    """A group of users."""

    __tablename__ = "team"
    __table_args__ = (Index(None, "tenancy_id", "created_at", "id"), picture_index("team"))

    display_name: str
    profile_image_url: str | None = None
    client_metadata: JsonValue = Field(default=None, sa_type=Json, nullable=True)
    client_read_only_metadata: JsonValue = Field(default=None, sa_type=Json, nullable=True)
    server_metadata: JsonValue = Field(default=None, sa_type=Json, nullable=True)


class TeamMembership(SQLModel, table=True):
    """A user in a team, with optional profile overrides; `is_selected` is TRUE or NULL (one selected team per user)."""

    __tablename__ = "team_membership"
    __table_args__ = (
        ForeignKeyConstraint(["tenancy_id", "team_id"], ["team.tenancy_id", "team.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["tenancy_id", "user_id"],
            ["project_user.tenancy_id", "project_user.id"],
            ondelete="CASCADE",
            name="fk_team_membership_user_id_project_user",
        ),
        UniqueConstraint("tenancy_id", "user_id", "is_selected", name="uq_team_membership_selected"),
        picture_index("team_membership"),
    )

    tenancy_id: uuid.UUID = Field(primary_key=True, sa_type=Uuid)
    user_id: uuid.UUID = Field(primary_key=True, sa_type=Uuid)
    team_id: uuid.UUID = Field(primary_key=True, index=True, sa_type=Uuid)
    display_name: str | None = None
    profile_image_url: str | None = None
    is_selected: bool | None = None
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
