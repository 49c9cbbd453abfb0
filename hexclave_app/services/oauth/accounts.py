"""Whose account a provider's profile opens (contract 03, section 10.3, step 4).

Nothing is written when the provider sends a person back, only when the app exchanges its code: the provider's answer
arrives in whatever browser was lured there, but only the app that began the flow has the verifier. Else who begins a
flow with the token of an own user could make others link their provider accounts to it.
"""

import uuid
from dataclasses import dataclass, field, replace

from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.gateways.oauth.client import Tokens
from hexclave_app.gateways.oauth.profiles import Profile
from hexclave_app.services import bot_challenges, contact_channels, locks, sign_up
from hexclave_app.services.bot_challenges import NOT_ASSESSED, BotAssessment
from hexclave_app.services.oauth import clients, provider_tokens
from hexclave_app.services.oauth.flows import FlowType
from hexclave_app.services.sessions import SignInContext
from hexclave_app.services.sign_up_rules import SignUpFacts
from hexclave_app.services.users.creation import UserCreateData, flush_unique
from hexclave_app.services.users.records import LinkedAccountSummary
from models import ContactChannel, LinkedAccount, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who somebody is at a provider, proved by it, and what the app wanted that for."""

    provider_id: str
    profile: Profile
    type: FlowType = FlowType.AUTHENTICATE
    user_id: uuid.UUID | None = None
    """Who began the flow: the one to link, or the anonymous visitor to become somebody."""
    bot_assessment: BotAssessment = NOT_ASSESSED
    tokens: Tokens | None = None
    scopes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The user who signs in, and the linked account that belongs to the profile."""

    user_id: uuid.UUID
    is_new_user: bool
    account: LinkedAccount


@dataclass(frozen=True, slots=True)
class _Merge:
    """What becomes of a profile whose address may belong to somebody already."""

    user_id: uuid.UUID | None
    may_use_email_for_auth: bool


def rehearse(session: Session, context: SignInContext, identity: Identity) -> Resolved | errors.SignUpRejected:
    """Whom `settle` would sign in now: the same steps, taken back. What they refuse is raised or returned as there."""
    attempt = session.begin_nested()
    resolved = _resolve(session, context, identity)
    if isinstance(resolved, Resolved):
        attempt.rollback()
    else:
        attempt.commit()  # the triggers of the rules that rejected the sign-up
    return resolved


def settle(session: Session, context: SignInContext, identity: Identity) -> Resolved | errors.SignUpRejected:
    """Find, link or create the account and keep the provider's tokens.

    A rejection is returned, so that the triggers of its rules are committed.
    """
    resolved = _resolve(session, context, identity)
    if isinstance(resolved, Resolved) and identity.tokens is not None:
        provider_tokens.store(
            session,
            context.installation,
            account=resolved.account,
            tokens=identity.tokens,
            scopes=identity.scopes,
            now=context.now,
        )
    return resolved


def _resolve(session: Session, context: SignInContext, identity: Identity) -> Resolved | errors.SignUpRejected:
    provider_id, profile = identity.provider_id, identity.profile
    clients.require_provider(context.tenancy, provider_id)
    owned = find_sign_in(session, context, provider_id=provider_id, account_id=profile.account_id)
    if identity.type is FlowType.LINK:
        return _link(session, context, identity, owned=owned)
    if owned is not None:
        return Resolved(owned.user_id, is_new_user=False, account=owned)
    anonymous_user_id = _anonymous(session, context, identity.user_id)
    merge = _merge(session, context, profile, anonymous_user_id)
    if merge.user_id is not None:
        account = _attach(session, context, merge.user_id, provider_id, profile)
        return Resolved(merge.user_id, is_new_user=False, account=account)
    return _sign_up(session, context, identity, merge=merge, anonymous_user_id=anonymous_user_id)


def find_sign_in(
    session: Session, context: SignInContext, *, provider_id: str, account_id: str
) -> LinkedAccount | None:
    """The linked account that this provider account signs in with."""
    return session.exec(
        select(LinkedAccount).where(
            col(LinkedAccount.tenancy_id) == context.tenancy.id,
            col(LinkedAccount.provider_config_id) == provider_id,
            col(LinkedAccount.account_id) == account_id,
            col(LinkedAccount.allow_sign_in).is_(True),
        )
    ).first()


def find_of_user(
    session: Session, context: SignInContext, *, user_id: uuid.UUID, provider_id: str
) -> list[LinkedAccount]:
    """The user's accounts at a provider, oldest first."""
    wanted = select(LinkedAccount).where(
        col(LinkedAccount.tenancy_id) == context.tenancy.id,
        col(LinkedAccount.user_id) == user_id,
        col(LinkedAccount.provider_config_id) == provider_id,
    )
    return list(session.exec(wanted.order_by(col(LinkedAccount.created_at), col(LinkedAccount.id))).all())


