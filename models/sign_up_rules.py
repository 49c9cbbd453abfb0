"""How often sign-up rules matched, and whom they matched of late."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, Uuid
from sqlmodel import Field, SQLModel

from models.base import BigInt, TenantRecord, UtcDateTime


class SignUpRuleCount(SQLModel, table=True):
    """The matches of one rule in one hour, by the action that it had then.

    Counted, so that statistics outlive the events and cost nothing.
    """

    __tablename__ = "sign_up_rule_count"

    tenancy_id: uuid.UUID = Field(primary_key=True, foreign_key="tenancy.id", ondelete="CASCADE", sa_type=Uuid)
    rule_id: str = Field(primary_key=True)
    hour: datetime = Field(primary_key=True, sa_type=UtcDateTime)
    action: str = Field(primary_key=True)
    count: int = Field(default=0, sa_type=BigInt)


class SignUpRuleTrigger(TenantRecord, table=True):
    """One match of a rule, kept for a month to be looked at; it goes with the user whom it let in."""

    __tablename__ = "sign_up_rule_trigger"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenancy_id", "user_id"], ["project_user.tenancy_id", "project_user.id"], ondelete="CASCADE"
        ),
        Index(None, "tenancy_id", "rule_id", "created_at", "id"),
        Index(None, "tenancy_id", "user_id"),
        Index(None, "created_at"),
    )

    rule_id: str
    action: str
    email: str | None = None
    auth_method: str
    oauth_provider: str | None = None
    user_id: uuid.UUID | None = Field(default=None, sa_type=Uuid)
    """Who got an account; nobody when the sign-up was refused."""
