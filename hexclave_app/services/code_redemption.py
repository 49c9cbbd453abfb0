"""Redeeming and checking codes that somebody sent back (contract 03, section 3).

Three transactions in a row: the attempt is counted and committed whatever happens next; then the code is looked up; and
a redemption uses it up together with what it stands for. A code stays used even when its action is refused.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session

from hexclave_app.db import Database
from hexclave_app.errors import ApiError
from hexclave_app.services import verification_codes
from models import VerificationCode, VerificationCodeType

T = TypeVar("T")
Test = Callable[[Session, VerificationCode], None]


@dataclass(frozen=True, slots=True)
class SubmittedCode:
    """A code that somebody sent back, its attempt already counted."""

    tenancy_id: uuid.UUID
    type: VerificationCodeType
    code: str
    attempts_before: int
    now: datetime


async def submit(
    db: Database, *, tenancy_id: uuid.UUID, type: VerificationCodeType, code: str, now: datetime
) -> SubmittedCode:
    """Count the attempt, in a transaction of its own that no later failure undoes."""
    attempts_before = await db.run(verification_codes.count_attempt, tenancy_id=tenancy_id, code=code)
    return SubmittedCode(tenancy_id, type, code, attempts_before, now)


async def check(db: Database, *, tenancy_id: uuid.UUID, type: VerificationCodeType, code: str, now: datetime) -> None:
    """Raise what redeeming would raise about the code itself; nothing is used up."""
    await db.read(require_valid, await submit(db, tenancy_id=tenancy_id, type=type, code=code, now=now))


def require_valid(session: Session, submitted: SubmittedCode) -> VerificationCode:
    """The code, if it may still be used."""
    return verification_codes.require_valid(
        session,
        tenancy_id=submitted.tenancy_id,
        type=submitted.type,
        code=submitted.code,
        attempts_before=submitted.attempts_before,
        now=submitted.now,
    )


def redeem(
    session: Session,
    submitted: SubmittedCode,
    *,
    action: Callable[[Session, VerificationCode], T],
    test: Test | None = None,
) -> T | ApiError:
    """Use the code up and do what it stands for.

    `test` runs before the code is used, and its failure leaves the code usable. A refusal by `action` undoes what the
    action changed and is returned, because raising it would give the code back.
    """
    row = require_valid(session, submitted)
    if test is not None:
        test(session, row)
    verification_codes.consume(session, row, now=submitted.now)
    try:
        with session.begin_nested():
            return action(session, row)
    except ApiError as refusal:
        return refusal
