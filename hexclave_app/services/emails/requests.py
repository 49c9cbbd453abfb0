"""Mails that a project asks for: to some users or to all, from HTML, a template or a draft (contract 06, section 3)."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import JsonValue
from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.installation import Installation
from hexclave_app.mail_templates.language import html_source
from hexclave_app.services import notification_preferences
from hexclave_app.services.emails import mailings, queueing, send_keys
from hexclave_app.services.emails.queueing import NewMail, Recipient
from hexclave_app.services.emails.send_keys import SendKey
from hexclave_app.services.tenancies import TenancySnapshot
from models import DraftTheme, EmailDraft, RecipientType, User
from models.base import from_millis

AT_ONCE = 500  # mails that a request writes itself; more are a mailing, which the worker expands

ThemeChoice = uuid.UUID | Literal[False] | None


@dataclass(frozen=True, slots=True)
class MailRequest:
    """A checked request; exactly one of html, template_id and draft_id is given."""

    html: str | None = None
    template_id: uuid.UUID | None = None
    draft_id: str | None = None
    variables: Mapping[str, JsonValue] | None = None
    subject: str | None = None
    category_name: str | None = None
    theme: ThemeChoice = None
    names_theme: bool = False
    is_high_priority: bool = False
    scheduled_at_millis: float | None = None
    key: SendKey | None = None
    """With it, repeating the request sends nothing."""


def require_own_server(tenancy: TenancySnapshot) -> None:
    """Raise REQUIRES_CUSTOM_EMAIL_SERVER where the project sends through the shared server."""
    if tenancy.config.emails.server.is_shared:
        raise errors.RequiresCustomEmailServer


def compose(session: Session, *, tenancy: TenancySnapshot, request: MailRequest, now: datetime) -> NewMail:
    """What each recipient gets; plain 400 for unknown categories, templates and drafts."""
    category_id = None
    if request.category_name is not None:
        category = notification_preferences.named(request.category_name)
        if category is None:
            raise StatusError(400, f"There is no notification category {request.category_name!r}.")
        category_id = category.id
    scheduled_at = from_millis(request.scheduled_at_millis) if request.scheduled_at_millis else now
    draft = None
    theme: str | Literal[False] | None = request.theme if request.theme is False else _text(request.theme)
    if request.template_id is not None:
        template = tenancy.config.emails.templates.get(str(request.template_id))
        if template is None:
            raise StatusError(400, "There is no template with this id.")
        source = template.tsx_source
    elif request.draft_id is not None:
        draft = _draft(session, tenancy.id, request.draft_id)
        source = draft.source
        if not request.names_theme:
            theme = theme_of_draft(draft)
    else:
        source = html_source(request.html or "")
    return NewMail(
        source=source,
        scheduled_at=scheduled_at,
        theme_id=queueing.theme_of(tenancy, theme),
        variables=request.variables or {},
        subject=request.subject or None,
        category_id=category_id,
        is_high_priority=request.is_high_priority,
        template_id=str(request.template_id) if request.template_id else None,
        draft_id=draft.id if draft else None,
    )


def theme_of_draft(draft: EmailDraft) -> str | Literal[False] | None:
    """The theme of a draft as the wire has it: False for none, None for the project's."""
    if draft.theme_mode == DraftTheme.NONE:
        return False
    return draft.theme_id if draft.theme_mode == DraftTheme.CUSTOM else None


