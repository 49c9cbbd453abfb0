"""Accounts at OAuth providers that belong to a user (contract 03, section 1.4)."""

import uuid

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint, Uuid
from sqlmodel import Field

from models.base import TenantRecord


class LinkedAccount(TenantRecord, table=True):
    """One provider account. `allow_sign_in` is TRUE or NULL, so that sign-in accounts are unique per provider."""

    __tablename__ = "linked_account"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenancy_id", "user_id"], ["project_user.tenancy_id", "project_user.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("tenancy_id", "provider_config_id", "user_id", "account_id"),
        UniqueConstraint(
            "tenancy_id", "provider_config_id", "account_id", "allow_sign_in", name="uq_linked_account_sign_in"
        ),
        UniqueConstraint(
            "tenancy_id", "user_id", "provider_config_id", "allow_sign_in", name="uq_linked_account_one_sign_in"
        ),
    )

    user_id: uuid.UUID = Field(sa_type=Uuid)
    provider_config_id: str
    account_id: str
    email: str | None = None
    # Without a default of the column, which the ORM would insert in the place of None.
    allow_sign_in: bool | None = Field(default=True, sa_column_kwargs={"default": None})
    allow_connected_accounts: bool = True
