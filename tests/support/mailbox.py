"""Reading mails and other side effects of authentication out of the database."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import update
from sqlmodel import Session, col, select

from hexclave_app.config.builtins import TEMPLATES
from hexclave_app.installation import Installation
from models import EmailOutbox, UserSession, VerificationCode, WebhookEvent
from models.base import utc_now

_KINDS = {template.id: template.kind for template in TEMPLATES}


@dataclass(frozen=True)
class Mail:
    """A queued mail with its variables unsealed."""

    kind: str
    recipient: str
    user_id: str | None
    variables: dict[str, str]

    @property
    def code(self) -> str:
        """The code in the link of the mail."""
        link = next(value for name, value in self.variables.items() if name.lower().endswith("link"))
        return parse_qs(urlsplit(link).query)["code"][0]


def mails(installation: Installation) -> list[Mail]:
    """Every queued mail made of a built-in template, oldest first."""

    def read(session: Session) -> list[Mail]:
        rows = session.exec(select(EmailOutbox).order_by(col(EmailOutbox.created_at))).all()
        return [
            Mail(
                _KINDS[row.template_id],
                row.recipient_emails[0],
                str(row.recipient_user_id) if row.recipient_user_id else None,
                json.loads(installation.sealer("mail").open(row.variables_sealed, context=str(row.id))),
            )
            for row in rows
            if row.template_id in _KINDS and row.recipient_emails
        ]

    return installation.db.call(read)


def last_mail(installation: Installation) -> Mail:
    """The newest mail."""
    return mails(installation)[-1]


def events(installation: Installation) -> Sequence[str]:
    """The types of all webhook events, oldest first."""

    def read(session: Session) -> Sequence[str]:
        return session.exec(select(WebhookEvent.type).order_by(col(WebhookEvent.created_at))).all()

    return installation.db.call(read)


def session_count(installation: Installation) -> int:
    """How many sessions exist."""
    return len(installation.db.call(lambda session: session.exec(select(UserSession.id)).all()))


def code_count(installation: Installation) -> int:
    """How many verification codes exist."""
    return len(installation.db.call(lambda session: session.exec(select(VerificationCode.id)).all()))


def expire_codes(installation: Installation) -> None:
    """Let every code have expired a second ago."""

    def write(session: Session) -> None:
        session.execute(update(VerificationCode).values(expires_at=utc_now() - timedelta(seconds=1)))

    installation.db.call(write)
