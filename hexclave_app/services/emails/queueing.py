"""Queueing mails: rows in the transaction of what they tell about. The worker is woken after its commit."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog
from cryptography.exceptions import InvalidTag
from pydantic import JsonValue
from sqlalchemy import event, insert
from sqlmodel import Session

from hexclave_app.config import builtins
from hexclave_app.config.builtins import TEMPLATE_IDS
from hexclave_app.installation import Installation
from hexclave_app.languages.supported import Language
from hexclave_app.mail_templates.language import html_source
from hexclave_app.services import notification_preferences
from hexclave_app.services.emails import stages
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users import locales
from models import EmailMailing, EmailOutbox, EmailOutcome, EmailStage, RecipientType
from models.base import utc_now

EMAIL_VERIFICATION = TEMPLATE_IDS["email_verification"]
MAGIC_LINK = TEMPLATE_IDS["magic_link"]
PASSWORD_RESET = TEMPLATE_IDS["password_reset"]
SIGN_IN_INVITATION = TEMPLATE_IDS["sign_in_invitation"]
TEAM_INVITATION = TEMPLATE_IDS["team_invitation"]

log = structlog.get_logger()

_RUNG = "mail_bell_rings"


@dataclass(frozen=True, slots=True)
class Recipient:
    """One recipient entity."""

    type: RecipientType
    user_id: uuid.UUID | None = None
    emails: list[str] | None = None


@dataclass(frozen=True, slots=True)
class NewMail:
    """What every recipient gets."""

    source: str
    scheduled_at: datetime
    theme_id: str | None = None
    """None: no theme."""
    variables: Mapping[str, JsonValue] = field(default_factory=dict)
    subject: str | None = None
    category_id: uuid.UUID | None = None
    is_high_priority: bool = False
    skip_deliverability_check: bool = False
    template_id: str | None = None
    draft_id: uuid.UUID | None = None


def queue(
    session: Session,
    *,
    installation: Installation,
    tenancy: TenancySnapshot,
    template_id: str,
    recipient: str,
    variables: Mapping[str, JsonValue],
    user_id: uuid.UUID | None = None,
) -> None:
    """Queue one mail of a built-in template at high priority, to exactly this address."""
    language = locales.language_of(session, tenancy_id=tenancy.id, user_id=user_id)
    mail = builtin_mail(tenancy, template_id, variables, language)
    add(session, installation=installation, tenancy_id=tenancy.id, mail=mail, to=[_address(recipient, user_id)])


def queue_to_stranger(
    session: Session,
    *,
    installation: Installation,
    tenancy: TenancySnapshot,
    template_id: str,
    recipient: str,
    variables: Mapping[str, JsonValue],
    user_id: uuid.UUID,
) -> None:
    """Like `queue`, to an address that somebody just made up: the shared server checks it before it sends."""
    language = locales.language_of(session, tenancy_id=tenancy.id, user_id=user_id)
    mail = replace(builtin_mail(tenancy, template_id, variables, language), skip_deliverability_check=False)
    add(session, installation=installation, tenancy_id=tenancy.id, mail=mail, to=[_address(recipient, user_id)])


def builtin_mail(
    tenancy: TenancySnapshot, template_id: str, variables: Mapping[str, JsonValue], language: Language
) -> NewMail:
    """A mail of a built-in template: in the recipient's language, or as the project has rewritten it."""
    template = tenancy.config.emails.templates[template_id]
    return NewMail(
        source=builtins.spoken_source(template_id, template.tsx_source, language),
        scheduled_at=utc_now(),
        theme_id=theme_of(tenancy, template.theme_id),
        variables=variables,
        is_high_priority=True,
        skip_deliverability_check=True,
        template_id=template_id,
    )


def _address(recipient: str, user_id: uuid.UUID | None) -> Recipient:
    kind = RecipientType.USER_CUSTOM_EMAILS if user_id else RecipientType.CUSTOM_EMAILS
    return Recipient(kind, user_id, [recipient])


def queue_notice(
    session: Session, *, installation: Installation, tenancy_id: uuid.UUID, recipient: str, subject: str, html: str
) -> None:
    """Queue a notice of the platform itself: transactional HTML without a theme."""
    mail = NewMail(
        source=html_source(html),
        scheduled_at=utc_now(),
        subject=subject,
        category_id=notification_preferences.TRANSACTIONAL.id,
        is_high_priority=True,
        skip_deliverability_check=True,
    )
    to = [Recipient(RecipientType.CUSTOM_EMAILS, None, [recipient])]
    add(session, installation=installation, tenancy_id=tenancy_id, mail=mail, to=to)


def theme_of(tenancy: TenancySnapshot, theme_id: str | bool | None) -> str | None:
    """The theme a mail is sent with: False means none, None the project's."""
    if theme_id is False:
        return None
    return theme_id if isinstance(theme_id, str) else tenancy.config.emails.selected_theme_id


def add(
    session: Session, *, installation: Installation, tenancy_id: uuid.UUID, mail: NewMail, to: Iterable[Recipient]
) -> None:
    """Insert one row per recipient and wake the worker once the transaction is committed."""
    now = utc_now()
    rows = [_row(installation, tenancy_id, mail, recipient, now) for recipient in to]
    if rows:
        session.flush()
        session.execute(insert(EmailOutbox), rows)
        ring_after_commit(session, installation)


def ring_after_commit(session: Session, installation: Installation) -> None:
    """Wake this process's mail worker when the transaction is committed; others look every second."""
    if not session.info.get(_RUNG):
        session.info[_RUNG] = True
        event.listen(session, "after_commit", lambda _session: installation.mail_bell.ring(), once=True)


def seal_variables(installation: Installation, mail_id: uuid.UUID, variables: Mapping[str, JsonValue]) -> bytes:
    """Variables as they are stored: they carry codes and links."""
    return installation.sealer("mail").seal(json.dumps(dict(variables)).encode(), context=str(mail_id))


def open_variables(installation: Installation, row: EmailOutbox | EmailMailing) -> dict[str, JsonValue]:
    """The variables of a stored mail; none when they cannot be read any more, which then fails that mail alone."""
    try:
        opened = installation.sealer("mail").open(row.variables_sealed, context=str(row.id))
        found: dict[str, JsonValue] = json.loads(opened)
    except (InvalidTag, ValueError):
        log.warning("the variables of a mail cannot be read", mail_id=str(row.id))
        return {}
    return found


def _row(
    installation: Installation, tenancy_id: uuid.UUID, mail: NewMail, recipient: Recipient, now: datetime
) -> dict[str, object]:
    mail_id = uuid.uuid4()
    return {
        "tenancy_id": tenancy_id,
        "id": mail_id,
        "created_at": now,
        "updated_at": now,
        "stage": EmailStage.RENDER,
        "outcome": EmailOutcome.PENDING,
        "rank": stages.rank(is_high_priority=mail.is_high_priority, is_transactional=False),
        "source": mail.source,
        "theme_id": mail.theme_id,
        "recipient_type": recipient.type,
        "recipient_user_id": recipient.user_id,
        "recipient_emails": recipient.emails,
        "variables_sealed": seal_variables(installation, mail_id, mail.variables),
        "subject_override": mail.subject or None,
        "category_override": mail.category_id,
        "is_high_priority": mail.is_high_priority,
        "skip_deliverability_check": mail.skip_deliverability_check,
        "template_id": mail.template_id,
        "draft_id": mail.draft_id,
        "scheduled_at": mail.scheduled_at,
        "is_queued": False,
        "is_paused": False,
        "send_retries": 0,
    }
