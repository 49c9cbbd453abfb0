"""Which kinds of mail users want (contract 04, sections 1.7 and 8)."""

import uuid

from sqlalchemy import ForeignKeyConstraint, Uuid
from sqlmodel import Field, SQLModel


class NotificationPreference(SQLModel, table=True):
    """What a user chose for one category; without a row its default counts."""

    __tablename__ = "notification_preference"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenancy_id", "user_id"], ["project_user.tenancy_id", "project_user.id"], ondelete="CASCADE"
        ),
    )

    tenancy_id: uuid.UUID = Field(primary_key=True, sa_type=Uuid)
    user_id: uuid.UUID = Field(primary_key=True, sa_type=Uuid)
    category_id: uuid.UUID = Field(primary_key=True, sa_type=Uuid)
    is_enabled: bool