def _link(session: Session, context: SignInContext, identity: Identity, *, owned: LinkedAccount | None) -> Resolved:
    user_id, provider_id, profile = identity.user_id, identity.provider_id, identity.profile
    if user_id is None:
        raise errors.UserAuthenticationRequired
    if owned is not None:
        if owned.user_id != user_id:
            raise errors.OAuthConnectionAlreadyConnectedToAnotherUser
        return Resolved(user_id, is_new_user=False, account=owned)
    locks.keep_user(session, tenancy_id=context.tenancy.id, user_id=user_id)
    mine = find_of_user(session, context, user_id=user_id, provider_id=provider_id)
    known = next((account for account in mine if account.account_id == profile.account_id), None)
    if known is not None:
        return Resolved(user_id, is_new_user=False, account=known)
    # A second account of the provider can be connected, but only one of them signs in.
    signs_in = None if any(account.allow_sign_in for account in mine) else True
    account = _new_account(context, user_id, provider_id, profile, allow_sign_in=signs_in)
    session.add(account)
    flush_unique(session, errors.OAuthConnectionAlreadyConnectedToAnotherUser())
    return Resolved(user_id, is_new_user=False, account=account)


def _merge(session: Session, context: SignInContext, profile: Profile, anonymous_user_id: uuid.UUID | None) -> _Merge:
    channel = None
    if profile.email is not None:
        channel = contact_channels.find_for_auth(session, tenancy_id=context.tenancy.id, email=profile.email)
    if channel is None or channel.user_id == anonymous_user_id:
        return _Merge(None, may_use_email_for_auth=True)
    strategy = context.tenancy.config.auth.oauth.account_merge_strategy
    if strategy == "allow_duplicates":
        return _Merge(None, may_use_email_for_auth=False)
    # Both sides must have proved the address: else whoever registered it first would share the owner's account.
    if strategy == "link_method" and channel.is_verified and profile.email_verified:
        return _Merge(channel.user_id, may_use_email_for_auth=True)
    raise _email_taken(channel, would_work=strategy == "link_method" and not channel.is_verified)


def _attach(
    session: Session, context: SignInContext, user_id: uuid.UUID, provider_id: str, profile: Profile
) -> LinkedAccount:
    """Let the profile sign in to an existing user, who has no other account of the provider to sign in with."""
    mine = find_of_user(session, context, user_id=user_id, provider_id=provider_id)
    taken = errors.ContactChannelAlreadyUsedForAuthBySomeoneElse(contact_channel_value=profile.email)
    if any(account.allow_sign_in or account.account_id == profile.account_id for account in mine):
        raise taken  # also an account that the user connected without letting it sign in
    account = _new_account(context, user_id, provider_id, profile, allow_sign_in=True)
    session.add(account)
    flush_unique(session, taken)
    return account


def _sign_up(
    session: Session,
    context: SignInContext,
    identity: Identity,
    *,
    merge: _Merge,
    anonymous_user_id: uuid.UUID | None,
) -> Resolved | errors.SignUpRejected:
    sign_up.require_open(context.tenancy)
    provider_id, profile = identity.provider_id, identity.profile
    facts = replace(
        SignUpFacts.about(
            context.end_user,
            email=profile.email,
            auth_method="oauth",
            bot_verdict=bot_challenges.risk_of(identity.bot_assessment),
        ),
        oauth_provider=provider_id,
        has_verified_provider=profile.email_verified,
    )
    outcome = sign_up.apply_rules(session, context, facts)
    if not outcome.should_allow:
        return errors.SignUpRejected()
    summary = LinkedAccountSummary(provider_id, profile.account_id, profile.email)
    if anonymous_user_id is not None:
        _attach(session, context, anonymous_user_id, provider_id, profile)
    record = sign_up.register(
        session,
        context,
        data=UserCreateData(
            display_name=profile.display_name,
            profile_image_url=profile.profile_image_url,
            primary_email=profile.email,
            primary_email_verified=profile.email_verified,
            primary_email_auth_enabled=profile.email is not None and merge.may_use_email_for_auth,
            oauth_accounts=() if anonymous_user_id is not None else (summary,),
        ),
        anonymous_user_id=anonymous_user_id,
        outcome=outcome,
    )
    account = find_sign_in(session, context, provider_id=provider_id, account_id=profile.account_id)
    if account is None or account.user_id != record.id:
        # The visitor became somebody in a parallel request; the next try sees that.
        raise StatusError(409, "The account has changed at this very moment. Please sign in again.")
    return Resolved(record.id, is_new_user=True, account=account)


def _anonymous(session: Session, context: SignInContext, user_id: uuid.UUID | None) -> uuid.UUID | None:
    """The user of the flow's token if it is still there and anonymous; any other one is ignored."""
    user = session.get(User, {"tenancy_id": context.tenancy.id, "id": user_id}) if user_id is not None else None
    return user.id if user is not None and user.is_anonymous else None


def _new_account(
    context: SignInContext, user_id: uuid.UUID, provider_id: str, profile: Profile, *, allow_sign_in: bool | None
) -> LinkedAccount:
    return LinkedAccount(
        tenancy_id=context.tenancy.id,
        user_id=user_id,
        provider_config_id=provider_id,
        account_id=profile.account_id,
        email=profile.email,
        allow_sign_in=allow_sign_in,
        created_at=context.now,
    )


def _email_taken(channel: ContactChannel, *, would_work: bool) -> Exception:
    return errors.ContactChannelAlreadyUsedForAuthBySomeoneElse(
        contact_channel_value=channel.value, would_work_if_email_was_verified=would_work
    )
