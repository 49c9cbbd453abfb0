"""Projects and their tenancies (project + branch): everything else hangs off a tenancy."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, UniqueConstraint, Uuid
from sqlmodel import Field, SQLModel

from models.base import BigInt, Json, JsonValue, UtcDateTime, utc_now

INTERNAL_PROJECT_ID = "internal"
DEFAULT_BRANCH_ID = "main"


class OnboardingStatus(StrEnum):
    """Step of the set-up wizard that the project is in (contract 02, section 1.4)."""

    CONFIG_CHOICE = "config_choice"
    APPS_SELECTION = "apps_selection"
    AUTH_SETUP = "auth_setup"
    DOMAIN_SETUP = "domain_setup"
    EMAIL_THEME_SETUP = "email_theme_setup"
    PAYMENTS_SETUP = "payments_setup"
    WELCOME = "welcome"
    COMPLETED = "completed"


class Project(SQLModel, table=True):
    """One customer product: its name, owner and look. `internal` is the dashboard's own project."""

    __tablename__ = "project"

    id: str = Field(primary_key=True)
    seq: int = Field(sa_type=BigInt, unique=True)
    display_name: str
    description: str = ""
    is_production_mode: bool = False
    is_development_environment: bool = False
    owner_team_id: uuid.UUID | None = Field(default=None, index=True, sa_type=Uuid)
    onboarding_status: OnboardingStatus = Field(default=OnboardingStatus.COMPLETED, sa_type=String)
    onboarding_state: JsonValue = Field(default=None, sa_type=Json, nullable=True)
    logo_url: str | None = None
    logo_full_url: str | None = None
    logo_dark_mode_url: str | None = None
    logo_full_dark_mode_url: str | None = None
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


class Tenancy(SQLModel, table=True):
    """A branch of a project. `version` grows with every change of project, config or keys: caches compare it."""

    __tablename__ = "tenancy"
    __table_args__ = (UniqueConstraint("project_id", "branch_id"),)

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True, sa_type=Uuid)
    seq: int = Field(sa_type=BigInt, unique=True)
    project_id: str = Field(foreign_key="project.id", ondelete="CASCADE")
    branch_id: str = DEFAULT_BRANCH_ID
    version: int = Field(default=1, sa_type=BigInt)
    last_user_seq: int = Field(default=0, sa_type=BigInt)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
