"""Setting, changing and resetting passwords (contract 03, section 4).

Flows, like those of `password_auth`: hashing happens in a thread, between two transactions.
"""

import uuid
from functools import partial
from typing import Final

import anyio
from sqlalchemy import update
from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.security.hashing import token_hash
from hexclave_app.security.password_threads import hash_password, verify_password
from hexclave_app.security.passwords import check_chosen_password
from hexclave_app.services import (
    account_recovery,
    code_redemption,
    contact_channels,
    emails,
    limits,
    redirects,
    verification_codes,
)
from hexclave_app.services.password_auth import require_enabled
from hexclave_app.services.sessions import SignInContext
from hexclave_app.services.sign_in import unwrap
from hexclave_app.services.users import updates
from models import User, UserSession, VerificationCode, VerificationCodeType

_TYPE: Final = VerificationCodeType.PASSWORD_RESET
_ANSWER_AFTER_S = 0.3  # far above what queueing a mail takes, so that the time does not tell who has an account


async def set_password(context: SignInContext, *, user_id: uuid.UUID, password: str) -> None:
    """Give a first password to a user who has none; every session stays."""
    require_enabled(context.tenancy)
    _check_chosen(context, password)
    db = context.installation.db
    if await db.read(_password_hash_of, tenancy_id=context.tenancy.id, user_id=user_id) is not None:
        raise _has_password()
    fresh = await hash_password(password)
    await db.run(_store_first, tenancy_id=context.tenancy.id, user_id=user_id, password_hash=fresh)


async def update_password(
    context: SignInContext, *, user_id: uuid.UUID, old_password: str, new_password: str, refresh_token: str | None
) -> None:
    """Change a password that the caller knows; ends all sessions but the one of the refresh token."""
    require_enabled(context.tenancy)
    _check_chosen(context, new_password)
    db = context.installation.db
    stored = await db.read(_password_hash_of, tenancy_id=context.tenancy.id, user_id=user_id)
    if stored is None:
        raise errors.UserDoesNotHavePassword
    taken = await limits.guess(context, account=str(user_id))
    is_right, _ = await verify_password(old_password, stored)
    if not is_right:
        raise errors.PasswordConfirmationMismatch
    await limits.give_back(context, taken)
    fresh = await hash_password(new_password)
    await db.run(_replace, context, user_id=user_id, old_hash=stored, new_hash=fresh, refresh_token=refresh_token)


async def send_reset_code(context: SignInContext, *, email: str, callback_url: str) -> None:
    """Mail a reset link if somebody signs in with the address; neither answer nor time tells whether."""
    started_at = anyio.current_time()
    require_enabled(context.tenancy)
    redirects.require_trusted(callback_url, tenancy=context.tenancy, settings=context.installation.settings)
    await limits.mail(context, recipient=email)
    await context.installation.db.run(_queue_reset, context, email=email, callback_url=callback_url)
    await anyio.sleep_until(started_at + _ANSWER_AFTER_S)


async def reset_password(context: SignInContext, *, code: str, password: str) -> None:
    """Set the password with a mailed code; ends all sessions of the user."""
    require_enabled(context.tenancy)
    db = context.installation.db
    submitted = await code_redemption.submit(db, tenancy_id=context.tenancy.id, type=_TYPE, code=code, now=context.now)
    # Twice, here and when redeeming: only holders of a code may cost us a hash, and a bad password costs them no code.
    await db.read(code_redemption.require_valid, submitted)
    _check_chosen(context, password)
    fresh = await hash_password(password)
    action = partial(_reset, context=context, password_hash=fresh)
    unwrap(await db.run(code_redemption.redeem, submitted, action=action))


async def check_reset_code(context: SignInContext, *, code: str) -> None:
    """Check a reset code without using it."""
    await code_redemption.check(
        context.installation.db, tenancy_id=context.tenancy.id, type=_TYPE, code=code, now=context.now
    )


def _check_chosen(context: SignInContext, password: str) -> None:
    check_chosen_password(password, refuses_common=context.installation.settings.refuse_common_passwords)


