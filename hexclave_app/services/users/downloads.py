"""Files of users that the dashboard hands to the browser, whatever their size.

A page asks, and gets an address to fetch the file from. What was asked for stands in it, sealed; it works for a few
minutes, for the administrator who asked and while this one administers the project. Whoever asks is noted in the audit
log. The file is written while it is fetched, a few hundred users at a time: no transaction is held for long.
"""

import base64
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography.exceptions import InvalidTag
from pydantic import TypeAdapter
from sqlmodel import Session

from hexclave_app.installation import Installation
from hexclave_app.services.audit import recording
from hexclave_app.services.browser_sessions import find_login
from hexclave_app.services.callers import manages_project
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users import table_files
from hexclave_app.services.users.listing import UserQuery
from hexclave_app.services.users.table_files import TableFile
from models.base import JsonValue
from models.projects import DEFAULT_BRANCH_ID, INTERNAL_PROJECT_ID

PATH: Final = "/downloads/users/"
"""Where tickets are taken; they are the rest of the address."""
_LIFETIME: Final = timedelta(minutes=10)
_PURPOSE: Final = "user-download"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ticket:
    """What an administrator may fetch, and until when."""

    project_id: str
    requested_by: uuid.UUID
    expires_at: datetime
    asked: TableFile


_TICKET: Final = TypeAdapter(_Ticket)
_QUERY: Final = TypeAdapter(UserQuery)


def issue(
    session: Session,
    *,
    installation: Installation,
    tenancy: TenancySnapshot,
    requested_by: uuid.UUID,
    asked: TableFile,
    now: datetime,
) -> str:
    """Note that somebody takes a file of users; returns the ticket to fetch it with."""
    noted: dict[str, JsonValue] = {"fields": list(asked.fields), "users": _described(asked)}
    recording.note(session, tenancy_id=tenancy.id, action="user.exported", target=tenancy.project_id, after=noted)
    ticket = _Ticket(project_id=tenancy.project_id, requested_by=requested_by, expires_at=now + _LIFETIME, asked=asked)
    sealed = installation.sealer(_PURPOSE).seal(_TICKET.dump_json(ticket, exclude_defaults=True), context=_PURPOSE)
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def file_name(project_id: str, asked: TableFile, now: datetime) -> str:
    """What the file is called."""
    return f"{project_id}-users-export-{now.date().isoformat()}.{'json' if asked.is_json else 'csv'}"


def admit(
    session: Session, *, installation: Installation, ticket: str, host: str, cookie_header: str, now: datetime
) -> tuple[TenancySnapshot, TableFile] | None:
    """What a ticket is for, in the browser of the administrator to whom it was given; None for anybody else."""
    opened = _opened(ticket, installation)
    if opened is None or opened.expires_at <= now:
        return None
    login = find_login(session, installation=installation, host=host, cookie_header=cookie_header, now=now)
    if login is None or login.tenancy.project_id != INTERNAL_PROJECT_ID or login.user.id != opened.requested_by:
        return None
    tenancy = installation.tenancies.find(session, opened.project_id, DEFAULT_BRANCH_ID)
    if tenancy is None or login.user.restricted_reason(login.tenancy.config) is not None:
        return None
    is_managed = manages_project(
        session, internal_tenancy_id=login.tenancy.id, user_id=login.user.id, owner=tenancy.owner_team_id
    )
    return (tenancy, opened.asked) if is_managed else None


async def written(installation: Installation, *, tenancy: TenancySnapshot, asked: TableFile) -> AsyncIterator[bytes]:
    """The file, piece by piece."""
    yield table_files.opening(asked)
    piece, last = await installation.db.scan(table_files.piece, tenancy=tenancy, asked=asked, after=None)
    while last is not None:
        yield piece
        piece, last = await installation.db.scan(table_files.piece, tenancy=tenancy, asked=asked, after=last)
    yield table_files.closing(asked)


def _opened(text: str, installation: Installation) -> _Ticket | None:
    try:
        sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return _TICKET.validate_json(installation.sealer(_PURPOSE).open(sealed, context=_PURPOSE))
    except (InvalidTag, ValueError):
        return None


def _described(asked: TableFile) -> JsonValue:
    """Which users were asked for, as the audit log shows it."""
    if asked.user_ids:
        return [str(one) for one in asked.user_ids]
    return _QUERY.dump_python(asked.query, mode="json", exclude_defaults=True) or "signed-up"
