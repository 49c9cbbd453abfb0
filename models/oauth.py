"""The state of OAuth flows, and the tokens that providers gave us (contract 03, sections 1.4 and 1.7)."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, String, Uuid
from sqlmodel import Field

from models.base import Json, JsonValue, TenantRecord, UtcDateTime


class OAuthFlow(TenantRecord, table=True):
    """A person on the way to a provider and back: found by the hash of the inner state, usable once."""

    __tablename__ = "oauth_flow"
    __table_args__ = (Index(None, "expires_at"),)

    state_hash: str = Field(unique=True)
    request_sealed: bytes = Field(sa_type=LargeBinary)
    needs_cookie: bool
    expires_at: datetime = Field(sa_type=UtcDateTime)


class OAuthCode(TenantRecord, table=True):
    """An authorization code toward an app: kept as hash, bound to redirect URI and PKCE challenge, usable once.

    It stands for an identity that a provider has proved, or for a session that moves to another domain.
    """

    __tablename__ = "oauth_code"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenancy_id", "user_id"], ["project_user.tenancy_id", "project_user.id"], ondelete="CASCADE"
        ),
        Index(None, "tenancy_id", "user_id"),
        Index(None, "expires_at"),
    )

    code_hash: str = Field(unique=True)
    user_id: uuid.UUID | None = Field(default=None, sa_type=Uuid)
    """Whose code it is, with whom it goes; nobody's while the exchange is still to create the user."""
    redirect_uri: str
    code_challenge: str
    identity_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    after_callback_redirect_url: str | None = None
    granted_token_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class ProviderTokenKind(StrEnum):
    """What a provider's token is good for."""

    ACCESS = "access"
    REFRESH = "refresh"


class ProviderToken(TenantRecord, table=True):
    """A token of a linked account; refresh tokens have no expiry of their own."""

    __tablename__ = "provider_token"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenancy_id", "linked_account_id"], ["linked_account.tenancy_id", "linked_account.id"], ondelete="CASCADE"
        ),
        Index(None, "tenancy_id", "linked_account_id"),
    )

    linked_account_id: uuid.UUID = Field(sa_type=Uuid)
    kind: ProviderTokenKind = Field(sa_type=String)
    token_sealed: bytes = Field(sa_type=LargeBinary)
    scopes: JsonValue = Field(default_factory=list, sa_type=Json, nullable=False)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    is_valid: bool = True
