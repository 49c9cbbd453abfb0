"""One-time claims that turn a sign-in on a page into an HttpOnly cookie."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlmodel import Field

from models.base import TenantRecord, UtcDateTime


class LoginClaim(TenantRecord, table=True):
    """A refresh token waiting to be fetched as a cookie: single use, one minute, bound to one host."""

    __tablename__ = "login_claim"

    claim_hash: str = Field(unique=True)
    host: str
    refresh_token_sealed: bytes = Field(sa_type=LargeBinary)
    expires_at: datetime = Field(sa_type=UtcDateTime)
