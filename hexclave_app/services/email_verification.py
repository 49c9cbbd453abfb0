"""Proving that an e-mail address belongs to its user (contract 03, section 12)."""

import uuid

from sqlalchemy import update
from sqlmodel import Session, col

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.services import code_redemption, contact_channels, emails, redirects, verification_codes
from hexclave_app.services.sessions import SignInContext
from hexclave_app.services.sign_in import unwrap
from models import ContactChannel, VerificationCode, VerificationCodeType
from models.contact_channels import EMAIL

_TYPE = VerificationCodeType.CONTACT_CHANNEL_VERIFICATION


def queue(
    session: Session,
    context: SignInContext,
    *,
    user_id: uuid.UUID,
    email: str,
    callback_url: str,
    is_sign_up: bool = False,
) -> None:
    """Queue the mail that asks to prove an address; the callback URL has been checked."""
    issued = verification_codes.issue(
        session,
        tenancy_id=context.tenancy.id,
        type=_TYPE,
        data={"user_id": str(user_id)},
        method={"email": email},
        now=context.now,
        callback_url=callback_url,
    )
    queue_mail = emails.queue_to_stranger if is_sign_up else emails.queue
    queue_mail(
        session,
        installation=context.installation,
        tenancy=context.tenancy,
        template_id=emails.EMAIL_VERIFICATION,
        recipient=email,
        user_id=user_id,
        variables={"emailVerificationLink": issued.link or ""},
    )


def send(
    session: Session, context: SignInContext, *, user_id: uuid.UUID, channel_id: uuid.UUID, callback_url: str
) -> None:
    """Send a verification mail for one channel of a user."""
    channel = contact_channels.find(session, tenancy_id=context.tenancy.id, user_id=user_id, channel_id=channel_id)
    if channel is None:
        raise StatusError(404, "Contact channel not found.", message_key="error-channel-gone")
    _send(session, context, channel=channel, callback_url=callback_url)


def send_to_primary(
    session: Session, context: SignInContext, *, user_id: uuid.UUID, email: str, callback_url: str
) -> None:
    """Send a verification mail for the primary e-mail, which the caller has to name."""
    channel = contact_channels.primary_of(session, tenancy_id=context.tenancy.id, user_id=user_id)
    if channel is None or channel.value != contact_channels.normalise_email(email):
        raise errors.EmailIsNotPrimaryEmail(email=email, primary_email=channel.value if channel else None)
    _send(session, context, channel=channel, callback_url=callback_url)


async def verify(context: SignInContext, *, code: str) -> None:
    """Mark the address verified that the code was sent to; needs no session and opens none."""
    db = context.installation.db
    submitted = await code_redemption.submit(db, tenancy_id=context.tenancy.id, type=_TYPE, code=code, now=context.now)
    unwrap(await db.run(code_redemption.redeem, submitted, action=_mark_verified))


async def check_code(context: SignInContext, *, code: str) -> None:
    """Check a verification code without using it."""
    await code_redemption.check(
        context.installation.db, tenancy_id=context.tenancy.id, type=_TYPE, code=code, now=context.now
    )


def _send(session: Session, context: SignInContext, *, channel: ContactChannel, callback_url: str) -> None:
    if channel.is_verified:
        raise errors.EmailAlreadyVerified
    redirects.require_trusted(callback_url, tenancy=context.tenancy, settings=context.installation.settings)
    queue(session, context, user_id=channel.user_id, email=channel.value, callback_url=callback_url)


def _mark_verified(session: Session, code: VerificationCode) -> None:
    """One conditional statement: an address that is changed at this moment does not become verified."""
    marked = session.execute(
        update(ContactChannel)
        .where(
            col(ContactChannel.tenancy_id) == code.tenancy_id,
            col(ContactChannel.user_id) == uuid.UUID(code.data["user_id"]),
            col(ContactChannel.type) == EMAIL,
            col(ContactChannel.value) == code.method["email"],
        )
        .values(is_verified=True)
        .returning(col(ContactChannel.id))
    ).first()
    if marked is None:
        raise StatusError(
            400,
            "The e-mail address of this code is not an address of the account anymore.",
            message_key="error-address-changed",
        )
