"""Stored config overrides (contract 02, section 2)."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.base import Json, JsonValue, UtcDateTime, utc_now


class ConfigOverride(SQLModel, table=True):
    """The override of one level; the project level, shared by all branches, has an empty branch id."""

    __tablename__ = "config_override"

    project_id: str = Field(primary_key=True, foreign_key="project.id", ondelete="CASCADE")
    branch_id: str = Field(primary_key=True)
    level: str = Field(primary_key=True)
    config: JsonValue = Field(default_factory=dict, sa_type=Json, nullable=False)
    source: JsonValue = Field(default=None, sa_type=Json, nullable=True)
    updated_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
