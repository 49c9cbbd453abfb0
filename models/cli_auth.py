"""Sign-ins that a command line starts and a browser finishes (contract 03, section 11)."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field

from models.base import TenantRecord, UtcDateTime


class CliAuthAttempt(TenantRecord, table=True):
    """One attempt. The codes are kept as hashes; the refresh tokens must be handed out again and are sealed."""

    __tablename__ = "cli_auth_attempt"
    __table_args__ = (Index(None, "expires_at"),)

    polling_code_hash: str = Field(unique=True)
    login_code_hash: str = Field(unique=True)
    anonymous_token_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    refresh_token_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    completed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
