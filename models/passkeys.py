"""Passkeys: WebAuthn credentials that users sign in with (contract 03, section 1.2)."""

import uuid

from sqlalchemy import ForeignKeyConstraint, LargeBinary, UniqueConstraint, Uuid
from sqlmodel import Field

from models.base import BigInt, Json, JsonValue, TenantRecord


class Passkey(TenantRecord, table=True):
    """The one passkey of a user; `User.has_passkey` says whether there is one, so that reading a user needs no join."""

    __tablename__ = "passkey"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenancy_id", "user_id"], ["project_user.tenancy_id", "project_user.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("tenancy_id", "user_id"),
        UniqueConstraint("tenancy_id", "credential_id"),
    )

    user_id: uuid.UUID = Field(sa_type=Uuid)
    credential_id: str
    """Base64url without padding, the form of WebAuthn's JSON."""
    public_key: bytes = Field(sa_type=LargeBinary)
    """A COSE key."""
    rp_id: str
    """The host that it was made for; it signs in nowhere else."""
    transports: JsonValue = Field(default_factory=list, sa_type=Json, nullable=False)
    device_type: str
    sign_count: int = Field(sa_type=BigInt)
    """The authenticator's counter: a smaller one later means that there is a copy. Synchronised passkeys stay at 0."""
