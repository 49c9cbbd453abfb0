"""Users of a tenancy (contract 04, section 1.1)."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from models.base import BigInt, Json, JsonValue, TenantRecord, UtcDateTime, picture_index, utc_now


class User(TenantRecord, table=True):
    """A person (or an anonymous visitor). E-mail addresses live in contact channels.

    At most one password, one OTP method and one TOTP secret exist per user, so they are columns here.
    """

    __tablename__ = "project_user"
    __table_args__ = (
        UniqueConstraint("tenancy_id", "seq"),
        Index(None, "tenancy_id", "signed_up_at", "id"),
        Index(None, "tenancy_id", "last_active_at", "id"),
        picture_index("project_user"),
    )

    seq: int = Field(sa_type=BigInt)
    display_name: str | None = None
    profile_image_url: str | None = None
    client_metadata: JsonValue = Field(default=None, sa_type=Json, nullable=True)
    client_read_only_metadata: JsonValue = Field(default=None, sa_type=Json, nullable=True)
    server_metadata: JsonValue = Field(default=None, sa_type=Json, nullable=True)
    password_hash: str | None = None
    has_otp: bool = False
    has_passkey: bool = False
    requires_totp_mfa: bool = False
    totp_secret_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    totp_last_step: int | None = Field(default=None, sa_type=BigInt)
    """The 30-second step of the newest code that was accepted: a code works once."""
    totp_tries: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """Codes tried since `totp_tries_since`, reset by a right one: guessing must not pay, however many attempt codes."""
    totp_tries_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    is_anonymous: bool = False
    restricted_by_admin: bool = False
    restricted_by_admin_reason: str | None = None
    restricted_by_admin_private_details: str | None = None
    country_code: str | None = None
    locale: str | None = None
    """The language that mails to the user are written in; one of `hexclave_app/languages`."""
    risk_bot: int = 0
    risk_free_trial_abuse: int = 0
    signed_up_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    last_active_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    updated_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