def all_user_ids(session: Session, *, tenancy_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """Every user, anonymous and restricted ones too."""
    return session.exec(select(User.id).where(col(User.tenancy_id) == tenancy_id).order_by(col(User.seq))).all()


def require_users(session: Session, *, tenancy_id: uuid.UUID, user_ids: Sequence[str]) -> list[uuid.UUID]:
    """The ids in their order; raises USER_ID_DOES_NOT_EXIST with the first that is none."""
    parsed = {text: _uuid(text) for text in user_ids}
    known: set[uuid.UUID] = set()
    wanted = [user_id for user_id in parsed.values() if user_id is not None]
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        known.update(
            session.exec(select(User.id).where(col(User.tenancy_id) == tenancy_id, col(User.id).in_(part))).all()
        )
    found = []
    for text in user_ids:
        user_id = parsed[text]
        if user_id is None or user_id not in known:
            raise errors.UserIdDoesNotExist(user_id=text)
        found.append(user_id)
    return found


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be sent, for whom it is done, and when."""

    installation: Installation
    tenancy: TenancySnapshot
    request: MailRequest
    now: datetime


async def send(
    installation: Installation,
    *,
    tenancy: TenancySnapshot,
    request: MailRequest,
    user_ids: Sequence[str] | None,
    now: datetime,
) -> list[uuid.UUID]:
    """Queue the mail for users (None: for all), all or none of them. Returns whom it is for."""
    db = installation.db
    order = Order(installation, tenancy, request, now)
    if user_ids is not None and len(user_ids) <= AT_ONCE:
        return await db.run(_send_checked, order, user_ids)
    # Looking many users up takes long, so it happens before the transaction; who is deleted in between is skipped.
    known = await db.scan(_look_up, order, user_ids)
    return await db.run(_send, order, known)


def _look_up(session: Session, order: Order, user_ids: Sequence[str] | None) -> list[uuid.UUID]:
    tenancy_id, key = order.tenancy.id, order.request.key
    if key is not None:
        earlier = send_keys.earlier(session, tenancy_id=tenancy_id, key=key, now=order.now)
        if earlier is not None:
            return earlier
    compose(session, tenancy=order.tenancy, request=order.request, now=order.now)
    if user_ids is None:
        return list(all_user_ids(session, tenancy_id=tenancy_id))
    return require_users(session, tenancy_id=tenancy_id, user_ids=user_ids)


def _send_checked(session: Session, order: Order, user_ids: Sequence[str]) -> list[uuid.UUID]:
    return _send(session, order, _look_up(session, order, user_ids))


def _send(session: Session, order: Order, user_ids: list[uuid.UUID]) -> list[uuid.UUID]:
    tenancy_id, key, now = order.tenancy.id, order.request.key, order.now
    if key is not None and not send_keys.claim(session, tenancy_id=tenancy_id, key=key, user_ids=user_ids, now=now):
        # Somebody else sent the same request in the meantime.
        return send_keys.earlier(session, tenancy_id=tenancy_id, key=key, now=now) or user_ids
    mail = compose(session, tenancy=order.tenancy, request=order.request, now=now)
    _mark_sent(session, tenancy_id, mail, now)
    if len(user_ids) > AT_ONCE:
        mailings.enlist(
            session, installation=order.installation, tenancy_id=tenancy_id, mail=mail, user_ids=user_ids, now=now
        )
    else:
        to = [Recipient(RecipientType.USER_PRIMARY_EMAIL, user_id) for user_id in user_ids]
        queueing.add(session, installation=order.installation, tenancy_id=tenancy_id, mail=mail, to=to)
    return user_ids


def _mark_sent(session: Session, tenancy_id: uuid.UUID, mail: NewMail, now: datetime) -> None:
    draft = session.get(EmailDraft, {"tenancy_id": tenancy_id, "id": mail.draft_id}) if mail.draft_id else None
    if draft is not None:
        draft.sent_at = draft.updated_at = now


def _draft(session: Session, tenancy_id: uuid.UUID, draft_id: str) -> EmailDraft:
    parsed = _uuid(draft_id)
    draft = session.get(EmailDraft, {"tenancy_id": tenancy_id, "id": parsed}) if parsed else None
    if draft is None:
        raise StatusError(400, "There is no draft with this id.")
    return draft


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _text(theme: uuid.UUID | None) -> str | None:
    return str(theme) if theme is not None else None
