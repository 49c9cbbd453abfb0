"""The second factor of a sign-in (contract 03, section 7)."""

import uuid
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import bindparam, case, or_, update
from sqlmodel import Session, col

from hexclave_app import errors
from hexclave_app.security.totp import matching_step
from hexclave_app.services import code_redemption, limits, recovery_codes, sessions
from hexclave_app.services.code_redemption import SubmittedCode
from hexclave_app.services.sessions import SignInContext
from hexclave_app.services.sign_in import SignedIn, password_mark, unwrap
from models import User, VerificationCode, VerificationCodeType
from models.base import UtcDateTime

_TYPE: Final = VerificationCodeType.MFA_ATTEMPT
MAX_TRIES = 50  # per user and window: who knows the password gets any number of attempt codes, each good for 20 tries
TRIES_WINDOW = timedelta(hours=1)  # so a guesser, at 3 valid codes of a million, needs months


async def sign_in_with_totp(context: SignInContext, *, attempt_code: str, totp: str) -> SignedIn:
    """Finish a sign-in; a wrong TOTP counts against the attempt code but leaves it usable."""
    db = context.installation.db
    submitted = await code_redemption.submit(
        db, tenancy_id=context.tenancy.id, type=_TYPE, code=attempt_code, now=context.now
    )
    taken = await limits.guess(context, account=None)
    await db.run(_count_try, submitted)
    test, action = partial(_check_totp, context=context, totp=totp), partial(_sign_in, context=context)
    signed_in = unwrap(await db.run(code_redemption.redeem, submitted, action=action, test=test))
    await limits.give_back(context, taken)
    return signed_in


async def confirm(context: SignInContext, *, user_id: uuid.UUID, typed: str) -> None:
    """Check the second factor of somebody who is signed in; counted like that of a sign-in."""
    db, tenancy_id = context.installation.db, context.tenancy.id
    taken = await limits.guess(context, account=None)
    await db.run(_count, tenancy_id=tenancy_id, user_id=user_id, now=context.now)
    await db.run(_accept, context=context, user_id=user_id, typed=typed)
    await limits.give_back(context, taken)


def _count_try(session: Session, submitted: SubmittedCode) -> None:
    """Count a try on the user, in a transaction of its own before it is judged: no burst of guesses overtakes it."""
    attempt = code_redemption.require_valid(session, submitted)
    user_id = uuid.UUID(attempt.data["user_id"])
    _count(session, tenancy_id=attempt.tenancy_id, user_id=user_id, now=submitted.now)


def _count(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, now: datetime) -> None:
    since = col(User.totp_tries_since)
    is_new_window = or_(since.is_(None), since <= now - TRIES_WINDOW)
    tries: int | None = session.execute(
        update(User)
        .where(col(User.tenancy_id) == tenancy_id, col(User.id) == user_id)
        .values(
            totp_tries=case((is_new_window, 1), else_=col(User.totp_tries) + 1),
            totp_tries_since=case((is_new_window, bindparam("now", now, UtcDateTime)), else_=since),
        )
        .returning(col(User.totp_tries))
        .execution_options(synchronize_session=False)
    ).scalar()
    if tries is not None and tries > MAX_TRIES:
        raise errors.VerificationCodeMaxAttemptsReached


def _check_totp(session: Session, attempt: VerificationCode, *, context: SignInContext, totp: str) -> None:
    user_id = uuid.UUID(attempt.data["user_id"])
    user = session.get(User, {"tenancy_id": attempt.tenancy_id, "id": user_id})
    if user is None or user.totp_secret_sealed is None or not user.requires_totp_mfa:
        raise errors.InvalidTotpCode
    if attempt.data.get("password_mark") != password_mark(user.password_hash):
        raise errors.VerificationCodeExpired
    _accept(session, context=context, user_id=user_id, typed=totp)


def _accept(session: Session, *, context: SignInContext, user_id: uuid.UUID, typed: str) -> None:
    """Accept each code of a user once (RFC 6238, section 5.2): the step of the last one is kept and must grow.

    A recovery code may stand in for the TOTP.
    """
    user = session.get(User, {"tenancy_id": context.tenancy.id, "id": user_id})
    if user is None or user.totp_secret_sealed is None or not user.requires_totp_mfa:
        raise errors.InvalidTotpCode
    if recovery_codes.looks_like_code(typed):
        recovery_codes.use(session, tenancy_id=user.tenancy_id, user_id=user.id, typed=typed, now=context.now)
        user.totp_tries = 0
        return
    secret = context.installation.sealer("totp").open(user.totp_secret_sealed, context=str(user.id))
    step = matching_step(secret, typed, context.now)
    if step is None:
        raise errors.InvalidTotpCode
    accepted = session.execute(
        update(User)
        .where(
            col(User.tenancy_id) == user.tenancy_id,
            col(User.id) == user.id,
            col(User.totp_secret_sealed) == user.totp_secret_sealed,
            or_(col(User.totp_last_step).is_(None), col(User.totp_last_step) < step),
        )
        .values(totp_last_step=step, totp_tries=0)
        .returning(col(User.id))
    ).first()
    if accepted is None:
        raise errors.InvalidTotpCode


def _sign_in(session: Session, attempt: VerificationCode, *, context: SignInContext) -> SignedIn:
    tokens = sessions.create(session, context, user_id=uuid.UUID(attempt.data["user_id"]))
    return SignedIn(tokens, is_new_user=attempt.data["is_new_user"])
