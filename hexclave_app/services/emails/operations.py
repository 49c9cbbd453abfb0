"""For administrators and operators: test mails, the built-in inbox, the old log, the digest of failures."""

import asyncio
import html
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, select

from hexclave_app.gateways.mail.failures import SendFailure
from hexclave_app.gateways.mail.messages import OutgoingMail, Sender
from hexclave_app.gateways.mail.smtp import SmtpPool, SmtpServer
from hexclave_app.installation import Installation
from hexclave_app.services import contact_channels
from hexclave_app.services.emails import rendering, stages
from hexclave_app.services.emails.rendering import Content
from hexclave_app.services.emails.transports import Kind
from models import EmailOutbox, Project, RecipientType, TeamMembership, Tenancy
from models.base import millis
from models.projects import DEFAULT_BRANCH_ID, INTERNAL_PROJECT_ID

View = dict[str, object]

LOG_LENGTH: Final = 100
TEST_LIMIT_S: Final = 10.0
DIGEST_WINDOW: Final = timedelta(hours=24)
NO_SUBJECT: Final = "(No Subject)"
_HREF: Final = re.compile(r'<a\b[^>]*?\bhref="(https?://[^"]+)"')
_CODE: Final = re.compile(r"(?m)^\s*([A-Z0-9]{6})\s*$")


@dataclass(frozen=True, slots=True)
class TestServer:
    """A mail server that somebody is about to configure."""

    host: str
    port: int
    username: str
    password: str
    sender: Sender


async def send_test(installation: Installation, *, recipient: str, server: TestServer, now: datetime) -> str | None:
    """Send a plain mail with these settings, past the outbox; returns the error in the words of the server."""
    settings = installation.settings
    connections = SmtpPool()
    mail = OutgoingMail(
        id=uuid.uuid4(),
        version="test",
        sender=server.sender,
        to=(recipient,),
        subject="Test e-mail",
        html=None,
        text="This is a test e-mail: the mail server of your project works.",
    )
    smtp = SmtpServer.of_project(
        host=server.host,
        port=server.port,
        username=server.username,
        password=server.password,
        may_be_private=settings.email_private_servers_allowed,
    )

    async def always() -> bool:
        return True

    try:
        async with asyncio.timeout(TEST_LIMIT_S):
            await connections.send(smtp, mail, now=now, hand_over=always)
    except SendFailure as failure:
        return failure.message
    except TimeoutError:
        return f"The mail server did not answer within {TEST_LIMIT_S:.0f} seconds."
    finally:
        connections.close()
    return None


def inbox(session: Session, *, installation: Installation, tenancy_id: uuid.UUID) -> list[View]:
    """The last mails that stayed on this machine, with their links and codes."""
    rows = session.exec(
        select(EmailOutbox)
        .where(col(EmailOutbox.tenancy_id) == tenancy_id, col(EmailOutbox.transport) == Kind.INBOX)
        .order_by(col(EmailOutbox.created_at).desc(), col(EmailOutbox.id))
        .limit(LOG_LENGTH)
    ).all()
    return [_inbox_view(session, installation, row) for row in rows]


def log(session: Session, *, installation: Installation, tenancy_id: uuid.UUID) -> list[View]:
    """The last mails in the old shape."""
    rows = session.exec(
        select(EmailOutbox)
        .where(col(EmailOutbox.tenancy_id) == tenancy_id)
        .order_by(col(EmailOutbox.created_at).desc(), col(EmailOutbox.id))
        .limit(LOG_LENGTH)
    ).all()
    return [_log_view(installation, row) for row in rows]


def failed_digest(session: Session, *, installation: Installation, now: datetime) -> list[View]:
    """The failed mails of the last day by tenancy, with the addresses of the owning team."""
    rows = session.exec(
        select(EmailOutbox)
        .where(col(EmailOutbox.created_at) >= now - DIGEST_WINDOW, stages.simple_status_condition("error"))
        .order_by(col(EmailOutbox.tenancy_id), col(EmailOutbox.created_at))
    ).all()
    by_tenancy: dict[uuid.UUID, list[EmailOutbox]] = {}
    for row in rows:
        by_tenancy.setdefault(row.tenancy_id, []).append(row)
    return [_digest_entry(session, installation, tenancy_id, found) for tenancy_id, found in by_tenancy.items()]


def links_and_codes(content: Content) -> tuple[list[str], list[str]]:
    """What a developer wants to click or type."""
    links = list(dict.fromkeys(html.unescape(found) for found in _HREF.findall(content.html)))
    return links, list(dict.fromkeys(_CODE.findall(content.text)))


def _inbox_view(session: Session, installation: Installation, row: EmailOutbox) -> View:
    content = rendering.open_content(installation, row) or Content("", "", "")
    links, codes = links_and_codes(content)
    return {
        "id": str(row.id),
        "to": addresses_of(session, row),
        "subject": content.subject,
        "html": content.html,
        "text": content.text,
        "links": links,
        "codes": codes,
        "sent_at_millis": millis(row.finished_sending_at or row.created_at),
    }


def addresses_of(session: Session, row: EmailOutbox) -> list[str]:
    """Where a mail goes, as far as it is known now."""
    if row.recipient_emails or row.recipient_user_id is None:
        return [str(email) for email in row.recipient_emails or []]
    channel = contact_channels.primary_of(session, tenancy_id=row.tenancy_id, user_id=row.recipient_user_id)
    return [channel.value] if channel is not None else []


def _log_view(installation: Installation, row: EmailOutbox) -> View:
    content = rendering.open_content(installation, row)
    error = None
    if row.render_error is not None:
        error = f"Render error: {row.render_error['external_message']}"
    elif row.send_error is not None:
        error = f"Send error: {row.send_error['external_message']}"
    return {
        "id": str(row.id),
        "subject": content.subject if content else row.subject_override or "",
        "sent_at_millis": millis(row.finished_sending_at or row.created_at),
        "to": _named(row),
        "error": error,
    }


def _named(row: EmailOutbox) -> list[str]:
    if row.recipient_type == RecipientType.USER_PRIMARY_EMAIL:
        return [f"User ID: {row.recipient_user_id}"]
    return [str(email) for email in row.recipient_emails or []]


def _digest_entry(
    session: Session, installation: Installation, tenancy_id: uuid.UUID, rows: Sequence[EmailOutbox]
) -> View:
    tenancy = session.get_one(Tenancy, tenancy_id)
    project = session.get_one(Project, tenancy.project_id)
    emails = []
    for row in rows:
        content = rendering.open_content(installation, row)
        subject = (content.subject if content else row.subject_override) or NO_SUBJECT
        emails.append({"subject": subject, "to": _named(row)})
    return {
        "emails": emails,
        "tenant_owner_emails": _owner_addresses(session, project),
        "project_id": project.id,
        "tenancy_id": str(tenancy_id),
    }


def _owner_addresses(session: Session, project: Project) -> list[str]:
    if project.owner_team_id is None:
        return []
    home = session.exec(
        select(Tenancy).where(
            col(Tenancy.project_id) == INTERNAL_PROJECT_ID, col(Tenancy.branch_id) == DEFAULT_BRANCH_ID
        )
    ).one()
    members = session.exec(
        select(TeamMembership.user_id).where(
            col(TeamMembership.tenancy_id) == home.id, col(TeamMembership.team_id) == project.owner_team_id
        )
    ).all()
    channels = (contact_channels.primary_of(session, tenancy_id=home.id, user_id=user_id) for user_id in members)
    return [channel.value for channel in channels if channel is not None]
