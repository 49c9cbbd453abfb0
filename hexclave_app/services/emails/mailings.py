"""Mails to many users: acknowledged as one small transaction, made into rows of the outbox by the worker.

A mailing to everybody may be a hundred thousand rows. Written at once they would keep all others from writing for
seconds, written in several transactions a crash in between would lose some. So the request stores what is to be sent
and for whom, in parts; the worker turns one part after the other into mails, each in the transaction that takes the
part away. Whatever ends at any point, each recipient gets exactly one row.
"""

import random
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, event, insert
from sqlmodel import Session, col, func, select

from hexclave_app.installation import Installation
from hexclave_app.services.emails import queueing
from hexclave_app.services.emails.queueing import NewMail, Recipient
from hexclave_app.services.emails.sources import Source
from models import EmailMailing, EmailMailingPart, RecipientType

PART_LENGTH: Final = 100  # mails per transaction: some milliseconds in which nobody else writes
_ID_LENGTH: Final = 16  # bytes


def enlist(
    session: Session,
    *,
    installation: Installation,
    tenancy_id: uuid.UUID,
    mail: NewMail,
    user_ids: Sequence[uuid.UUID],
    now: datetime,
) -> None:
    """Store a mail for many users; the worker makes their mails, also after a crash."""
    mailing_id = uuid.uuid4()
    session.add(
        EmailMailing(
            tenancy_id=tenancy_id,
            id=mailing_id,
            created_at=now,
            source=mail.source,
            theme_id=mail.theme_id,
            variables_sealed=queueing.seal_variables(installation, mailing_id, mail.variables),
            subject_override=mail.subject,
            category_override=mail.category_id,
            is_high_priority=mail.is_high_priority,
            template_id=mail.template_id,
            draft_id=mail.draft_id,
            scheduled_at=mail.scheduled_at,
        )
    )
    session.flush()
    parts = [
        {"tenancy_id": tenancy_id, "mailing_id": mailing_id, "number": start, "user_ids": packed(part)}
        for start in range(0, len(user_ids), PART_LENGTH)
        if (part := user_ids[start : start + PART_LENGTH])
    ]
    session.execute(insert(EmailMailingPart), parts)
    ring_after_commit(session, installation)


def ring_after_commit(session: Session, installation: Installation) -> None:
    """Wake this process's maker of mails when the transaction is committed."""
    event.listen(session, "after_commit", lambda _session: installation.mailing_bell.ring(), once=True)


def expand(session: Session, *, installation: Installation) -> int:
    """Make the mails of one waiting part; returns how many, 0 when nothing waits."""
    mailing = _next(session)
    if mailing is None:
        return 0
    of_mailing = (
        col(EmailMailingPart.tenancy_id) == mailing.tenancy_id,
        col(EmailMailingPart.mailing_id) == mailing.id,
    )
    ordered = select(EmailMailingPart).where(*of_mailing).order_by(col(EmailMailingPart.number))
    parts = session.exec(ordered.limit(2)).all()
    users = unpacked(parts[0].user_ids) if parts else []
    to = [Recipient(RecipientType.USER_PRIMARY_EMAIL, user_id) for user_id in users]
    mail = _mail(installation, mailing)
    queueing.add(session, installation=installation, tenancy_id=mailing.tenancy_id, mail=mail, to=to)
    if len(parts) > 1:
        session.delete(parts[0])
    else:
        session.delete(mailing)  # and its last part with it
    return len(users)


def count_waiting(
    session: Session, *, tenancy_id: uuid.UUID, source: Source | None = None, is_paused: bool | None = None
) -> int:
    """How many mails of a tenancy's mailings are not made yet: of all, of one source, of paused ones or others."""
    wanted = select(users_in_parts()).where(col(EmailMailingPart.tenancy_id) == tenancy_id)
    conditions = source.conditions(EmailMailing) if source is not None else []
    if is_paused is not None:
        conditions.append(col(EmailMailing.is_paused).is_(is_paused))
    if conditions:
        concerned = select(EmailMailing.id).where(col(EmailMailing.tenancy_id) == tenancy_id, *conditions)
        wanted = wanted.where(col(EmailMailingPart.mailing_id).in_(concerned))
    return int(session.exec(wanted).one())


def users_in_parts() -> ColumnElement[int]:
    """How many users the parts of a query have in them."""
    return func.coalesce(func.sum(func.length(EmailMailingPart.user_ids) // _ID_LENGTH), 0)


def packed(user_ids: Iterable[uuid.UUID]) -> bytes:
    """Ids as they are stored."""
    return b"".join(user_id.bytes for user_id in user_ids)


def unpacked(stored: bytes) -> list[uuid.UUID]:
    """Ids as they were given."""
    return [uuid.UUID(bytes=stored[at : at + _ID_LENGTH]) for at in range(0, len(stored), _ID_LENGTH)]


def _next(session: Session) -> EmailMailing | None:
    """A mailing that goes on, reserved for this transaction: of a tenancy taken by lot the most urgent and oldest."""
    goes_on = col(EmailMailing.is_paused).is_(False)
    tenancy_ids = list(session.exec(select(EmailMailing.tenancy_id).where(goes_on).distinct()).all())
    random.shuffle(tenancy_ids)
    for tenancy_id in tenancy_ids:
        found = session.exec(
            select(EmailMailing)
            .where(col(EmailMailing.tenancy_id) == tenancy_id, goes_on)
            .order_by(col(EmailMailing.is_high_priority).desc(), col(EmailMailing.created_at))
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if found is not None:
            return found
    return None


def _mail(installation: Installation, mailing: EmailMailing) -> NewMail:
    return NewMail(
        source=mailing.source,
        scheduled_at=mailing.scheduled_at,
        theme_id=mailing.theme_id,
        variables=queueing.open_variables(installation, mailing),
        subject=mailing.subject_override,
        category_id=mailing.category_override,
        is_high_priority=mailing.is_high_priority,
        template_id=mailing.template_id,
        draft_id=mailing.draft_id,
    )
