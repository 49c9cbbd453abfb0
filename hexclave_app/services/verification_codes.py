"""Verification codes: the shared machinery of everything that is proved by mail (contract 03, section 3)."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from sqlalchemy import update
from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.security.hashing import token_hash
from hexclave_app.security.random_ids import random_token
from models import VerificationCode, VerificationCodeType
from models.base import JsonValue

CODE_LENGTH = 45
NONCE_START = 6  # the first six characters are what a person types
MAX_ATTEMPTS = 20
LIFETIME = {
    VerificationCodeType.ONE_TIME_PASSWORD: timedelta(days=7),
    VerificationCodeType.PASSWORD_RESET: timedelta(days=7),
    VerificationCodeType.CONTACT_CHANNEL_VERIFICATION: timedelta(days=7),
    VerificationCodeType.TEAM_INVITATION: timedelta(days=7),
    VerificationCodeType.MFA_ATTEMPT: timedelta(minutes=5),
    VerificationCodeType.PASSKEY_REGISTRATION_CHALLENGE: timedelta(seconds=65),
    VerificationCodeType.PASSKEY_AUTHENTICATION_CHALLENGE: timedelta(seconds=65),
    VerificationCodeType.UNSUBSCRIBE: timedelta(days=30),
    VerificationCodeType.IMPERSONATION: timedelta(minutes=5),
}
PREFIXES = {VerificationCodeType.IMPERSONATION: "act-"}
"""How codes of a type begin that come to a place which is for another type, too; no other code has a hyphen."""


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A new code; its text exists only here and in the message that carries it."""

    id: uuid.UUID
    code: str
    link: str | None


def issue(
    session: Session,
    *,
    tenancy_id: uuid.UUID,
    type: VerificationCodeType,
    data: JsonValue,
    method: JsonValue,
    now: datetime,
    callback_url: str | None = None,
) -> IssuedCode:
    """Create a code; the link is the callback URL with the query parameter `code` set."""
    prefix = PREFIXES.get(type, "")
    code = random_token(prefix, length=CODE_LENGTH - len(prefix))
    row = VerificationCode(
        tenancy_id=tenancy_id,
        type=type,
        code_hash=token_hash(code),
        nonce_hash=token_hash(code[NONCE_START:]),
        method=method,
        data=data,
        redirect_url=callback_url,
        expires_at=now + LIFETIME[type],
        created_at=now,
    )
    session.add(row)
    session.flush()
    return IssuedCode(row.id, code, link_with_code(callback_url, code) if callback_url else None)


def link_with_code(callback_url: str, code: str) -> str:
    """The URL with `code` set; its other parameters are kept."""
    parts = urlsplit(callback_url)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "code"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("code", code)])))


def count_attempt(session: Session, *, tenancy_id: uuid.UUID, code: str) -> int:
    """Count one try on every code with the same last 39 characters; returns how many there were before.

    Runs in a transaction of its own, which commits whatever becomes of the code: that is what limits guessing.
    """
    nonce_hash = token_hash(code.lower()[NONCE_START:])
    counts = session.execute(
        update(VerificationCode)
        .where(col(VerificationCode.tenancy_id) == tenancy_id, col(VerificationCode.nonce_hash) == nonce_hash)
        .values(attempt_count=VerificationCode.attempt_count + 1)
        .returning(col(VerificationCode.attempt_count))
    ).scalars()
    return max((count - 1 for count in counts), default=0)


def require_valid(
    session: Session,
    *,
    tenancy_id: uuid.UUID,
    type: VerificationCodeType,
    code: str,
    attempts_before: int,
    now: datetime,
) -> VerificationCode:
    """The code, if it may still be used; the order of errors is the contract's."""
    row = session.exec(
        select(VerificationCode).where(
            col(VerificationCode.tenancy_id) == tenancy_id,
            col(VerificationCode.code_hash) == token_hash(code.lower()),
            col(VerificationCode.type) == type,
        )
    ).first()
    if row is None:
        raise errors.VerificationCodeNotFound
    if row.expires_at <= now:
        raise errors.VerificationCodeExpired
    if row.used_at is not None:
        raise errors.VerificationCodeAlreadyUsed
    if attempts_before >= MAX_ATTEMPTS:
        raise errors.VerificationCodeMaxAttemptsReached
    return row


def consume(session: Session, row: VerificationCode, *, now: datetime) -> None:
    """Mark the code used; of parallel redemptions exactly one succeeds."""
    result = session.execute(
        update(VerificationCode)
        .where(
            col(VerificationCode.tenancy_id) == row.tenancy_id,
            col(VerificationCode.id) == row.id,
            col(VerificationCode.used_at).is_(None),
        )
        .values(used_at=now)
        .returning(col(VerificationCode.id))
    ).first()
    if result is None:
        raise errors.VerificationCodeAlreadyUsed
