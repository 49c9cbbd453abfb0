"""Reading and changing mails of the outbox (contract 06, section 3)."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, or_
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.installation import Installation
from hexclave_app.services.emails import queueing, stages
from hexclave_app.services.emails.queueing import Recipient
from hexclave_app.services.tenancies import TenancySnapshot
from models import EmailOutbox, SkippedReason
from models.base import JsonValue, from_millis

_RENDERED_FROM = frozenset({"source", "theme_id", "to", "variables"})


@dataclass(frozen=True, slots=True)
class Page:
    """Some mails, and the first one of the next page."""

    items: Sequence[EmailOutbox]
    next_cursor: uuid.UUID | None


def list_page(
    session: Session,
    *,
    tenancy_id: uuid.UUID,
    status: str | None = None,
    simple_status: str | None = None,
    limit: int,
    cursor: uuid.UUID | None = None,
) -> Page:
    """Newest first; the cursor is the id of the first mail of the page."""
    wanted = select(EmailOutbox).where(col(EmailOutbox.tenancy_id) == tenancy_id)
    if status is not None:
        wanted = wanted.where(stages.status_condition(status))
    if simple_status is not None:
        wanted = wanted.where(stages.simple_status_condition(simple_status))
    if cursor is not None:
        first = session.get(EmailOutbox, {"tenancy_id": tenancy_id, "id": cursor})
        if first is None:
            return Page([], None)
        is_later = and_(col(EmailOutbox.created_at) == first.created_at, col(EmailOutbox.id) >= first.id)
        wanted = wanted.where(or_(col(EmailOutbox.created_at) < first.created_at, is_later))
    ordered = wanted.order_by(col(EmailOutbox.created_at).desc(), col(EmailOutbox.id)).limit(limit + 1)
    rows = session.exec(ordered).all()
    return Page(rows[:limit], rows[limit].id if len(rows) > limit else None)


def get(session: Session, *, tenancy_id: uuid.UUID, mail_id: uuid.UUID) -> EmailOutbox:
    """One mail; plain 404 when there is none."""
    row = session.get(EmailOutbox, {"tenancy_id": tenancy_id, "id": mail_id})
    if row is None:
        raise StatusError(404, "There is no such e-mail.")
    return row


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the mails of a draft."""

    sent: int
    opened: int
    failed: int
    skipped: int


def tally(session: Session, *, tenancy_id: uuid.UUID, draft_id: uuid.UUID, since: datetime) -> Tally:
    """Count the mails of a draft that was made at `since`; those that have not left are in none of the numbers."""
    conditions = (
        stages.simple_status_condition("ok") & col(EmailOutbox.skipped_reason).is_(None),
        col(EmailOutbox.opened_at).is_not(None),
        stages.simple_status_condition("error"),
        col(EmailOutbox.skipped_reason).is_not(None),
    )
    sums = [func.coalesce(func.sum(case((condition, 1), else_=0)), 0) for condition in conditions]
    row = session.execute(
        core_select(*sums).where(
            col(EmailOutbox.tenancy_id) == tenancy_id,
            col(EmailOutbox.created_at) >= since,
            col(EmailOutbox.draft_id) == draft_id,
        )
    ).one()
    return Tally(*row)


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to change; `given` has only what was named: source, theme_id, to, variables and so on."""

    given: Mapping[str, JsonValue | Recipient]
    is_cancelled: bool = False


def update(
    session: Session,
    *,
    installation: Installation,
    tenancy: TenancySnapshot,
    mail_id: uuid.UUID,
    changes: Changes,
    now: datetime,
) -> EmailOutbox:
    """Edit, pause, reschedule, cancel or try again; raises EMAIL_NOT_EDITABLE. A worker's claim wins or loses whole."""
    row = session.exec(
        select(EmailOutbox)
        .where(col(EmailOutbox.tenancy_id) == tenancy.id, col(EmailOutbox.id) == mail_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise StatusError(404, "There is no such e-mail.")
    status = stages.status(row)
    is_skipped_and_paused = changes.is_cancelled and row.skipped_reason is not None
    if status not in stages.EDITABLE or is_skipped_and_paused:
        raise errors.EmailNotEditable(email_id=str(mail_id), status=status.upper().replace("-", "_"))
    row.updated_at = now
    if changes.is_cancelled:
        _cancel(row, now)
    else:
        _edit(installation, row, changes.given, now)
        queueing.ring_after_commit(session, installation)
    return row


def _cancel(row: EmailOutbox, now: datetime) -> None:
    row.is_paused = row.is_queued = False
    stages.skip(row, SkippedReason.MANUALLY_CANCELLED, {}, now)


def _edit(
    installation: Installation, row: EmailOutbox, given: Mapping[str, JsonValue | Recipient], now: datetime
) -> None:
    for name in ("source", "theme_id", "skip_deliverability_check", "is_paused"):
        if name in given:
            setattr(row, name, given[name])
    if "to" in given and isinstance(recipient := given["to"], Recipient):
        row.recipient_type = recipient.type
        row.recipient_user_id, row.recipient_emails = recipient.user_id, recipient.emails
    if "variables" in given:
        row.variables_sealed = queueing.seal_variables(installation, row.id, given["variables"])  # type: ignore[arg-type]
    if "scheduled_at_millis" in given:
        row.scheduled_at = from_millis(given["scheduled_at_millis"])  # type: ignore[arg-type]  # a checked number
        row.is_queued = False
    if _RENDERED_FROM & given.keys():
        stages.reset(row)
    if row.rendered_sealed is not None and not row.is_paused and row.started_sending_at is None:
        row.is_queued = row.scheduled_at <= now and row.next_send_retry_at is None
    stages.settle(row)
