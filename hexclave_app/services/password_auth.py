"""Sign-up and sign-in with a password (contract 03, section 4).

These are flows: async, because hashing takes tens of milliseconds in a thread and must not happen inside a transaction.
"""

import uuid
from dataclasses import dataclass

from anyio import to_thread
from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.security.passwords import check_new_password, hash_password, verify_password
from hexclave_app.services import contact_channels, redirects, sessions, sign_up, verification_codes
from hexclave_app.services.sessions import SessionTokens, SignInContext
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.creation import UserCreateData
from models import User, VerificationCodeType


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An account whose password is about to be compared."""

    user_id: uuid.UUID
    password_hash: str | None


async def sign_up_with_password(
    context: SignInContext,
    *,
    email: str,
    password: str,
    verification_callback_url: str | None,
    anonymous_user_id: uuid.UUID | None,
) -> SessionTokens:
    """Create an account and sign it in; the order of checks is the contract's."""
    tenancy, installation = context.tenancy, context.installation
    _require_enabled(tenancy)
    if verification_callback_url is not None:
        redirects.require_trusted(verification_callback_url, tenancy=tenancy, settings=installation.settings)
    sign_up.require_open(tenancy)
    check_new_password(password)
    sign_up.require_no_rules(tenancy)
    await installation.db.read(
        contact_channels.require_free_for_auth, tenancy_id=tenancy.id, email=email, except_user_id=anonymous_user_id
    )
    password_hash = await to_thread.run_sync(hash_password, password)
    data = UserCreateData(
        primary_email=email,
        primary_email_auth_enabled=True,
        password_hash=password_hash,
        country_code=context.end_user.country_code if context.end_user else None,
    )
    return _tokens_or_mfa(
        await installation.db.run(
            _register, context, data=data, callback_url=verification_callback_url, anonymous_user_id=anonymous_user_id
        )
    )


async def sign_in_with_password(context: SignInContext, *, email: str, password: str) -> SessionTokens:
    """Sign in; unknown address, missing password and wrong password cannot be told apart, nor timed apart."""
    _require_enabled(context.tenancy)
    db = context.installation.db
    candidate = await db.read(_find_candidate, tenancy_id=context.tenancy.id, email=email)
    stored = candidate.password_hash if candidate else None
    is_right, fresh_hash = await to_thread.run_sync(verify_password, password, stored)
    if candidate is None or not is_right:
        raise errors.EmailPasswordMismatch
    return _tokens_or_mfa(await db.run(_complete_sign_in, context, candidate=candidate, fresh_hash=fresh_hash))


def start_session(
    session: Session, context: SignInContext, *, user: User, is_new_user: bool
) -> SessionTokens | errors.MultiFactorAuthenticationRequired:
    """A session, or for users with a second factor an attempt code (kept even though the answer is an error)."""
    if user.requires_totp_mfa:
        issued = verification_codes.issue(
            session,
            tenancy_id=context.tenancy.id,
            type=VerificationCodeType.MFA_ATTEMPT,
            data={"user_id": str(user.id), "is_new_user": is_new_user},
            method={},
            now=context.now,
        )
        return errors.MultiFactorAuthenticationRequired(attempt_code=issued.code)
    return sessions.create(session, context, user_id=user.id)


def _register(
    session: Session,
    context: SignInContext,
    *,
    data: UserCreateData,
    callback_url: str | None,
    anonymous_user_id: uuid.UUID | None,
) -> SessionTokens | errors.MultiFactorAuthenticationRequired:
    record = sign_up.register(
        session,
        installation=context.installation,
        tenancy=context.tenancy,
        data=data,
        anonymous_user_id=anonymous_user_id,
        now=context.now,
    )
    if callback_url is not None:
        sign_up.queue_verification(
            session,
            installation=context.installation,
            tenancy=context.tenancy,
            user=record,
            callback_url=callback_url,
            now=context.now,
        )
    return start_session(session, context, user=_user(session, context.tenancy, record.id), is_new_user=True)


def _complete_sign_in(
    session: Session, context: SignInContext, *, candidate: _Candidate, fresh_hash: str | None
) -> SessionTokens | errors.MultiFactorAuthenticationRequired:
    user = session.get(User, {"tenancy_id": context.tenancy.id, "id": candidate.user_id})
    if user is None or user.password_hash != candidate.password_hash:
        raise errors.EmailPasswordMismatch  # changed or deleted while the password was compared
    if fresh_hash is not None:
        user.password_hash = fresh_hash
    return start_session(session, context, user=user, is_new_user=False)


def _find_candidate(session: Session, *, tenancy_id: uuid.UUID, email: str) -> _Candidate | None:
    channel = contact_channels.find_for_auth(session, tenancy_id=tenancy_id, email=email)
    if channel is None:
        return None
    user = session.get(User, {"tenancy_id": tenancy_id, "id": channel.user_id})
    return _Candidate(user.id, user.password_hash) if user is not None else None


def _user(session: Session, tenancy: TenancySnapshot, user_id: uuid.UUID) -> User:
    user = session.get(User, {"tenancy_id": tenancy.id, "id": user_id})
    if user is None:
        raise RuntimeError("a user just written must be found")
    return user


def _require_enabled(tenancy: TenancySnapshot) -> None:
    if not tenancy.config.auth.password.allow_sign_in:
        raise errors.PasswordAuthenticationNotEnabled


def _tokens_or_mfa(result: SessionTokens | errors.MultiFactorAuthenticationRequired) -> SessionTokens:
    if isinstance(result, errors.MultiFactorAuthenticationRequired):
        raise result
    return result
