"""Drafts of a project, in four steps: write, choose the recipients, choose the time, see what became of them."""

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import reflex as rx

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.services.emails import drafts, previews, requests
from hexclave_app.services.emails.previews import Preview
from hexclave_app.services.emails.requests import MailRequest
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.email_assistance import Assisted
from state.dashboard.email_draft_mails import DraftMailsState
from state.dashboard.email_recipients import RecipientsState, user_ids_of
from state.dashboard.email_sources import NO_THEME, PROJECT_THEME, bad_name, name_of, theme_choices
from state.dashboard.forms import known_id, typed, utc_millis
from state.dashboard.wording import ago

WRITE: Final = "write"
RECIPIENTS: Final = "recipients"
SCHEDULE: Final = "schedule"
SENT: Final = "sent"
STEPS: Final = (WRITE, RECIPIENTS, SCHEDULE, SENT)
NOW: Final = "now"
LATER: Final = "later"
BLANK: Final = "blank"


@dataclass(frozen=True)
class DraftRow:
    """A draft as the list shows it."""

    id: str
    name: str
    sent: str
    address: str


class DraftsState(Assisted, rx.State):
    """The page of drafts."""

    if TYPE_CHECKING:
        project_id: str
        opened_draft: str

    is_loading: bool = True
    error: str = ""
    rows: list[DraftRow] = []
    """Drafts that were not sent yet."""
    history: list[DraftRow] = []
    """Drafts that were sent."""
    is_shared: bool = True
    is_creating: bool = False
    name_error: str = ""
    themes: list[tuple[str, str]] = []
    templates: list[tuple[str, str]] = []
    step: str = WRITE
    is_later: bool = False
    """Whether it is sent at a time of one's own."""
    is_busy: bool = False
    send_error: str = ""
    _is_read: bool = False
    """Whether there is a list to show; until then a failure takes its place."""

    def _error_field(self, _error: Exception) -> str:
        return "" if self._is_read else "error"

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Read everything anew, and open the draft that the address names."""
        self.is_loading, self.error, self.is_creating, self._is_read = True, "", False, False
        yield self._reset()
        self.step = WRITE
        await self._read(viewer)
        if self.opened_draft:
            yield DraftsState.open_draft(self.opened_draft, self.router.url.query_parameters.get("step", WRITE))

    @guarded(Access.PROJECT_ADMIN)
    async def refresh(self, viewer: Viewer) -> None:
        """Read the list again."""
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def toggle_creating(self, _viewer: Viewer, is_open: bool) -> None:
        """Open the dialog for a new draft, or close it."""
        self.is_creating, self.name_error, self.is_busy = is_open is True, "", False

    @guarded(Access.PROJECT_ADMIN)
    async def create(self, viewer: Viewer, form: dict[str, Any]) -> AsyncIterator[object]:
        """Make a draft, from a template if that is wanted, and open it."""
        name = name_of(form, "draft_name")
        if not name:
            self.name_error = bad_name()
            return
        self.name_error, self.is_busy = "", True
        yield None
        try:
            source = await _source_of(viewer, typed(form, "draft_from"))
        finally:
            self.is_busy = False
        made = await viewer.installation.db.run(
            drafts.create,
            tenancy_id=viewer.tenancy.id,
            display_name=name,
            theme=None,
            source=source,
            now=utc_now(),
        )
        self.is_creating = False
        yield rx.redirect(paths.email_draft(viewer.tenancy.project_id, str(made.id)))

    @guarded(Access.PROJECT_ADMIN)
    async def open_draft(self, viewer: Viewer, draft_id: str, step: str) -> list[object]:
        """Edit a draft, or see what was sent from it."""
        view = drafts.view(
            await viewer.installation.db.read(drafts.get, tenancy_id=viewer.tenancy.id, draft_id=_id(draft_id))
        )
        chosen = view.get("theme_id")
        theme = NO_THEME if chosen is False else str(chosen or PROJECT_THEME)
        self.step, self.send_error, self.is_busy = (SENT if step == SENT else WRITE), "", False
        self.is_later = False
        opened = await self._open(viewer, str(view["id"]), str(view["display_name"]), str(view["tsx_source"]), theme)
        await self._begin_chat(viewer)
        return [opened, RecipientsState.begin, DraftMailsState.begin(self.opened_id)]

    @guarded(Access.PROJECT_ADMIN)
    async def save(self, viewer: Viewer) -> object:
        """Keep source and theme, finished or not."""
        await self._save(viewer)
        return [self._note_saved(), rx.toast.success(say("common-saved"))]

    @guarded(Access.PROJECT_ADMIN)
    async def go(self, _viewer: Viewer, step: str) -> object:
        """Show another step; recipients and time need a source that can be rendered."""
        wanted = step if step in STEPS else WRITE
        if wanted in (RECIPIENTS, SCHEDULE) and self.problem:
            return rx.toast.error(say("emails-drafts-solve-first"))
        if wanted == SCHEDULE and user_ids_of(await self.get_state(RecipientsState)) == []:
            return rx.toast.error(say("emails-recipients-nobody"))
        self.step, self.send_error = wanted, ""
        return DraftMailsState.begin(self.opened_id) if wanted == SENT else None

    @guarded(Access.PROJECT_ADMIN)
    async def choose_time(self, _viewer: Viewer, when: str | list[str]) -> None:
        """Send at once, or at a time of one's own."""
        self.is_later, self.send_error = when == LATER, ""

    @guarded(Access.PROJECT_ADMIN)
    async def send(self, viewer: Viewer, form: dict[str, Any]) -> AsyncIterator[object]:
        """Save the draft and queue it for everybody or for the users who are chosen."""
        user_ids = user_ids_of(await self.get_state(RecipientsState))
        try:
            scheduled_at = utc_millis(form, "scheduled_at") if self.is_later else None
        except StatusError as error:
            self.send_error = error.message
            return
        if self.is_later and scheduled_at is None:
            self.send_error = say("emails-drafts-no-time")
            return
        self.send_error = say("emails-recipients-nobody") if user_ids == [] else self.problem
        if self.send_error:
            return
        self.is_busy = True
        yield None
        try:
            requests.require_own_server(viewer.tenancy)
            await self._save(viewer)
            sent = await requests.send(
                viewer.installation,
                tenancy=viewer.tenancy,
                request=MailRequest(draft_id=self.opened_id, scheduled_at_millis=scheduled_at),
                user_ids=user_ids,
                now=utc_now(),
            )
        except (errors.RequiresCustomEmailServer, errors.UserIdDoesNotExist) as error:
            self.send_error = error.message
            return
        finally:
            self.is_busy = False
        self.step = SENT
        yield [self._note_saved(), rx.toast.success(say("emails-send-queued", number=len(sent)))]
        yield [DraftMailsState.begin(self.opened_id), RecipientsState.begin]

    @guarded(Access.PROJECT_ADMIN)
    async def delete(self, viewer: Viewer) -> object:
        """Remove the opened draft; what was sent from it stays."""
        await viewer.installation.db.run(drafts.delete, tenancy_id=viewer.tenancy.id, draft_id=_id(self.opened_id))
        return [rx.toast.success(say("emails-deleted")), *self._close()]

    async def _save(self, viewer: Viewer) -> None:
        await viewer.installation.db.run(
            drafts.update,
            tenancy_id=viewer.tenancy.id,
            draft_id=_id(self.opened_id),
            display_name=None,
            theme=_theme(viewer, self.theme),
            source=self.source,
            now=utc_now(),
        )

    def _kind(self) -> str:
        return "draft"

    def _preview(self, viewer: Viewer) -> Preview:
        chosen = _theme(viewer, self.theme)
        theme = previews.theme_source(viewer.tenancy, str(chosen) if isinstance(chosen, uuid.UUID) else chosen)
        return Preview(self.source, theme)

    def _on_close(self) -> list[object]:
        return [rx.redirect(paths.email_drafts(self.project_id))]

    async def _read(self, viewer: Viewer) -> None:
        emails, now = viewer.tenancy.config.emails, utc_now()
        self.is_shared = emails.server.is_shared
        views = await viewer.installation.db.scan(drafts.list_all, tenancy_id=viewer.tenancy.id)
        rows = [_row(viewer.tenancy.project_id, view, now) for view in views]
        self.rows = [row for row in rows if not row.sent]
        self.history = [row for row in rows if row.sent]
        self.themes = theme_choices(viewer)
        self.templates = [
            (BLANK, say("emails-drafts-blank")),
            *((template_id, template.display_name) for template_id, template in emails.templates.items()),
        ]
        self.is_loading, self._is_read = False, True


async def _source_of(viewer: Viewer, template_id: str) -> str | None:
    """The source that a draft begins with; None for the usual one."""
    if template_id in ("", BLANK):
        return None
    source = previews.template_source(viewer.tenancy, template_id)
    return await previews.as_draft(viewer.installation, viewer.tenancy, source)


def _row(project_id: str, view: drafts.View, now: datetime) -> DraftRow:
    draft_id, sent = str(view["id"]), _sent(view, now)
    return DraftRow(
        draft_id, str(view["display_name"]), sent, paths.email_draft(project_id, draft_id, SENT if sent else "")
    )


def _sent(view: drafts.View, now: datetime) -> str:
    at = view["sent_at_millis"]
    return ago(datetime.fromtimestamp(at / 1000, UTC), now) if isinstance(at, int) else ""


def _id(text: str) -> uuid.UUID:
    return known_id(text, say("emails-drafts-missing"))


def _theme(viewer: Viewer, name: str) -> drafts.ThemeChoice:
    if name == NO_THEME:
        return False
    if name == PROJECT_THEME:
        return None
    if name not in viewer.tenancy.config.emails.themes:
        raise StatusError(400, say("emails-theme-missing"))
    return uuid.UUID(name)
