"""Putting mails into the outbox and looking at them, without the API."""

import uuid
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from hexclave_app.installation import Installation
from hexclave_app.mail_templates.language import html_source
from hexclave_app.services.emails import queueing, rendering, stages
from hexclave_app.services.emails.queueing import NewMail, Recipient
from models import EmailOutbox, RecipientType
from models.base import JsonValue, utc_now

SENDER: dict[str, JsonValue] = {"senderName": "Acme", "senderEmail": "hello@acme.example"}


def smtp_config(port: int, *, host: str = "127.0.0.1", password: str = "secret") -> dict[str, JsonValue]:
    """The environment override of a project with its own mail server."""
    return {
        "emails.server": {
            "isShared": False,
            "provider": "smtp",
            "host": host,
            "port": port,
            "username": "",
            "password": password,
            **SENDER,
        }
    }


def add_mail(
    installation: Installation, tenancy_id: uuid.UUID, *to: str, html: str = "<p>Hi</p>", **fields: object
) -> None:
    """Queue HTML without a theme, one mail for each address."""
    values: dict[str, object] = {"scheduled_at": utc_now(), "subject": "Hello", **fields}
    mail = NewMail(source=html_source(html), **values)  # type: ignore[arg-type]  # fields of several types
    recipients = [Recipient(RecipientType.CUSTOM_EMAILS, None, [address]) for address in to]
    installation.db.call(queueing.add, installation=installation, tenancy_id=tenancy_id, mail=mail, to=recipients)


def let_time_pass(installation: Installation) -> None:
    """Make every mail a second older, so that the next one is newer whatever the clock's resolution."""

    def age(session: Session) -> None:
        for row in session.exec(select(EmailOutbox)):
            row.created_at -= timedelta(seconds=1)

    installation.db.call(age)


def outbox(installation: Installation) -> list[EmailOutbox]:
    """Every mail, oldest first; what is counted by outcome must fit what became of it."""

    def read(session: Session) -> list[EmailOutbox]:
        found = list(session.exec(select(EmailOutbox).order_by(col(EmailOutbox.created_at), col(EmailOutbox.id))).all())
        session.expunge_all()
        assert [row.outcome for row in found] == [stages.outcome_of(row) for row in found]
        return found

    return installation.db.call(read)


def statuses(installation: Installation) -> list[str]:
    """The status of every mail, oldest first."""
    return [stages.status(row) for row in outbox(installation)]


def shift(installation: Installation, **changes: datetime | None) -> None:
    """Write times into every mail, as if they had come earlier."""

    def write(session: Session) -> None:
        for row in session.exec(select(EmailOutbox)).all():
            for name, value in changes.items():
                setattr(row, name, value)
            stages.settle(row)

    installation.db.call(write)


def content_of(installation: Installation, row: EmailOutbox) -> rendering.Content:
    """What was rendered."""
    content = rendering.open_content(installation, row)
    assert content is not None
    return content
