"""From queued to handed over: each step is one conditional change, so that no two workers send the same mail.

A claim sets `sender_id`. Right before the text leaves, `hand_over` marks the row; a claim that was taken away meanwhile
may not hand over any more. A process that dies before that mark loses nothing: the claim is taken back and the mail
sent again. One that dies after it leaves it unknown whether the provider accepted the mail, which is the only such
window: the row ends as `server-error` with the type DELIVERY_UNCONFIRMED and is not sent again, unless the provider
knows idempotency keys (Resend) and another try is harmless.
"""

import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, tuple_, update
from sqlmodel import Session, col, select

from hexclave_app.gateways.mail.failures import DeliveryUnconfirmed, SendFailure
from hexclave_app.services.emails import capacity, lanes, stages, suppressions
from hexclave_app.services.emails.transports import Kind
from models import EmailOutbox, EmailOutcome, EmailStage

MAX_ATTEMPTS: Final = 5
RETRY_UNIT: Final = timedelta(seconds=20)
DUE_BATCH: Final = 500
CLAIM_LOST_AFTER: Final = timedelta(minutes=2)  # a hand-over begins within seconds of its claim
UNCONFIRMED_AFTER: Final = timedelta(minutes=20)
IDEMPOTENT_FOR: Final = timedelta(hours=20)  # Resend keeps keys for 24


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to hand one mail over."""

    tenancy_id: uuid.UUID
    mail_id: uuid.UUID
    sender_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Quota:
    """How many mails of a tenancy a worker can take now, and what the tenancy may send in an hour."""

    urgent: int
    others: int
    per_hour: float


def queue_due(session: Session, *, now: datetime) -> int:
    """Queue rendered mails whose time has come; returns how many."""
    due = (
        select(EmailOutbox.tenancy_id, EmailOutbox.id)
        .where(col(EmailOutbox.stage) == EmailStage.WAIT, col(EmailOutbox.due_at) <= now)
        .order_by(col(EmailOutbox.due_at))
        .limit(DUE_BATCH)
        .with_for_update(skip_locked=True)
    )
    keys = session.exec(due).all()
    if keys:
        session.execute(
            update(EmailOutbox)
            .where(tuple_(col(EmailOutbox.tenancy_id), col(EmailOutbox.id)).in_([tuple(key) for key in keys]))
            .values(stage=EmailStage.QUEUE, is_queued=True, next_send_retry_at=None, updated_at=now)
        )
    return len(keys)


def claim(session: Session, *, tenancy_id: uuid.UUID, quota: Quota, now: datetime) -> list[Claim]:
    """Take the most urgent queued mails, as far as the tenancy's credit goes."""
    credit = capacity.credit(session, tenancy_id=tenancy_id, per_hour=quota.per_hour, now=now)
    urgent = lanes.most_urgent(
        session,
        tenancy_id=tenancy_id,
        stage=EmailStage.QUEUE,
        limit=min(quota.urgent, credit.for_urgent),
        max_rank=stages.URGENT_RANK,
    )
    claims = [_claim_row(row, now) for row in urgent]
    credit.spend(len(claims))
    left = min(quota.others, credit.for_all)
    if left > 0:
        session.flush()
        others = lanes.most_urgent(session, tenancy_id=tenancy_id, stage=EmailStage.QUEUE, limit=left)
        claims += [_claim_row(row, now) for row in others]
        credit.spend(len(others))
    return claims


def hand_over(session: Session, *, claims: Sequence[Claim], transport: str, now: datetime) -> set[Claim]:
    """Mark that these texts leave now; those that are not returned were lost, and nothing of them may be sent."""
    marked = session.execute(
        update(EmailOutbox)
        .where(*_are_claimed(claims), col(EmailOutbox.handed_over_at).is_(None))
        .values(handed_over_at=now, transport=transport, updated_at=now)
        .returning(col(EmailOutbox.id))
    ).scalars()
    kept = set(marked)
    return {claim for claim in claims if claim.mail_id in kept}


def finish_unreported(session: Session, *, claims: Sequence[Claim], transport: str, now: datetime) -> None:
    """A provider that tells nothing more accepted these mails."""
    session.execute(
        update(EmailOutbox)
        .where(*_are_claimed(claims))
        .values(
            finished_sending_at=now,
            updated_at=now,
            transport=transport,
            can_have_delivery_info=False,
            stage=EmailStage.REST,
            outcome=EmailOutcome.SENT,
        )
    )


