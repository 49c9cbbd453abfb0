"""Signing in with an identity token that an app got from Apple by itself (contract 03, section 10.7)."""

from typing import Final

from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.errors import ApiError
from hexclave_app.gateways.oauth.apple import verify_identity_token
from hexclave_app.services import sessions
from hexclave_app.services.bot_challenges import NOT_ASSESSED, BotAssessment
from hexclave_app.services.oauth import accounts, clients
from hexclave_app.services.oauth.accounts import Identity
from hexclave_app.services.oauth.exchange import CONFLICT
from hexclave_app.services.risk_scores import BotVerdict
from hexclave_app.services.sessions import SignInContext
from hexclave_app.services.sign_in import SignedIn, unwrap

_PROVIDER_ID: Final = "apple"


async def sign_in(context: SignInContext, *, identity_token: str) -> SignedIn:
    """The session of who Apple says has signed in to one of the project's native apps."""
    provider = clients.require_provider(context.tenancy, _PROVIDER_ID)
    if provider.type != _PROVIDER_ID or not provider.allow_sign_in:
        raise errors.OAuthProviderNotFoundOrNotEnabled
    bundle_ids = [bundle.bundle_id for bundle in (provider.apple_bundles or {}).values() if bundle.bundle_id]
    if not bundle_ids:
        raise errors.AppleBundleIdNotConfigured
    settings = context.installation.settings
    operators = settings.oauth.get(_PROVIDER_ID)
    profile = await verify_identity_token(
        identity_token, bundle_ids=bundle_ids, named_issuer=operators.issuer if operators else ""
    )
    # No native app can run the challenge: where there is one, that counts against the sign-up and never blocks it.
    assessment = BotAssessment(BotVerdict.INVALID) if settings.turnstile_secret_key else NOT_ASSESSED
    identity = Identity(provider_id=_PROVIDER_ID, profile=profile, bot_assessment=assessment)
    db = context.installation.db
    try:
        return unwrap(await db.run(_sign_in, context, identity))
    except ApiError as error:
        if error.status != CONFLICT:
            raise
    # Who lost against a parallel sign-in of the same person finds the account now.
    return unwrap(await db.run(_sign_in, context, identity))


def _sign_in(session: Session, context: SignInContext, identity: Identity) -> SignedIn | ApiError:
    resolved = accounts.settle(session, context, identity)
    if not isinstance(resolved, accounts.Resolved):
        return resolved
    # The contract asks for no second factor here: the phone that Apple trusts is one.
    return SignedIn(sessions.create(session, context, user_id=resolved.user_id), resolved.is_new_user)
