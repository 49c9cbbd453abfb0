"""Reading and changing mails of the outbox (contract 06, section 3)."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Text, and_, cast, or_
from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.installation import Installation
from hexclave_app.services.emails import queueing, stages
from hexclave_app.services.emails.queueing import Recipient
from hexclave_app.services.emails.sources import Source
from hexclave_app.services.searching import contains
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users import search as user_search
from models import EmailOutbox, User
from models.base import JsonValue, from_millis

_RENDERED_FROM = frozenset({"source", "theme_id", "to", "variables"})


@dataclass(frozen=True, slots=True)
class Page:
    """Some mails, and the first one of the next page."""

    items: Sequence[EmailOutbox]
    next_cursor: uuid.UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """Which mails of a list count."""

    status: str | None = None
    simple_status: str | None = None
    source: Source | None = None
    category_id: uuid.UUID | None = None
    search: str = ""
    """A part of the recipient's name or address, or the recipient's id."""


EVERY: Final = Narrowed()


def list_page(
    session: Session,
    *,
    tenancy_id: uuid.UUID,
    narrowed: Narrowed = EVERY,
    limit: int,
    cursor: uuid.UUID | None = None,
) -> Page:
    """Newest first; the cursor is the id of the first mail of the page."""
    wanted = select(EmailOutbox).where(col(EmailOutbox.tenancy_id) == tenancy_id)
    wanted = wanted.where(*_conditions(session, tenancy_id, narrowed))
    if cursor is not None:
        first = session.get(EmailOutbox, {"tenancy_id": tenancy_id, "id": cursor})
        if first is None:
            return Page([], None)
        is_later = and_(col(EmailOutbox.created_at) == first.created_at, col(EmailOutbox.id) >= first.id)
        wanted = wanted.where(or_(col(EmailOutbox.created_at) < first.created_at, is_later))
    ordered = wanted.order_by(col(EmailOutbox.created_at).desc(), col(EmailOutbox.id)).limit(limit + 1)
    rows = session.exec(ordered).all()
    return Page(rows[:limit], rows[limit].id if len(rows) > limit else None)


def last_left_at(session: Session, *, tenancy_id: uuid.UUID) -> datetime | None:
    """When a mail left last, or failed for good: one look-up in an index."""
    left_at = col(EmailOutbox.finished_sending_at)
    newest = select(left_at).where(col(EmailOutbox.tenancy_id) == tenancy_id, left_at.is_not(None))
    return session.exec(newest.order_by(left_at.desc()).limit(1)).first()


def _conditions(session: Session, tenancy_id: uuid.UUID, narrowed: Narrowed) -> list[ColumnElement[bool]]:
    conditions = narrowed.source.conditions() if narrowed.source is not None else []
    if narrowed.status is not None:
        conditions.append(stages.status_condition(narrowed.status))
    if narrowed.simple_status is not None:
        conditions.append(stages.simple_status_condition(narrowed.simple_status))
    if narrowed.category_id is not None:
        conditions.append(col(EmailOutbox.rendered_category_id) == narrowed.category_id)
    searched = narrowed.search.strip()
    if searched:
        conditions.append(
            or_(
                _goes_to_user(session, tenancy_id, searched),
                contains(cast(col(EmailOutbox.recipient_emails), Text), searched),
            )
        )
    return conditions


def _goes_to_user(session: Session, tenancy_id: uuid.UUID, searched: str) -> ColumnElement[bool]:
    """Whether the recipient is a user who matches; when those are too many to name, each recipient is looked at."""
    found = user_search.find_ids(session, tenancy_id=tenancy_id, searched=searched)
    recipient = col(EmailOutbox.recipient_user_id)
    if found is not None:
        return recipient.in_(found)
    matching = user_search.matches(tenancy_id, searched)
    return select(User.id).where(col(User.tenancy_id) == tenancy_id, col(User.id) == recipient, matching).exists()


def get(session: Session, *, tenancy_id: uuid.UUID, mail_id: uuid.UUID) -> EmailOutbox:
    """One mail; plain 404 when there is none."""
    row = session.get(EmailOutbox, {"tenancy_id": tenancy_id, "id": mail_id})
    if row is None:
        raise StatusError(404, "There is no such e-mail.")
    return row


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
        stages.cancel(row, now)
    else:
        _edit(installation, row, changes.given, now)
        queueing.ring_after_commit(session, installation)
    return row


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
        row.variables_sealed = queueing.seal_variables(installation, row.id, given["variables"])  # type: ignore[arg-type]  # checked by the schema before
    if "scheduled_at_millis" in given:
        row.scheduled_at = from_millis(given["scheduled_at_millis"])  # type: ignore[arg-type]  # a checked number
        row.is_queued = False
    if _RENDERED_FROM & given.keys():
        stages.reset(row)
    stages.requeue(row, now)