def finish(
    session: Session, *, claim: Claim, transport: Kind, message_id: str | None, reports_delivery: bool, now: datetime
) -> None:
    """The provider accepted the mail."""
    row = _claimed(session, claim)
    if row is None:
        return
    row.finished_sending_at = row.updated_at = now
    row.transport = transport
    row.provider_message_id = message_id
    row.can_have_delivery_info = reports_delivery and message_id is not None
    stages.settle(row)


def skip(session: Session, *, claim: Claim, reason: str, details: Mapping[str, object], now: datetime) -> None:
    """The mail turned out not to be for sending."""
    row = _claimed(session, claim)
    if row is not None:
        stages.skip(row, reason, details, now)


def fail(session: Session, *, claim: Claim, failure: SendFailure, now: datetime) -> None:
    """The provider did not accept the mail: it is tried again later, or never."""
    row = _claimed(session, claim)
    if row is None:
        return
    attempt = row.send_retries + 1
    error = {
        "external_message": failure.message,
        "external_details": {"errorType": failure.type.value},
        "internal_message": failure.internal,
        "internal_details": {"code": failure.code} if failure.code else {},
    }
    noted = {"attempt_number": attempt, "timestamp": _iso(now), **error}
    row.send_attempt_errors = [*(row.send_attempt_errors or []), noted]
    row.send_retries = attempt
    row.updated_at = now
    # Without a reply to a text that was handed over, nobody knows whether it was accepted.
    is_unknown = row.handed_over_at is not None and not failure.code and row.transport == Kind.SMTP
    if failure.is_retryable and not is_unknown and attempt < MAX_ATTEMPTS:
        row.sender_id = row.started_sending_at = row.handed_over_at = None
        row.is_queued = False
        row.next_send_retry_at = now + RETRY_UNIT * (2**attempt) * random.uniform(0.5, 1.5)  # noqa: S311 - jitter
    else:
        row.finished_sending_at = now
        row.can_have_delivery_info = False
        row.send_error = error
    stages.settle(row)
    suppressions.note_refused(session, tenancy_id=claim.tenancy_id, mailboxes=failure.bad_mailboxes, now=now)


def recover(session: Session, *, now: datetime) -> None:
    """Take claims of dead workers back; what may have been sent already is not sent again."""
    rows = session.exec(
        select(EmailOutbox)
        .where(col(EmailOutbox.stage) == EmailStage.SEND, col(EmailOutbox.started_sending_at) < now - CLAIM_LOST_AFTER)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        started = row.started_sending_at or now
        is_harmless = row.transport == Kind.RESEND and started > now - IDEMPOTENT_FOR
        if row.handed_over_at is None or is_harmless:
            row.sender_id = row.started_sending_at = row.handed_over_at = None
            row.updated_at = now
            stages.settle(row)
        elif started < now - UNCONFIRMED_AFTER and row.sender_id is not None:
            claim = Claim(row.tenancy_id, row.id, row.sender_id)
            fail(session, claim=claim, failure=DeliveryUnconfirmed("the worker ended during the hand-over"), now=now)


def _claim_row(row: EmailOutbox, now: datetime) -> Claim:
    row.sender_id = uuid.uuid4()
    row.started_sending_at = row.updated_at = now
    row.handed_over_at = row.transport = None
    stages.settle(row)
    return Claim(row.tenancy_id, row.id, row.sender_id)


def _are_claimed(claims: Sequence[Claim]) -> tuple[ColumnElement[bool], ...]:
    key = tuple_(col(EmailOutbox.tenancy_id), col(EmailOutbox.id), col(EmailOutbox.sender_id))
    given = [(claim.tenancy_id, claim.mail_id, claim.sender_id) for claim in claims]
    return (key.in_(given), col(EmailOutbox.finished_sending_at).is_(None))


def _is_claimed(claim: Claim) -> tuple[ColumnElement[bool], ...]:
    return (
        col(EmailOutbox.tenancy_id) == claim.tenancy_id,
        col(EmailOutbox.id) == claim.mail_id,
        col(EmailOutbox.sender_id) == claim.sender_id,
        col(EmailOutbox.finished_sending_at).is_(None),
    )


def _claimed(session: Session, claim: Claim) -> EmailOutbox | None:
    return session.exec(select(EmailOutbox).where(*_is_claimed(claim)).with_for_update()).one_or_none()


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