def _password_hash_of(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID) -> str | None:
    return session.exec(
        select(User.password_hash).where(col(User.tenancy_id) == tenancy_id, col(User.id) == user_id)
    ).first()


def _has_password() -> StatusError:
    return StatusError(
        400,
        "The user already has a password. Change it with the update endpoint instead.",
        message_key="error-password-there-already",
    )


def _store_first(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, password_hash: str) -> None:
    if not _swap_hash(session, tenancy_id=tenancy_id, user_id=user_id, old_hash=None, new_hash=password_hash):
        raise _has_password()  # or deleted: either way there is nobody without a password anymore


def _replace(
    session: Session,
    context: SignInContext,
    *,
    user_id: uuid.UUID,
    old_hash: str,
    new_hash: str,
    refresh_token: str | None,
) -> None:
    tenancy_id = context.tenancy.id
    kept = _session_of(session, tenancy_id=tenancy_id, refresh_token=refresh_token) if refresh_token else None
    # Sessions before their user, the order in which refreshes lock them.
    updates.revoke_sessions(session, tenancy_id=tenancy_id, user_id=user_id, except_session_id=kept)
    if not _swap_hash(session, tenancy_id=tenancy_id, user_id=user_id, old_hash=old_hash, new_hash=new_hash):
        raise errors.PasswordConfirmationMismatch  # changed by somebody else while the old one was compared


def _swap_hash(
    session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, old_hash: str | None, new_hash: str
) -> bool:
    """Store a hash if the user still has the one that was read before; whether it was so."""
    changed = session.execute(
        update(User)
        .where(
            col(User.tenancy_id) == tenancy_id,
            col(User.id) == user_id,
            col(User.password_hash).is_not_distinct_from(old_hash),
        )
        .values(password_hash=new_hash)
        .returning(col(User.id))
    ).first()
    return changed is not None


def _session_of(session: Session, *, tenancy_id: uuid.UUID, refresh_token: str) -> uuid.UUID | None:
    return session.exec(
        select(UserSession.id).where(
            col(UserSession.tenancy_id) == tenancy_id, col(UserSession.refresh_token_hash) == token_hash(refresh_token)
        )
    ).first()


def _queue_reset(session: Session, context: SignInContext, *, email: str, callback_url: str) -> None:
    channel = contact_channels.find_for_auth(session, tenancy_id=context.tenancy.id, email=email)
    if channel is None or not account_recovery.may_reset_by(session, channel):
        return
    issued = verification_codes.issue(
        session,
        tenancy_id=context.tenancy.id,
        type=_TYPE,
        data={"user_id": str(channel.user_id)},
        method={"email": email},
        now=context.now,
        callback_url=callback_url,
    )
    emails.queue(
        session,
        installation=context.installation,
        tenancy=context.tenancy,
        template_id=emails.PASSWORD_RESET,
        recipient=email,
        user_id=channel.user_id,
        variables={"passwordResetLink": issued.link or ""},
    )


def _reset(session: Session, code: VerificationCode, *, context: SignInContext, password_hash: str) -> None:
    user_id = uuid.UUID(code.data["user_id"])
    channel = contact_channels.find_for_auth(session, tenancy_id=code.tenancy_id, email=code.method["email"])
    if channel is None or channel.user_id != user_id:
        # Who gave up a mailbox must not lose the account to its next owner by a link that is still lying there.
        raise StatusError(
            400,
            "The e-mail address of this code is not used to sign in to the account anymore.",
            message_key="error-address-changed",
        )
    if not account_recovery.may_reset_by(session, channel):
        raise StatusError(400, "The e-mail address of this code is not verified, and the account has one that is.")
    account_recovery.close_unproved_ways_in(session, proved=channel, now=context.now)
    updates.update(
        session,
        installation=context.installation,
        tenancy=context.tenancy,
        user_id=user_id,
        changes={"password_hash": password_hash},
        now=context.now,
    )
