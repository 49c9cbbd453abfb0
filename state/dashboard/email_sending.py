"""The dialog that sends HTML to users, without a draft."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Final

import reflex as rx

from hexclave_app import errors
from hexclave_app.languages.speaking import say
from hexclave_app.mail_templates.language import MAX_SOURCE_LENGTH
from hexclave_app.services import notification_preferences
from hexclave_app.services.emails import requests
from hexclave_app.services.emails.requests import MailRequest
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard.email_recipients import RecipientsState, user_ids_of
from state.dashboard.emails import EmailsState
from state.dashboard.forms import typed

MAX_SUBJECT_CHARS: Final = 200
CATEGORIES: Final = tuple(category.name for category in notification_preferences.CATEGORIES)


class SendEmailState(rx.State):
    """The dialog."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    is_busy: bool = False
    error: str = ""

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, viewer: Viewer, is_open: bool) -> object:
        """Open an empty dialog, or close it."""
        self.error, self.is_busy = "", False
        if is_open is not True:
            self.is_open = False
            return None
        if viewer.tenancy.config.emails.server.is_shared:
            return rx.toast.error(say("emails-send-needs-server"))
        self.is_open = True
        return RecipientsState.begin

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> AsyncIterator[object]:
        """Queue the mail for those who are chosen."""
        subject, category, html = (typed(form, name).replace("\x00", "") for name in ("subject", "category", "html"))
        user_ids = user_ids_of(await self.get_state(RecipientsState))
        self.error = _problem(subject, category, html, user_ids)
        if self.error:
            return
        self.is_busy = True
        yield None
        try:
            requests.require_own_server(viewer.tenancy)
            sent = await requests.send(
                viewer.installation,
                tenancy=viewer.tenancy,
                request=MailRequest(html=html, subject=subject, category_name=category),
                user_ids=user_ids,
                now=utc_now(),
            )
        except (errors.RequiresCustomEmailServer, errors.UserIdDoesNotExist) as error:
            self.error = error.message
            return
        finally:
            self.is_busy = False
        self.is_open = False
        yield [rx.toast.success(say("emails-send-queued", number=len(sent))), EmailsState.refresh]


def _problem(subject: str, category: str, html: str, user_ids: list[str] | None) -> str:
    if user_ids == []:
        return say("emails-recipients-nobody")
    if not 0 < len(subject) <= MAX_SUBJECT_CHARS:
        return say("emails-send-no-subject", most=MAX_SUBJECT_CHARS)
    if category not in CATEGORIES:
        return say("emails-send-no-category")
    if not 0 < len(html) <= MAX_SOURCE_LENGTH:
        return say("emails-send-no-html", most=f"{MAX_SOURCE_LENGTH:,}")
    return ""
