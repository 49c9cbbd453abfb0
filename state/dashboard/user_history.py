"""What happened to one user: changes from the audit log, and the mails that went there."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import Session

from hexclave_app.services import notification_preferences
from hexclave_app.services.audit import listing
from hexclave_app.services.audit.listing import AuditQuery
from hexclave_app.services.emails.outbox import Narrowed
from state.base import Viewer
from state.dashboard.audit_log import EntryRow, rows_of
from state.dashboard.email_lists import MailRow, mail_rows

_SHOWN: Final = 50


@dataclass(frozen=True)
class MailChoice:
    """A kind of mail, and whether the user wants it."""

    id: str
    name: str
    is_on: bool
    is_fixed: bool


@dataclass(frozen=True)
class History:
    """The newest events, each kind newest first."""

    events: list[EntryRow]
    mails: list[MailRow]
    choices: list[MailChoice]


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
    views = notification_preferences.list_all(session, tenancy_id=tenancy.id, user_id=user_id)
    return History(events, mails, [_choice(one) for one in views])


def _choice(view: notification_preferences.View) -> MailChoice:
    return MailChoice(
        str(view["notification_category_id"]),
        str(view["notification_category_name"]),
        is_on=view["enabled"] is True or view["can_disable"] is False,
        is_fixed=view["can_disable"] is False,
    )
