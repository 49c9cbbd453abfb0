"""Codes that prove something sent to a person came back (contract 03, section 3)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint
from sqlmodel import Field

from models.base import Json, JsonValue, TenantRecord, UtcDateTime


class VerificationCodeType(StrEnum):
    """What a code is good for; a code of one type is unknown to every other."""

    ONE_TIME_PASSWORD = "ONE_TIME_PASSWORD"  # noqa: S105 - a kind of code, not a password
    MFA_ATTEMPT = "MFA_ATTEMPT"
    PASSWORD_RESET = "PASSWORD_RESET"  # noqa: S105 - a kind of code, not a password
    CONTACT_CHANNEL_VERIFICATION = "CONTACT_CHANNEL_VERIFICATION"
    PASSKEY_REGISTRATION_CHALLENGE = "PASSKEY_REGISTRATION_CHALLENGE"
    PASSKEY_AUTHENTICATION_CHALLENGE = "PASSKEY_AUTHENTICATION_CHALLENGE"
    TEAM_INVITATION = "TEAM_INVITATION"
    UNSUBSCRIBE = "UNSUBSCRIBE"
    IMPERSONATION = "IMPERSONATION"


class VerificationCode(TenantRecord, table=True):
    """One code, kept as SHA-256; the hash of its last 39 characters counts guesses of the first six."""

    __tablename__ = "verification_code"
    __table_args__ = (
        UniqueConstraint("tenancy_id", "code_hash"),
        Index(None, "tenancy_id", "nonce_hash"),
        Index(None, "tenancy_id", "expires_at"),
    )

    type: VerificationCodeType = Field(sa_type=String)
    code_hash: str
    nonce_hash: str
    method: JsonValue = Field(default_factory=dict, sa_type=Json, nullable=False)
    data: JsonValue = Field(default_factory=dict, sa_type=Json, nullable=False)
    redirect_url: str | None = None
    attempt_count: int = 0
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
