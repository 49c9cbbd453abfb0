"""Access tokens of providers for the project's own use (contract 03, section 10.8)."""

import uuid
from datetime import timedelta
from typing import Final

from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.gateways.oauth import client as gateway
from hexclave_app.gateways.oauth.client import Application, ProviderUnreachable, Tokens
from hexclave_app.services.oauth import clients, provider_tokens
from hexclave_app.services.oauth.provider_tokens import StoredToken
from hexclave_app.services.sessions import SignInContext
from models import LinkedAccount, ProviderTokenKind
from models.base import utc_now

MIN_REMAINING: Final = timedelta(minutes=5)


def list_for_user(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID) -> list[LinkedAccount]:
    """The accounts that the project may use for a user, oldest first."""
    wanted = select(LinkedAccount).where(
        col(LinkedAccount.tenancy_id) == tenancy_id,
        col(LinkedAccount.user_id) == user_id,
        col(LinkedAccount.allow_connected_accounts).is_(True),
    )
    return list(session.exec(wanted.order_by(col(LinkedAccount.created_at), col(LinkedAccount.id))).all())


async def access_token(
    context: SignInContext, *, user_id: uuid.UUID, provider_id: str, account_id: str | None, scopes: list[str]
) -> str:
    """A token that the provider accepts now and for some minutes, with all the scopes; refreshed if need be.

    Without an account id any of the user's accounts at the provider will do.
    """
    provider = clients.require_provider(context.tenancy, provider_id)
    if provider.is_shared:
        raise errors.OAuthAccessTokenNotAvailableWithSharedOAuthKeys
    application = clients.require_application(context.tenancy, context.installation.settings, provider_id)
    candidates = await context.installation.db.read(
        _candidates, context, user_id=user_id, provider_id=provider_id, account_id=account_id, scopes=scopes
    )
    was_unreachable = False
    for candidate in candidates:
        try:
            found = await _try(context, application, candidate)
        except ProviderUnreachable:
            was_unreachable = True
            continue
        if found is not None:
            return found
    if was_unreachable:
        raise errors.OAuthProviderTemporarilyUnavailable
    raise errors.OAuthConnectionDoesNotHaveRequiredScope


def _candidates(
    session: Session,
    context: SignInContext,
    *,
    user_id: uuid.UUID,
    provider_id: str,
    account_id: str | None,
    scopes: list[str],
) -> list[StoredToken]:
    wanted = select(LinkedAccount).where(
        col(LinkedAccount.tenancy_id) == context.tenancy.id,
        col(LinkedAccount.user_id) == user_id,
        col(LinkedAccount.provider_config_id) == provider_id,
    )
    if account_id is not None:
        wanted = wanted.where(
            col(LinkedAccount.account_id) == account_id, col(LinkedAccount.allow_connected_accounts).is_(True)
        )
    accounts = session.exec(wanted).all()
    if not accounts:
        raise errors.OAuthConnectionNotConnectedToUser
    return provider_tokens.usable(
        session,
        context.installation,
        tenancy_id=context.tenancy.id,
        account_ids=[account.id for account in accounts],
        scopes=scopes,
        until=context.now + MIN_REMAINING,
    )


async def _try(context: SignInContext, application: Application, candidate: StoredToken) -> str | None:
    db = context.installation.db
    if candidate.kind is ProviderTokenKind.ACCESS:
        if await gateway.is_alive(application, access_token=candidate.text):
            return candidate.text
        await db.run(provider_tokens.invalidate, candidate)
        return None
    refreshed = await gateway.refresh(application, refresh_token=candidate.text)
    if refreshed is None:
        await db.run(provider_tokens.invalidate, candidate)
        return None
    await db.run(_keep, context, candidate=candidate, tokens=refreshed)
    return refreshed.access_token


def _keep(session: Session, context: SignInContext, *, candidate: StoredToken, tokens: Tokens) -> None:
    account = session.get(LinkedAccount, {"tenancy_id": candidate.tenancy_id, "id": candidate.account_id})
    if account is None:
        raise errors.OAuthConnectionNotConnectedToUser  # it was removed while the provider was asked
    provider_tokens.store(
        session, context.installation, account=account, tokens=tokens, scopes=candidate.scopes, now=utc_now()
    )
