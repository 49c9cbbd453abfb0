"""Stopping what was sent from a draft: everything that has not left yet never will."""

import uuid
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, delete
from sqlmodel import Session, col, func, select

from hexclave_app.installation import Installation
from hexclave_app.services.audit import recording
from hexclave_app.services.emails import mailings, stages
from models import EmailMailing, EmailOutbox, EmailStage, SkippedReason

AT_ONCE: Final = 200  # mails per transaction
_UNSENT: Final = (EmailStage.RENDER, EmailStage.RENDERING, EmailStage.WAIT, EmailStage.QUEUE)


def count_unsent(session: Session, *, tenancy_id: uuid.UUID, draft_id: uuid.UUID) -> int:
    """How many mails of a draft are still to leave, made or not."""
    made = session.exec(select(func.count()).select_from(EmailOutbox).where(*_unsent(tenancy_id, draft_id))).one()
    return made + mailings.count_waiting(session, tenancy_id=tenancy_id, draft_id=draft_id)


async def stop(installation: Installation, *, tenancy_id: uuid.UUID, draft_id: uuid.UUID, now: datetime) -> int:
    """Cancel the mails of a draft that have not left, a part at a time; returns how many.

    Its mailings go first, so that no mail is made while others are cancelled.
    """
    count = await installation.db.run(_drop_mailings, tenancy_id=tenancy_id, draft_id=draft_id)
    while True:
        cancelled = await installation.db.run(_cancel_some, tenancy_id=tenancy_id, draft_id=draft_id, now=now)
        if not cancelled:
            return count
        count += cancelled


def _drop_mailings(session: Session, *, tenancy_id: uuid.UUID, draft_id: uuid.UUID) -> int:
    count = mailings.count_waiting(session, tenancy_id=tenancy_id, draft_id=draft_id)
    session.execute(
        delete(EmailMailing).where(col(EmailMailing.tenancy_id) == tenancy_id, col(EmailMailing.draft_id) == draft_id)
    )
    recording.note(session, tenancy_id=tenancy_id, action="email_draft.stopped", target=str(draft_id))
    return count


def _cancel_some(session: Session, *, tenancy_id: uuid.UUID, draft_id: uuid.UUID, now: datetime) -> int:
    rows = session.exec(
        select(EmailOutbox).where(*_unsent(tenancy_id, draft_id)).limit(AT_ONCE).with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        row.is_queued = False
        stages.skip(row, SkippedReason.MANUALLY_CANCELLED, {}, now)
    return len(rows)


def _unsent(tenancy_id: uuid.UUID, draft_id: uuid.UUID) -> tuple[ColumnElement[bool], ...]:
    return (
        col(EmailOutbox.tenancy_id) == tenancy_id,
        col(EmailOutbox.stage).in_(_UNSENT),
        col(EmailOutbox.draft_id) == draft_id,
    )
