"""Addresses of a project that get nothing but security mails: which, why, and how they get off the list again."""

import base64
import binascii
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from hexclave_app.errors import StatusError
from hexclave_app.gateways.mail.failures import BadMailbox
from hexclave_app.services.contact_channels import normalise_email
from hexclave_app.services.inserts import insert_if_absent
from models import EmailSuppression, SuppressionReason
from models.base import millis

View = dict[str, object]


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries, and where the next page begins; empty at the end."""

    items: Sequence[EmailSuppression]
    next_cursor: str


def list_page(session: Session, *, tenancy_id: uuid.UUID, limit: int, cursor: str = "", search: str = "") -> Page:
    """Newest first; the search is a part of the address. Plain 400 for a cursor that none of our pages has given."""
    wanted = select(EmailSuppression).where(col(EmailSuppression.tenancy_id) == tenancy_id)
    if search:
        wanted = wanted.where(col(EmailSuppression.address).contains(normalise_email(search), autoescape=True))
    if cursor:
        at, address = _position(cursor)
        is_after = and_(col(EmailSuppression.created_at) == at, col(EmailSuppression.address) > address)
        wanted = wanted.where(or_(col(EmailSuppression.created_at) < at, is_after))
    ordered = wanted.order_by(col(EmailSuppression.created_at).desc(), col(EmailSuppression.address))
    rows = session.exec(ordered.limit(limit + 1)).all()
    return Page(rows[:limit], _cursor(rows[limit - 1]) if len(rows) > limit else "")


def add(session: Session, *, tenancy_id: uuid.UUID, address: str, now: datetime) -> EmailSuppression:
    """Put an address on the list; one that is there already keeps its reason."""
    _insert(session, tenancy_id, address, SuppressionReason.MANUAL, None, now)
    return session.get_one(EmailSuppression, {"tenancy_id": tenancy_id, "address": normalise_email(address)})


def remove(session: Session, *, tenancy_id: uuid.UUID, address: str) -> None:
    """Send to an address again; plain 404 when it is not on the list."""
    row = session.get(EmailSuppression, {"tenancy_id": tenancy_id, "address": normalise_email(address)})
    if row is None:
        raise StatusError(404, "This address is not suppressed.")
    session.delete(row)


def note(
    session: Session, *, tenancy_id: uuid.UUID, addresses: Iterable[str], reason: SuppressionReason, now: datetime
) -> None:
    """A provider told that mails to these addresses bounce or annoy."""
    for address in addresses:
        _insert(session, tenancy_id, address, reason, None, now)


def note_refused(session: Session, *, tenancy_id: uuid.UUID, mailboxes: Iterable[BadMailbox], now: datetime) -> None:
    """A mail server said that these mailboxes do not exist."""
    for mailbox in mailboxes:
        _insert(session, tenancy_id, mailbox.address, SuppressionReason.REFUSED, mailbox.reply, now)


def first_of(session: Session, *, tenancy_id: uuid.UUID, addresses: Iterable[str]) -> EmailSuppression | None:
    """An entry for one of the addresses, if there is any."""
    return session.exec(
        select(EmailSuppression)
        .where(
            col(EmailSuppression.tenancy_id) == tenancy_id,
            col(EmailSuppression.address).in_([normalise_email(address) for address in addresses]),
        )
        .order_by(col(EmailSuppression.address))
    ).first()


def view(row: EmailSuppression) -> View:
    """An entry as the wire has it."""
    return {
        "email": row.address,
        "reason": row.reason,
        "detail": row.detail,
        "created_at_millis": millis(row.created_at),
    }


def _insert(
    session: Session,
    tenancy_id: uuid.UUID,
    address: str,
    reason: SuppressionReason,
    detail: str | None,
    now: datetime,
) -> None:
    values = {
        "tenancy_id": tenancy_id,
        "address": normalise_email(address),
        "reason": reason,
        "detail": detail,
        "created_at": now,
    }
    insert_if_absent(session, EmailSuppression, values)


def _cursor(last: EmailSuppression) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([last.created_at.isoformat(), last.address])).decode()


def _position(cursor: str) -> tuple[datetime, str]:
    try:
        at, address = orjson.loads(base64.urlsafe_b64decode(cursor))
        moment, text = datetime.fromisoformat(at), str(address)
    except (ValueError, TypeError, binascii.Error):
        raise _foreign() from None
    if moment.tzinfo is None or "\x00" in text:
        raise _foreign()
    return moment, text


def _foreign() -> StatusError:
    return StatusError(400, "The cursor is not one of this list.")
