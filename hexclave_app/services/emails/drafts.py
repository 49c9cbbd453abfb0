"""Drafts of mails, and the conversations with the assistant about what is edited (contract 06, section 4)."""

import uuid
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import func
from sqlmodel import Session, col, select

from hexclave_app.errors import StatusError
from hexclave_app.services.emails.previews import SAMPLE_DRAFT
from hexclave_app.services.emails.requests import theme_of_draft
from models import DraftTheme, EmailDraft, EmailThreadMessage
from models.base import JsonValue, millis

View = dict[str, object]
ThemeChoice = uuid.UUID | Literal[False] | None


def view(draft: EmailDraft) -> View:
    """A draft as the wire has it; `theme_id` is left out where the project's theme counts."""
    theme = theme_of_draft(draft)
    return {
        "id": str(draft.id),
        "display_name": draft.display_name,
        "tsx_source": draft.source,
        **({} if theme is None else {"theme_id": theme}),
        "sent_at_millis": millis(draft.sent_at) if draft.sent_at else None,
    }


def list_all(session: Session, *, tenancy_id: uuid.UUID) -> list[View]:
    """Every draft, last updated first."""
    rows = session.exec(
        select(EmailDraft)
        .where(col(EmailDraft.tenancy_id) == tenancy_id)
        .order_by(col(EmailDraft.updated_at).desc(), col(EmailDraft.id))
    ).all()
    return [view(row) for row in rows]


def newest_change(session: Session, *, tenancy_id: uuid.UUID) -> tuple[int, str, str]:
    """What moves when a draft is made, changed, sent or deleted: their number, the last change and the last sending."""
    number, changed_at, sent_at = session.exec(
        select(func.count(), func.max(EmailDraft.updated_at), func.max(EmailDraft.sent_at)).where(
            col(EmailDraft.tenancy_id) == tenancy_id
        )
    ).one()
    return number, str(changed_at), str(sent_at)


def get(session: Session, *, tenancy_id: uuid.UUID, draft_id: uuid.UUID) -> EmailDraft:
    """One draft; plain 404."""
    draft = session.get(EmailDraft, {"tenancy_id": tenancy_id, "id": draft_id})
    if draft is None:
        raise StatusError(404, "There is no draft with this id.")
    return draft


def create(
    session: Session,
    *,
    tenancy_id: uuid.UUID,
    display_name: str,
    theme: ThemeChoice,
    source: str | None,
    now: datetime,
) -> EmailDraft:
    """A new draft, with a greeting when no source is given."""
    draft = EmailDraft(
        tenancy_id=tenancy_id,
        display_name=display_name,
        source=SAMPLE_DRAFT if source is None else source,
        created_at=now,
        updated_at=now,
    )
    _choose_theme(draft, theme)
    session.add(draft)
    return draft


def update(
    session: Session,
    *,
    tenancy_id: uuid.UUID,
    draft_id: uuid.UUID,
    display_name: str | None,
    theme: ThemeChoice,
    source: str | None,
    now: datetime,
) -> None:
    """Change a draft. Without a theme it goes back to the project's, which is what clients of the contract rely on."""
    draft = get(session, tenancy_id=tenancy_id, draft_id=draft_id)
    if display_name is not None:
        draft.display_name = display_name
    if source is not None:
        draft.source = source
    _choose_theme(draft, theme)
    draft.updated_at = now


def delete(session: Session, *, tenancy_id: uuid.UUID, draft_id: uuid.UUID) -> None:
    """Remove a draft; what was sent from it stays."""
    session.delete(get(session, tenancy_id=tenancy_id, draft_id=draft_id))


def list_messages(session: Session, *, tenancy_id: uuid.UUID, thread_id: uuid.UUID) -> list[JsonValue]:
    """The saved messages of a conversation, oldest first."""
    rows = session.exec(
        select(EmailThreadMessage)
        .where(col(EmailThreadMessage.tenancy_id) == tenancy_id, col(EmailThreadMessage.thread_id) == thread_id)
        .order_by(col(EmailThreadMessage.created_at), col(EmailThreadMessage.id))
    ).all()
    return [row.content["message"] for row in rows]


def add_message(
    session: Session, *, tenancy_id: uuid.UUID, thread_id: uuid.UUID, content: JsonValue, now: datetime
) -> None:
    """Append a message to a conversation; its shape is the client's own."""
    newest = session.exec(
        select(func.max(EmailThreadMessage.created_at)).where(
            col(EmailThreadMessage.tenancy_id) == tenancy_id, col(EmailThreadMessage.thread_id) == thread_id
        )
    ).one()
    later = newest + timedelta(milliseconds=1) if newest is not None else now  # the order is that of the times
    session.add(
        EmailThreadMessage(
            tenancy_id=tenancy_id, thread_id=thread_id, content={"message": content}, created_at=max(now, later)
        )
    )


def _choose_theme(draft: EmailDraft, theme: ThemeChoice) -> None:
    draft.theme_id = None
    if theme is None:
        draft.theme_mode = DraftTheme.PROJECT
    elif theme is False:
        draft.theme_mode = DraftTheme.NONE
    else:
        draft.theme_mode, draft.theme_id = DraftTheme.CUSTOM, str(theme)
