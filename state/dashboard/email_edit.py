"""Editing a mail that is not sent yet: it waits while somebody writes, and goes on afterwards."""

import uuid
from typing import TYPE_CHECKING, Final

import reflex as rx
from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.services.emails import outbox, previews, queueing, rendering
from hexclave_app.services.emails.outbox import Changes
from hexclave_app.services.emails.previews import Preview
from models import EmailOutbox
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard.email_assistance import Assisted
from state.dashboard.email_draft_mails import DraftMailsState
from state.dashboard.email_lists import MailList
from state.dashboard.email_source_mails import SourceMailsState
from state.dashboard.email_sources import NO_THEME
from state.dashboard.emails import EmailsState
from state.dashboard.forms import known_id

LISTS: Final[dict[str, type[MailList]]] = {"all": EmailsState, "source": SourceMailsState, "draft": DraftMailsState}
"""The lists that the editor can take the place of."""


class MailEditState(Assisted, rx.State):
    """The editor of one mail; it takes the place of the list."""

    if TYPE_CHECKING:
        project_id: str

    themes: list[tuple[str, str]] = []
    _list: str = "all"
    """The list that the editor stands in the place of."""
    _fixed_subject: str = ""
    """What was given when the mail was sent goes before what its source says."""
    _held: str = ""
    """The mail that was paused for the editor, and goes on when the editor is closed."""
    _held_in: str = ""
    """Its project: the tab may be on another one by now."""

    @guarded(Access.PROJECT_ADMIN)
    async def load(self, _viewer: Viewer) -> object:
        """Show the list when the page is opened."""
        return self._close()

    @guarded(Access.PROJECT_ADMIN)
    async def open_mail(self, viewer: Viewer, mail_id: str, place: str) -> list[object]:
        """Hold the mail back, and edit its source."""
        row, was_paused = await viewer.installation.db.run(
            _hold, viewer, mail_id=known_id(mail_id, say("emails-missing"))
        )
        self._list = place if place in LISTS else "all"
        self._held, self._held_in = ("" if was_paused else str(row.id)), viewer.tenancy.project_id
        self._fixed_subject = row.subject_override or ""
        emails = viewer.tenancy.config.emails
        named = ((key, theme.display_name) for key, theme in emails.themes.items())
        self.themes = [(NO_THEME, say("emails-no-theme")), *named]
        theme = row.theme_id if row.theme_id in emails.themes else emails.selected_theme_id
        content = rendering.open_content(viewer.installation, row)
        name = (content.subject if content else row.subject_override) or say("emails-edit-nameless")
        opened = await self._open(viewer, str(row.id), name, row.source, NO_THEME if row.theme_id is None else theme)
        await self._begin_chat(viewer)
        return [opened, LISTS[self._list].close_mail(False)]

    @guarded(Access.PROJECT_ADMIN)
    async def save(self, viewer: Viewer) -> list[object]:
        """Keep source and theme when a mail can be rendered from them, and let the mail go on."""
        try:
            await previews.render(viewer.installation, viewer.tenancy, self._preview(viewer))
        except errors.EmailRenderingError as error:
            self.problem = str(error.details["error"])
            return []
        theme_id = queueing.theme_of(viewer.tenancy, _theme(viewer, self.theme))
        changes = Changes({"source": self.source, "theme_id": theme_id, "is_paused": False})
        await self._change(viewer, self.opened_id, changes)
        self._held = ""
        return [rx.toast.success(say("emails-edit-saved")), *self._close(), LISTS[self._list].refresh]

    @guarded(Access.PROJECT_ADMIN)
    async def resume(self, viewer: Viewer) -> object:
        """Let a mail go on as it was, after its editor was closed."""
        held, self._held = self._held, ""
        if not held or self._held_in != viewer.tenancy.project_id:
            return None
        await self._change(viewer, held, Changes({"is_paused": False}))
        return LISTS[self._list].refresh

    async def _change(self, viewer: Viewer, mail_id: str, changes: Changes) -> None:
        await viewer.installation.db.run(
            outbox.update,
            installation=viewer.installation,
            tenancy=viewer.tenancy,
            mail_id=known_id(mail_id, say("emails-missing")),
            changes=changes,
            now=utc_now(),
        )

    def _on_close(self) -> list[object]:
        return [MailEditState.resume] if self._held else []

    async def _show(self, viewer: Viewer) -> None:
        await super()._show(viewer)
        self.subject = self._fixed_subject or self.subject

    def _kind(self) -> str:
        return "draft"

    def _preview(self, viewer: Viewer) -> Preview:
        return Preview(self.source, previews.theme_source(viewer.tenancy, _theme(viewer, self.theme)))


def _hold(session: Session, viewer: Viewer, *, mail_id: uuid.UUID) -> tuple[EmailOutbox, bool]:
    """Pause a mail; raises EMAIL_NOT_EDITABLE when it has left or is skipped. Whether it was paused before, too."""
    was_paused = outbox.get(session, tenancy_id=viewer.tenancy.id, mail_id=mail_id).is_paused
    row = outbox.update(
        session,
        installation=viewer.installation,
        tenancy=viewer.tenancy,
        mail_id=mail_id,
        changes=Changes({"is_paused": True}),
        now=utc_now(),
    )
    return row, was_paused


def _theme(viewer: Viewer, name: str) -> str | bool:
    if name == NO_THEME:
        return False
    if name not in viewer.tenancy.config.emails.themes:
        raise StatusError(400, say("emails-theme-missing"))
    return name
