"""The last step of every way to sign in: a session, or the demand for a second factor (contract 03, section 7)."""

import uuid
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeVar

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
_USER = User.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
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


class Factors(NamedTuple):
    """By what a user proves who they are."""

    password_hash: str | None
    requires_totp_mfa: bool


def factors_of(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID) -> Factors | None:
    """The factors of a user, or None when there is no such user."""
    session.flush()
    found = _FACTORS.one_or_none(session, {"tenancy": tenancy_id, "user": user_id})
    return Factors(*found) if found is not None else None


def start_session(
    session: Session,
    context: SignInContext,
    *,
    user_id: uuid.UUID,
    is_new_user: bool,
    factors: Factors | None = None,
) -> SignInResult:
    """A session, or for users with a second factor an attempt code for `/auth/mfa/sign-in`.

    Factors that this transaction has read already need not be read again.
    """
    factors = factors or factors_of(session, tenancy_id=context.tenancy.id, user_id=user_id)
    if factors is None:
        raise errors.UserNotFound
    if factors.requires_totp_mfa:
        issued = verification_codes.issue(
            session,
            tenancy_id=context.tenancy.id,
            type=VerificationCodeType.MFA_ATTEMPT,
            data={
                "user_id": str(user_id),
                "is_new_user": is_new_user,
                "password_mark": password_mark(factors.password_hash),
            },
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
