"""Signing in with a mailed code or link (contract 03, section 5)."""

import uuid
from functools import partial
from typing import Final

from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.services import (
    bot_challenges,
    code_redemption,
    contact_channels,
    emails,
    impersonation,
    limits,
    redirects,
    sign_up,
    verification_codes,
)
from hexclave_app.services.bot_challenges import NO_CHALLENGE, BotAssessment, BotChallenge
from hexclave_app.services.end_users import EndUser
from hexclave_app.services.sessions import SignInContext
from hexclave_app.services.sign_in import SignedIn, SignInResult, start_session, unwrap
from hexclave_app.services.sign_up_rules import SignUpFacts
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.creation import UserCreateData
from hexclave_app.services.verification_codes import NONCE_START
from models import User, VerificationCode, VerificationCodeType

_TYPE: Final = VerificationCodeType.ONE_TIME_PASSWORD


async def send_sign_in_code(
    context: SignInContext, *, email: str, callback_url: str, challenge: BotChallenge = NO_CHALLENGE
) -> str:
    """Mail a sign-in code and link; returns the nonce that completes the six characters a person types."""
    tenancy, settings, db = context.tenancy, context.installation.settings, context.installation.db
    _require_enabled(tenancy)
    await limits.mail(context, recipient=email)
    await db.run(_find_account, tenancy, email)
    ip = context.end_user.ip if context.end_user else None
    assessment = await bot_challenges.assess(
        tenancy, settings, challenge, action=bot_challenges.Action.MAGIC_LINK, ip=ip
    )
    redirects.require_trusted(callback_url, tenancy=tenancy, settings=settings)
    return await db.run(_queue, context, email=email, callback_url=callback_url, assessment=assessment)


async def sign_in(context: SignInContext, *, code: str, anonymous_user_id: uuid.UUID | None) -> SignedIn:
    """Sign in with a mailed code; who has no account gets one, or becomes real if anonymous.

    Links of administrators who act as somebody come here, too.
    """
    if impersonation.is_code(code):
        return await impersonation.sign_in(context, code=code)
    _require_enabled(context.tenancy)
    db = context.installation.db
    submitted = await code_redemption.submit(db, tenancy_id=context.tenancy.id, type=_TYPE, code=code, now=context.now)
    action = partial(_sign_in, context=context, anonymous_user_id=anonymous_user_id)
    return unwrap(await db.run(code_redemption.redeem, submitted, action=action))


async def check_code(context: SignInContext, *, code: str) -> None:
    """Check a sign-in code without using it."""
    if impersonation.is_code(code):
        await impersonation.check_code(context, code=code)
        return
    await code_redemption.check(
        context.installation.db, tenancy_id=context.tenancy.id, type=_TYPE, code=code, now=context.now
    )


def _queue(
    session: Session, context: SignInContext, *, email: str, callback_url: str, assessment: BotAssessment
) -> str:
    issued = verification_codes.issue(
        session,
        tenancy_id=context.tenancy.id,
        type=_TYPE,
        data={"end_user": context.end_user.stored() if context.end_user else None, "bot": assessment.stored()},
        method={"email": email},
        now=context.now,
        callback_url=callback_url,
    )
    emails.queue(
        session,
        installation=context.installation,
        tenancy=context.tenancy,
        template_id=emails.MAGIC_LINK,
        recipient=email,
        variables={"magicLink": issued.link or "", "otp": issued.code[:NONCE_START].upper()},
    )
    return issued.code[NONCE_START:]


def _require_enabled(tenancy: TenancySnapshot) -> None:
    if not tenancy.config.auth.otp.allow_sign_in:
        raise StatusError(
            403, "Signing in with a mailed code is not enabled for this project.", message_key="error-sign-in-code-off"
        )


def _find_account(session: Session, tenancy: TenancySnapshot, email: str) -> uuid.UUID | None:
    """Whose account a code opens; None for a new one.

    An unverified address is refused: whoever registered it without owning it would otherwise share the account with the
    owner who signs in here.
    """
    channel = contact_channels.find_for_auth(session, tenancy_id=tenancy.id, email=email)
    if channel is None:
        sign_up.require_open(tenancy)
        return None
    if not channel.is_verified:
        raise errors.UserEmailAlreadyExists(email=email, would_work_if_email_was_verified=True)
    user = session.get(User, {"tenancy_id": tenancy.id, "id": channel.user_id})
    if user is not None:
        user.has_otp = True
    return channel.user_id


def _sign_in(
    session: Session, code: VerificationCode, *, context: SignInContext, anonymous_user_id: uuid.UUID | None
) -> SignInResult | errors.SignUpRejected:
    email = str(code.method["email"])
    user_id = _find_account(session, context.tenancy, email)
    if user_id is not None:
        return start_session(session, context, user_id=user_id, is_new_user=False)
    assessment = BotAssessment.from_stored(code.data.get("bot"))
    bot_challenges.require_passed(assessment, context.installation.settings)
    facts = SignUpFacts.about(
        EndUser.from_stored(code.data.get("end_user")),
        email=email,
        auth_method="otp",
        bot_verdict=bot_challenges.risk_of(assessment),
    )
    outcome = sign_up.apply_rules(session, context, facts)
    if not outcome.should_allow:
        return errors.SignUpRejected()
    record = sign_up.register(
        session,
        context,
        data=UserCreateData(
            primary_email=email, primary_email_verified=True, primary_email_auth_enabled=True, otp_auth_enabled=True
        ),
        anonymous_user_id=anonymous_user_id,
        outcome=outcome,
    )
    return start_session(session, context, user_id=record.id, is_new_user=True)
