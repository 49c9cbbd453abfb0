"""What is remembered of a sign-up to recognise the next one; never on the wire (contract 03, section 1.1)."""

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field

from models.base import TenantRecord


class SignUpFact(TenantRecord, table=True):
    """From where and with which address one user signed up; the id is the user's."""

    __tablename__ = "sign_up_fact"
    __table_args__ = (
        ForeignKeyConstraint(["tenancy_id", "id"], ["project_user.tenancy_id", "project_user.id"], ondelete="CASCADE"),
        Index(None, "tenancy_id", "ip", "created_at"),
        Index(None, "tenancy_id", "email_base", "created_at"),
    )

    ip: str | None = None
    ip_is_trusted: bool = False
    email_normalised: str | None = None
    email_base: str | None = Field(default=None)
    """The mailbox behind the address: without plus-tag, and without dots where the provider ignores them."""
