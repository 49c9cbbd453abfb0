"""Holding back, letting go on and cancelling what was sent from a draft and has not left yet."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Session, col, func, select

from hexclave_app.installation import Installation
from hexclave_app.services.audit import recording
from hexclave_app.services.emails import mailings, queueing, stages
from hexclave_app.services.emails.sources import Source
from models import EmailMailing, EmailOutbox, EmailOutcome, EmailStage

AT_ONCE: Final = 200  # mails per transaction


class Steer(StrEnum):
    """What is to happen to the mails."""

    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"


_RECORDED: Final = {
    Steer.PAUSE: "email_draft.paused",
    Steer.RESUME: "email_draft.resumed",
    Steer.CANCEL: "email_draft.stopped",
}


@dataclass(frozen=True, slots=True)
class Steered:
    """How many mails were changed, and how many had left (or were leaving) before it was their turn."""

    done: int
    too_late: int


@dataclass(frozen=True, slots=True)
class Unsent:
    """The mails of a draft that have not left, made or not."""

    running: int
    paused: int


def count_unsent(session: Session, *, tenancy_id: uuid.UUID, draft_id: uuid.UUID) -> Unsent:
    """How many mails of a draft are still to leave, and how many of them are paused."""
    paused, running = (_count(session, tenancy_id, draft_id, is_paused=is_paused) for is_paused in (True, False))
    return Unsent(running, paused)


async def steer(
    installation: Installation, *, tenancy_id: uuid.UUID, draft_id: uuid.UUID, wanted: Steer, now: datetime
) -> Steered:
    """Pause, resume or cancel the mails of a draft that have not left, a part at a time.

    Its mailings go first, so that no mail is made while others are changed.
    """
    asked, done = await installation.db.run(
        _steer_mailings, installation=installation, tenancy_id=tenancy_id, draft_id=draft_id, wanted=wanted
    )
    while True:
        changed = await installation.db.run(
            _steer_some, installation=installation, tenancy_id=tenancy_id, draft_id=draft_id, wanted=wanted, now=now
        )
        if not changed:
            return Steered(done, max(0, asked - done))
        done += changed


def _steer_mailings(
    session: Session, *, installation: Installation, tenancy_id: uuid.UUID, draft_id: uuid.UUID, wanted: Steer
) -> tuple[int, int]:
    """How many mails are concerned, and how many of them were not made yet and are done now."""
    which = (True, False) if wanted is Steer.CANCEL else (wanted is Steer.RESUME,)
    asked = sum(_count(session, tenancy_id, draft_id, is_paused=is_paused) for is_paused in which)
    recording.note(session, tenancy_id=tenancy_id, action=_RECORDED[wanted], target=str(draft_id))
    of_draft = [col(EmailMailing.tenancy_id) == tenancy_id, *Source(draft_id).conditions(EmailMailing)]
    waiting = mailings.count_waiting
    if wanted is Steer.CANCEL:
        done = waiting(session, tenancy_id=tenancy_id, source=Source(draft_id))
        session.execute(delete(EmailMailing).where(*of_draft))
        return asked, done
    is_resumed = wanted is Steer.RESUME
    done = waiting(session, tenancy_id=tenancy_id, source=Source(draft_id), is_paused=is_resumed)
    session.execute(update(EmailMailing).where(*of_draft).values(is_paused=not is_resumed))
    if is_resumed:
        mailings.ring_after_commit(session, installation)
    return asked, done


def _steer_some(
    session: Session,
    *,
    installation: Installation,
    tenancy_id: uuid.UUID,
    draft_id: uuid.UUID,
    wanted: Steer,
    now: datetime,
) -> int:
    concerned = [*_pending(tenancy_id, draft_id), col(EmailOutbox.stage) != EmailStage.SEND]
    if wanted is not Steer.CANCEL:
        concerned.append(col(EmailOutbox.is_paused).is_(wanted is Steer.RESUME))
    rows = session.exec(select(EmailOutbox).where(*concerned).limit(AT_ONCE).with_for_update(skip_locked=True)).all()
    change = _CHANGES[wanted]
    for row in rows:
        change(row, now)
    if rows and wanted is Steer.RESUME:
        queueing.ring_after_commit(session, installation)
    return len(rows)


_CHANGES: Final[dict[Steer, Callable[[EmailOutbox, datetime], None]]] = {
    Steer.PAUSE: lambda row, now: stages.pause(row, True, now),
    Steer.RESUME: lambda row, now: stages.pause(row, False, now),
    Steer.CANCEL: stages.cancel,
}


def _count(session: Session, tenancy_id: uuid.UUID, draft_id: uuid.UUID, *, is_paused: bool) -> int:
    made = session.exec(
        select(func.count())
        .select_from(EmailOutbox)
        .where(*_pending(tenancy_id, draft_id), col(EmailOutbox.is_paused).is_(is_paused))
    ).one()
    return made + mailings.count_waiting(session, tenancy_id=tenancy_id, source=Source(draft_id), is_paused=is_paused)


def _pending(tenancy_id: uuid.UUID, draft_id: uuid.UUID) -> list[ColumnElement[bool]]:
    return [
        col(EmailOutbox.tenancy_id) == tenancy_id,
        *Source(draft_id).conditions(),
        col(EmailOutbox.outcome) == EmailOutcome.PENDING,
    ]
