"""Unsubscribing with the link of a mail (contract 06, section 3)."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.security.hashing import token_hash
from hexclave_app.services import notification_preferences, verification_codes
from models import EmailOutbox, VerificationCode, VerificationCodeType


class Outcome(StrEnum):
    """What became of the click."""

    DONE = "done"
    ALREADY_DONE = "already-done"


def unsubscribe(session: Session, *, code: str, now: datetime) -> Outcome:
    """Want no more mails of the code's category; raises VERIFICATION_CODE_NOT_FOUND or VERIFICATION_CODE_EXPIRED.

    Looked up over all tenancies: the link carries no project.
    """
    row = session.exec(
        select(VerificationCode)
        .where(
            col(VerificationCode.code_hash) == token_hash(code.lower()),
            col(VerificationCode.type) == VerificationCodeType.UNSUBSCRIBE,
        )
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise errors.VerificationCodeNotFound
    if row.used_at is not None:
        return Outcome.ALREADY_DONE
    if row.expires_at <= now:
        raise errors.VerificationCodeExpired
    verification_codes.consume(session, row, now=now)
    try:
        notification_preferences.choose(
            session,
            tenancy_id=row.tenancy_id,
            user_id=uuid.UUID(row.data["user_id"]),
            chosen=notification_preferences.category(uuid.UUID(row.data["category_id"])),
            is_enabled=False,
        )
    except errors.UserNotFound:
        return Outcome.ALREADY_DONE  # who is gone gets no mails
    mail = session.get(EmailOutbox, {"tenancy_id": row.tenancy_id, "id": uuid.UUID(row.data["mail_id"])})
    if mail is not None:
        mail.unsubscribed_at = now
    return Outcome.DONE
