"""Sign-up and sign-in with a password (contract 03, section 4).

These are flows: async, because hashing takes tens of milliseconds in a thread and must not happen inside a transaction.
"""

import uuid
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, or_, select, true
from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.keyed_statements import HasConnection, KeyedStatement
from hexclave_app.security.password_threads import hash_password, verify_password
from hexclave_app.security.passwords import check_chosen_password
from hexclave_app.services import bot_challenges, contact_channels, email_verification, limits, redirects, sign_up
from hexclave_app.services.bot_challenges import NO_CHALLENGE, BotChallenge
from hexclave_app.services.sessions import SessionTokens, SignInContext
from hexclave_app.services.sign_in import SignInResult, factors_of, start_session, unwrap
from hexclave_app.services.sign_up_rules import Outcome, SignUpFacts
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.creation import UserCreateData
from models import ContactChannel, User
from models.contact_channels import EMAIL


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An account whose password is about to be compared."""

    user_id: uuid.UUID
    password_hash: str | None


@dataclass(frozen=True, slots=True)
class _Found:
    """The answer of a look-up, also when there is nobody."""

    candidate: _Candidate | None


async def sign_up_with_password(
    context: SignInContext,
    *,
    email: str,
    password: str,
    verification_callback_url: str | None,
    anonymous_user_id: uuid.UUID | None,
    challenge: BotChallenge = NO_CHALLENGE,
) -> SessionTokens:
    """Create an account and sign it in; the order of checks is the contract's."""
    tenancy, installation = context.tenancy, context.installation
    require_enabled(tenancy)
    if verification_callback_url is not None:
        redirects.require_trusted(verification_callback_url, tenancy=tenancy, settings=installation.settings)
    sign_up.require_open(tenancy)
    check_chosen_password(password, refuses_common=installation.settings.refuse_common_passwords, email=email)
    await limits.sign_up(context)
    if verification_callback_url is not None:
        await limits.mail(context, recipient=email)
    ip = context.end_user.ip if context.end_user else None
    assessment = await bot_challenges.assess(
        tenancy, installation.settings, challenge, action=bot_challenges.Action.PASSWORD, ip=ip
    )
    bot_challenges.require_passed(assessment, installation.settings)
    verdict = bot_challenges.risk_of(assessment)
    facts = SignUpFacts.about(context.end_user, email=email, auth_method="password", bot_verdict=verdict)
    outcome = await installation.db.run(sign_up.apply_rules, context, facts)
    if not outcome.should_allow:
        raise errors.SignUpRejected
    await installation.db.read(
        contact_channels.require_free_for_auth, tenancy_id=tenancy.id, email=email, except_user_id=anonymous_user_id
    )
    password_hash = await hash_password(password)
    data = UserCreateData(primary_email=email, primary_email_auth_enabled=True, password_hash=password_hash)
    result = await installation.db.run(
        _register,
        context,
        data=data,
        outcome=outcome,
        callback_url=verification_callback_url,
        anonymous_user_id=anonymous_user_id,
    )
    return unwrap(result).tokens


async def sign_in_with_password(context: SignInContext, *, email: str, password: str) -> SessionTokens:
    """Sign in; unknown address, missing password and wrong password cannot be told apart, nor timed apart."""
    require_enabled(context.tenancy)
    db = context.installation.db
    taken = await limits.guess(context, account=contact_channels.normalise_email(email))
    found = await db.at_once(_find_candidate, tenancy_id=context.tenancy.id, email=email)
    if found is None:
        found = await db.read(_find_candidate, tenancy_id=context.tenancy.id, email=email)
    candidate = found.candidate
    stored = candidate.password_hash if candidate else None
    is_right, fresh_hash = await verify_password(password, stored)
    if candidate is None or not is_right:
        raise errors.EmailPasswordMismatch
    result = await db.keyed(_complete_sign_in, context, candidate=candidate, fresh_hash=fresh_hash)
    await limits.give_back(context, taken)
    return unwrap(result).tokens


def _register(
    session: Session,
    context: SignInContext,
    *,
    data: UserCreateData,
    outcome: Outcome,
    callback_url: str | None,
    anonymous_user_id: uuid.UUID | None,
) -> SignInResult:
    record = sign_up.register(
        session,
        context,
        data=data,
        anonymous_user_id=anonymous_user_id,
        outcome=outcome,
    )
    if callback_url is not None and record.primary_email is not None and not record.primary_email_verified:
        email_verification.queue(
            session,
            context,
            user_id=record.id,
            email=record.primary_email,
            callback_url=callback_url,
            is_sign_up=True,
        )
    return start_session(session, context, user_id=record.id, is_new_user=True)


def _complete_sign_in(
    session: Session,
    context: SignInContext,
    *,
    candidate: _Candidate,
    fresh_hash: str | None,
) -> SignInResult:
    user_id = candidate.user_id
    factors = factors_of(session, tenancy_id=context.tenancy.id, user_id=user_id)
    if factors is None or factors.password_hash != candidate.password_hash:
        raise errors.EmailPasswordMismatch  # changed or deleted while the password was compared
    if fresh_hash is not None:
        session.get_one(User, {"tenancy_id": context.tenancy.id, "id": user_id}).password_hash = fresh_hash
        factors = factors._replace(password_hash=fresh_hash)
    return start_session(session, context, user_id=user_id, is_new_user=False, factors=factors)


_USER = User.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
_CHANNEL = ContactChannel.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
_FIND_CANDIDATE = KeyedStatement(
    select(_USER.c.id, _USER.c.password_hash)
    .join(_CHANNEL, (_CHANNEL.c.tenancy_id == _USER.c.tenancy_id) & (_CHANNEL.c.user_id == _USER.c.id))
    .where(
        _CHANNEL.c.tenancy_id == bindparam("tenancy_id"),
        _CHANNEL.c.type == EMAIL,
        or_(_CHANNEL.c.value == bindparam("email"), _CHANNEL.c.value == bindparam("normalised")),
        _CHANNEL.c.used_for_auth == true(),
    )
    .order_by(_CHANNEL.c.value != bindparam("email"))  # the address as typed before its normal form
    .limit(1)
)


def _find_candidate(where: Connection | HasConnection, *, tenancy_id: uuid.UUID, email: str) -> _Found:
    """One statement whoever is asked for: neither its number nor its kind tells whether there is an account."""
    values = {"tenancy_id": tenancy_id, "email": email, "normalised": contact_channels.normalise_email(email)}
    found = _FIND_CANDIDATE.one_or_none(where, values)
    return _Found(_Candidate(*found) if found is not None else None)


def require_enabled(tenancy: TenancySnapshot) -> None:
    """Raise PASSWORD_AUTHENTICATION_NOT_ENABLED where nobody signs in with a password."""
    if not tenancy.config.auth.password.allow_sign_in:
        raise errors.PasswordAuthenticationNotEnabled
