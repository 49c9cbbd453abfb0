"""How often sign-up rules matched: counted by the hour, so that statistics outlive the events and cost nothing."""

import uuid
from datetime import datetime

from sqlalchemy import Uuid
from sqlmodel import Field, SQLModel

from models.base import BigInt, UtcDateTime


class SignUpRuleCount(SQLModel, table=True):
    """The matches of one rule in one hour, by the action that it had then."""

    __tablename__ = "sign_up_rule_count"

    tenancy_id: uuid.UUID = Field(primary_key=True, foreign_key="tenancy.id", ondelete="CASCADE", sa_type=Uuid)
    rule_id: str = Field(primary_key=True)
    hour: datetime = Field(primary_key=True, sa_type=UtcDateTime)
    action: str = Field(primary_key=True)
    count: int = Field(default=0, sa_type=BigInt)
