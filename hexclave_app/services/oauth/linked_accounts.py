"""Provider accounts of users, as servers and their owners manage them (contract 03, section 10.9)."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.gateways.oauth.providers import PROVIDERS
from hexclave_app.services import locks
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.creation import flush_unique
from hexclave_app.services.users.records import find as find_user
from models import LinkedAccount


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedAccountData:
    """A provider account to attach."""

    user_id: uuid.UUID
    provider_config_id: str
    account_id: str
    email: str | None
    allow_sign_in: bool
    allow_connected_accounts: bool


def provider_type(tenancy: TenancySnapshot, provider_config_id: str) -> str | None:
    """The type behind a provider config id; built-in names keep theirs after the provider was removed."""
    configured = tenancy.config.auth.oauth.providers.get(provider_config_id)
    if configured is not None and configured.type is not None:
        return configured.type
    return provider_config_id if provider_config_id in PROVIDERS else None


def list_accounts(session: Session, *, tenancy: TenancySnapshot, user_id: uuid.UUID | None) -> list[LinkedAccount]:
    """Linked accounts of a user or of everybody, oldest first; those of an unknown kind of provider are left out."""
    wanted = select(LinkedAccount).where(col(LinkedAccount.tenancy_id) == tenancy.id)
    if user_id is not None:
        _require_user(session, tenancy, user_id)
        wanted = wanted.where(col(LinkedAccount.user_id) == user_id)
    rows = session.exec(wanted.order_by(col(LinkedAccount.created_at), col(LinkedAccount.id))).all()
    return [row for row in rows if provider_type(tenancy, row.provider_config_id) is not None]


def require(
    session: Session, *, tenancy: TenancySnapshot, user_id: uuid.UUID, account_row_id: uuid.UUID
) -> LinkedAccount:
    """One linked account of a user, at a provider that the project has."""
    _require_user(session, tenancy, user_id)
    row = session.get(LinkedAccount, {"tenancy_id": tenancy.id, "id": account_row_id})
    if row is None or row.user_id != user_id:
        raise _gone()
    _require_configured(tenancy, row.provider_config_id)
    return row


def create(session: Session, *, tenancy: TenancySnapshot, data: LinkedAccountData) -> LinkedAccount:
    """Attach a provider account to a user."""
    _require_configured(tenancy, data.provider_config_id)
    locks.keep_user(session, tenancy_id=tenancy.id, user_id=data.user_id)
    row = LinkedAccount(
        tenancy_id=tenancy.id,
        user_id=data.user_id,
        provider_config_id=data.provider_config_id,
        account_id=data.account_id,
        email=data.email,
        allow_sign_in=data.allow_sign_in or None,
        allow_connected_accounts=data.allow_connected_accounts,
    )
    _check_conflicts(session, row)
    session.add(row)
    flush_unique(session, errors.OAuthProviderAccountIdAlreadyUsedForSignIn())
    return row


def update(
    session: Session,
    *,
    tenancy: TenancySnapshot,
    user_id: uuid.UUID,
    account_row_id: uuid.UUID,
    changes: Mapping[str, object],
) -> LinkedAccount:
    """Change flags, e-mail or account id; only given keys change."""
    row = require(session, tenancy=tenancy, user_id=user_id, account_row_id=account_row_id)
    with session.no_autoflush:
        for name, value in changes.items():
            setattr(row, name, (value or None) if name == "allow_sign_in" else value)
        _check_conflicts(session, row)
    flush_unique(session, errors.OAuthProviderAccountIdAlreadyUsedForSignIn())
    return row


def delete(session: Session, *, tenancy: TenancySnapshot, user_id: uuid.UUID, account_row_id: uuid.UUID) -> None:
    """Detach a provider account; its tokens go with it."""
    row = require(session, tenancy=tenancy, user_id=user_id, account_row_id=account_row_id)
    key = {"tenancy_id": row.tenancy_id, "id": row.id}
    if session.get(LinkedAccount, key, with_for_update=True, populate_existing=True) is None:
        raise _gone()  # a parallel request has detached it
    session.delete(row)
    session.flush()


def _check_conflicts(session: Session, row: LinkedAccount) -> None:
    """The contract's order: another sign-in account, the same account again, somebody else's sign-in."""
    same_provider = select(LinkedAccount).where(
        col(LinkedAccount.tenancy_id) == row.tenancy_id,
        col(LinkedAccount.provider_config_id) == row.provider_config_id,
        col(LinkedAccount.id) != row.id,
    )
    mine = session.exec(same_provider.where(col(LinkedAccount.user_id) == row.user_id)).all()
    if row.allow_sign_in and any(other.allow_sign_in for other in mine):
        raise StatusError(400, "The user already signs in with another account of this OAuth provider.")
    if any(other.account_id == row.account_id for other in mine):
        raise StatusError(400, "The user already has this account of this OAuth provider.")
    if not row.allow_sign_in:
        return
    signs_in = same_provider.where(
        col(LinkedAccount.account_id) == row.account_id, col(LinkedAccount.allow_sign_in).is_(True)
    )
    if session.exec(signs_in).first() is not None:
        raise errors.OAuthProviderAccountIdAlreadyUsedForSignIn


def _gone() -> StatusError:
    return StatusError(404, "The user has no such OAuth provider account.", message_key="error-account-gone")


def _require_user(session: Session, tenancy: TenancySnapshot, user_id: uuid.UUID) -> None:
    if find_user(session, tenancy_id=tenancy.id, user_id=user_id) is None:
        raise errors.UserNotFound


def _require_configured(tenancy: TenancySnapshot, provider_config_id: str) -> None:
    configured = tenancy.config.auth.oauth.providers.get(provider_config_id)
    if configured is None or configured.type is None:
        raise StatusError(404, f"The OAuth provider {provider_config_id} is not configured in this project.")
