"""Recovery codes: what people write down for the day on which the authenticator is lost (beyond the contract)."""

import re
import uuid
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.security.hashing import token_hash
from hexclave_app.security.random_ids import random_token
from models import RecoveryCode, User

COUNT: Final = 10
_LENGTH: Final = 16  # 80 random bits: hashes of them cannot be searched, and guesses are counted
_GROUP: Final = 4
_SEPARATORS: Final = re.compile(r"[\s-]+")
_CODE: Final = re.compile(r"[0-9a-hjkmnp-tv-z]{16}")


def regenerate(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, now: datetime) -> list[str]:
    """New codes, shown only now, for a user with a second factor; all older ones end."""
    locked = select(User.requires_totp_mfa).where(col(User.tenancy_id) == tenancy_id, col(User.id) == user_id)
    if not session.exec(locked.with_for_update(key_share=True)).first():
        raise StatusError(
            400,
            "Recovery codes stand in for a second factor. Please set one up first.",
            message_key="error-recovery-codes-need-second-factor",
        )
    remove(session, tenancy_id=tenancy_id, user_id=user_id)
    codes = [random_token(length=_LENGTH) for _ in range(COUNT)]
    for code in codes:
        session.add(
            RecoveryCode(tenancy_id=tenancy_id, user_id=user_id, code_hash=_hash(user_id, code), created_at=now)
        )
    return ["-".join(code[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP)) for code in codes]


def remaining(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID) -> int:
    """How many codes the user still has."""
    unused = (
        select(func.count())
        .select_from(RecoveryCode)
        .where(
            col(RecoveryCode.tenancy_id) == tenancy_id,
            col(RecoveryCode.user_id) == user_id,
            col(RecoveryCode.used_at).is_(None),
        )
    )
    return session.exec(unused).one()


def looks_like_code(typed: str) -> bool:
    """Whether the text can be a recovery code; a TOTP cannot."""
    return bool(_CODE.fullmatch(_plain(typed)))


def use(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, typed: str, now: datetime) -> None:
    """Use a code up; raises INVALID_TOTP_CODE, the error of the factor that it stands in for."""
    used = session.execute(
        update(RecoveryCode)
        .where(
            col(RecoveryCode.tenancy_id) == tenancy_id,
            col(RecoveryCode.user_id) == user_id,
            col(RecoveryCode.code_hash) == _hash(user_id, _plain(typed)),
            col(RecoveryCode.used_at).is_(None),
        )
        .values(used_at=now)
        .returning(col(RecoveryCode.id))
    ).first()
    if used is None:
        raise errors.InvalidTotpCode


def remove(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID) -> None:
    """End all codes of a user."""
    session.execute(
        delete(RecoveryCode).where(col(RecoveryCode.tenancy_id) == tenancy_id, col(RecoveryCode.user_id) == user_id)
    )


def _plain(typed: str) -> str:
    return _SEPARATORS.sub("", typed).lower()


def _hash(user_id: uuid.UUID, code: str) -> str:
    return token_hash(f"{user_id}:{code}")
