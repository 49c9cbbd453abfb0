"""The last step of every way to sign in: a session, or the demand for a second factor (contract 03, section 7)."""

import uuid
from dataclasses import dataclass
from typing import Final, TypeVar

from sqlalchemy import bindparam, select
from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.errors import ApiError
from hexclave_app.keyed_statements import KeyedStatement
from hexclave_app.security.hashing import token_hash
from hexclave_app.services import sessions, verification_codes
from hexclave_app.services.sessions import SessionTokens, SignInContext
from models import User, VerificationCodeType

T = TypeVar("T")
_USER = User.__table__  # type: ignore[attr-defined]
_FACTORS = KeyedStatement(
    select(_USER.c.password_hash, _USER.c.requires_totp_mfa).where(
        _USER.c.tenancy_id == bindparam("tenancy"), _USER.c.id == bindparam("user")
    )
)
_MARK_CHARS: Final = 16  # enough to differ, too little to guess at the hash


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A finished sign-in."""

    tokens: SessionTokens
    is_new_user: bool


SignInResult = SignedIn | errors.MultiFactorAuthenticationRequired
"""The error is returned, not raised, so that the attempt code it tells of is committed."""


def start_session(session: Session, context: SignInContext, *, user_id: uuid.UUID, is_new_user: bool) -> SignInResult:
    """A session, or for users with a second factor an attempt code for `/auth/mfa/sign-in`."""
    session.flush()
    found = _FACTORS.one_or_none(session, {"tenancy": context.tenancy.id, "user": user_id})
    if found is None:
        raise errors.UserNotFound
    password_hash, requires_totp_mfa = found
    if requires_totp_mfa:
        issued = verification_codes.issue(
            session,
            tenancy_id=context.tenancy.id,
            type=VerificationCodeType.MFA_ATTEMPT,
            data={"user_id": str(user_id), "is_new_user": is_new_user, "password_mark": password_mark(password_hash)},
            method={},
            now=context.now,
        )
        return errors.MultiFactorAuthenticationRequired(attempt_code=issued.code)
    return SignedIn(sessions.create(session, context, user_id=user_id), is_new_user)


def password_mark(password_hash: str | None) -> str:
    """What changes with the password: a sign-in that still waits for its second factor ends like a session."""
    return token_hash(password_hash or "")[:_MARK_CHARS]


def unwrap(result: T | ApiError) -> T:
    """The value of a committed transaction, or the error that it decided to answer with."""
    if isinstance(result, ApiError):
        raise result
    return result
