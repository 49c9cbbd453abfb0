"""What a claimed mail is made of at the moment of sending: addresses, wishes and server as they are now."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from hexclave_app.gateways.mail.failures import ErrorType, SendFailure
from hexclave_app.gateways.mail.messages import OutgoingMail
from hexclave_app.installation import Installation
from hexclave_app.services import contact_channels, notification_preferences
from hexclave_app.services.emails import lanes, rendering, sending, suppressions, tracking, transports
from hexclave_app.services.emails.sending import Claim, Quota
from hexclave_app.services.emails.transports import Transport
from hexclave_app.services.tenancies import TenancySnapshot
from models import EmailOutbox, RecipientType, SkippedReason, User


@dataclass(frozen=True, slots=True)
class Delivery:
    """A claimed mail with everything needed to hand it over."""

    claim: Claim
    mail: OutgoingMail
    transport: Transport
    needs_check: bool
    """Whether the addresses have to pass the deliverability check first."""


@dataclass(frozen=True, slots=True)
class _Skip:
    reason: SkippedReason
    details: dict[str, object]


def claim(
    session: Session, *, installation: Installation, tenancy_id: uuid.UUID, quota: Quota, now: datetime
) -> tuple[int, list[Delivery]]:
    """Claim queued mails and make them ready; how many there were, and those that are to be handed over."""
    claims = sending.claim(session, tenancy_id=tenancy_id, quota=quota, now=now)
    session.flush()
    tenancy = lanes.snapshot(session, installation, tenancy_id)
    ready = (prepare(session, installation=installation, tenancy=tenancy, claim=claim, now=now) for claim in claims)
    return len(claims), [delivery for delivery in ready if delivery is not None]


def prepare(
    session: Session, *, installation: Installation, tenancy: TenancySnapshot, claim: Claim, now: datetime
) -> Delivery | None:
    """What to hand over; None when the mail was skipped or has failed, which is then written down."""
    row = session.get(EmailOutbox, {"tenancy_id": claim.tenancy_id, "id": claim.mail_id})
    if row is None or row.sender_id != claim.sender_id:
        return None
    content = rendering.open_content(installation, row)
    if content is None:
        unreadable = SendFailure(ErrorType.UNKNOWN, "The rendered e-mail cannot be read any more.")
        sending.fail(session, claim=claim, failure=unreadable, now=now)
        return None
    addresses = _addresses(session, row)
    if not isinstance(addresses, _Skip):
        addresses = _wanted(session, row, addresses)
    if isinstance(addresses, _Skip):
        sending.skip(session, claim=claim, reason=addresses.reason, details=addresses.details, now=now)
        return None
    try:
        transport = transports.resolve(tenancy, installation.settings)
    except SendFailure as failure:
        sending.fail(session, claim=claim, failure=failure, now=now)
        return None
    mail = OutgoingMail(
        id=row.id,
        version=str(row.worker_id),
        sender=transport.sender,
        to=tuple(addresses),
        subject=content.subject,
        html=tracking.tracked_html(installation, row, content.html),
        text=content.text,
        unsubscribe_link=content.unsubscribe_link,
    )
    needs_check = tenancy.config.emails.server.is_shared and not row.skip_deliverability_check
    return Delivery(claim, mail, transport, needs_check)


def _addresses(session: Session, row: EmailOutbox) -> list[str] | _Skip:
    emails = [str(email) for email in row.recipient_emails or [] if email]
    if row.recipient_type == RecipientType.CUSTOM_EMAILS:
        return emails or _Skip(SkippedReason.NO_EMAIL_PROVIDED, {})
    user_id = row.recipient_user_id
    if user_id is None or not _exists(session, row.tenancy_id, user_id):
        return _Skip(SkippedReason.USER_ACCOUNT_DELETED, {})
    if row.recipient_type == RecipientType.USER_CUSTOM_EMAILS and emails:
        return emails
    channel = contact_channels.primary_of(session, tenancy_id=row.tenancy_id, user_id=user_id)
    return [channel.value] if channel is not None else _Skip(SkippedReason.USER_HAS_NO_PRIMARY_EMAIL, {})


def _wanted(session: Session, row: EmailOutbox, addresses: list[str]) -> list[str] | _Skip:
    """Unsubscribing counts until the last moment; addresses that bounced or complained get nothing but security."""
    if row.recipient_user_id is not None and row.rendered_category_id is not None:
        kind = notification_preferences.category(row.rendered_category_id)
        if not notification_preferences.wants(
            session, tenancy_id=row.tenancy_id, user_id=row.recipient_user_id, kind=kind
        ):
            return _Skip(SkippedReason.USER_UNSUBSCRIBED, {})
    if row.skip_deliverability_check:
        return addresses
    suppressed = suppressions.first_of(session, tenancy_id=row.tenancy_id, addresses=addresses)
    if suppressed is not None:
        details: dict[str, object] = {"email": suppressed.address, "suppressed": suppressed.reason}
        return _Skip(SkippedReason.LIKELY_NOT_DELIVERABLE, details)
    return addresses


def _exists(session: Session, tenancy_id: uuid.UUID, user_id: uuid.UUID) -> bool:
    wanted = select(User.id).where(col(User.tenancy_id) == tenancy_id, col(User.id) == user_id)
    return session.exec(wanted).first() is not None
