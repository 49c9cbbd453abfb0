"""What happened to one user: changes from the audit log, and the mails that went there."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import Session

from hexclave_app.services.audit import listing
from hexclave_app.services.audit.listing import AuditQuery
from hexclave_app.services.emails.outbox import Narrowed
from state.base import Viewer
from state.dashboard.audit_log import EntryRow, rows_of
from state.dashboard.email_lists import MailRow, mail_rows

_SHOWN: Final = 50


@dataclass(frozen=True)
class History:
    """The newest events, each kind newest first."""

    events: list[EntryRow]
    mails: list[MailRow]


def read_history(session: Session, viewer: Viewer, *, user_id: uuid.UUID, now: datetime) -> History:
    """The newest events of a user; nothing for users of other projects."""
    tenancy = viewer.tenancy
    page = listing.list_page(session, tenancy_id=tenancy.id, query=AuditQuery(limit=_SHOWN, user_id=str(user_id)))
    events = rows_of(session, viewer, page.items, now)
    mails, _ = mail_rows(
        session,
        installation=viewer.installation,
        tenancy=tenancy,
        narrowed=Narrowed(search=str(user_id)),
        limit=_SHOWN,
        now=now,
    )
    return History(events, mails)
