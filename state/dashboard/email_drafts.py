"""Drafts of a project: written beside their preview, then sent to all users or to some, now or later."""

import re
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import reflex as rx
from sqlmodel import Session, col, func, select

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.services.contact_channels import find_for_auth, normalise_email
from hexclave_app.services.emails import drafts, outbox, previews, requests, stopping
from hexclave_app.services.emails.outbox import Tally
from hexclave_app.services.emails.previews import Preview
from hexclave_app.services.emails.requests import MailRequest
from models import ContactChannel, User
from models.base import utc_now
from models.contact_channels import EMAIL
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.email_assistance import Assisted
from state.dashboard.email_sources import BAD_NAME, NO_THEME, PROJECT_THEME, name_of, theme_choices
from state.dashboard.forms import typed, utc_millis
from state.dashboard.wording import ago, counted

EVERYBODY: Final = "all"
SOME_USERS: Final = "some"
_MAX_ADDRESSES: Final = 100
_SEPARATORS: Final = re.compile(r"[\s,;]+")


@dataclass(frozen=True)
class DraftRow:
    """A draft as the list shows it."""

    id: str
    name: str
    sent: str


class DraftsState(Assisted, rx.State):
    """The page of drafts."""

    if TYPE_CHECKING:
        project_id: str

    is_loading: bool = True
    error: str = ""
    rows: list[DraftRow] = []
    is_shared: bool = True
    is_creating: bool = False
    name_error: str = ""
    themes: list[tuple[str, str]] = []
    is_sending: bool = False
    is_busy: bool = False
    send_error: str = ""
    everybody: str = ""
    unsent: str = ""
    """What was sent from the draft and has not left yet, in words."""
    delivered: str = ""
    """What became of the rest, in words."""
    is_stopping: bool = False

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Read everything anew and close the editor."""
        self.is_loading, self.error, self.is_sending = True, "", False
        yield self._close()
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def refresh(self, viewer: Viewer) -> None:
        """Read the list again."""
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def toggle_creating(self, _viewer: Viewer, is_open: bool) -> None:
        """Open the dialog for a new draft, or close it."""
        self.is_creating, self.name_error = is_open is True, ""

    @guarded(Access.PROJECT_ADMIN)
    async def create(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Make a draft and open it."""
        name = name_of(form, "draft_name")
        if not name:
            self.name_error = BAD_NAME
            return None
        made = await viewer.installation.db.run(
            drafts.create, tenancy_id=viewer.tenancy.id, display_name=name, theme=None, source=None, now=utc_now()
        )
        self.is_creating = False
        return [DraftsState.refresh, DraftsState.open_draft(str(made.id))]

    @guarded(Access.PROJECT_ADMIN)
    async def open_draft(self, viewer: Viewer, draft_id: str) -> object:
        """Edit a draft."""
        view = drafts.view(
            await viewer.installation.db.read(drafts.get, tenancy_id=viewer.tenancy.id, draft_id=_id(draft_id))
        )
        chosen = view.get("theme_id")
        theme = NO_THEME if chosen is False else str(chosen or PROJECT_THEME)
        self.is_sending = self.is_stopping = False
        opened = await self._open(viewer, str(view["id"]), str(view["display_name"]), str(view["tsx_source"]), theme)
        await self._begin_chat(viewer)
        await self._count(viewer)
        return opened

    @guarded(Access.PROJECT_ADMIN)
    async def save(self, viewer: Viewer) -> object:
        """Keep source and theme, finished or not."""
        await self._save(viewer)
        return [self._note_saved(), rx.toast.success("Saved.")]

    @guarded(Access.PROJECT_ADMIN)
    async def toggle_sending(self, viewer: Viewer, is_open: bool) -> object:
        """Open the dialog that sends, once the draft can be rendered, or close it."""
        if is_open is True and self.problem:
            return rx.toast.error("Solve the problem of the source first.")
        self.is_sending, self.send_error, self.is_busy = is_open is True, "", False
        if self.is_sending:
            number = await viewer.installation.db.scan(_count_users, tenancy_id=viewer.tenancy.id)
            self.everybody = counted(number, "user")
        return None

    @guarded(Access.PROJECT_ADMIN)
    async def send(self, viewer: Viewer, form: dict[str, Any]) -> AsyncIterator[object]:
        """Save the draft and queue it for everybody or for some users."""
        try:
            scheduled_at = utc_millis(form, "scheduled_at")
        except StatusError as error:
            self.send_error = error.message
            return
        user_ids = await self._recipients(viewer, form)
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
        except errors.RequiresCustomEmailServer as error:
            self.send_error = error.message
            return
        finally:
            self.is_busy = False
        self.is_sending = False
        yield self._note_saved()
        yield rx.toast.success(f"Queued for {counted(len(sent), 'user')}.")
        yield rx.redirect(paths.emails(viewer.tenancy.project_id))

    @guarded(Access.PROJECT_ADMIN)
    async def ask_to_stop(self, _viewer: Viewer, is_asking: bool) -> None:
        """Open or close the question."""
        self.is_stopping = is_asking is True

    @guarded(Access.PROJECT_ADMIN)
    async def stop(self, viewer: Viewer) -> object:
        """Cancel everything of the opened draft that has not left yet."""
        self.is_stopping = False
        count = await stopping.stop(
            viewer.installation, tenancy_id=viewer.tenancy.id, draft_id=_id(self.opened_id), now=utc_now()
        )
        await self._count(viewer)
        return rx.toast.success(f"{counted(count, 'e-mail')} will not be sent.")

    async def _count(self, viewer: Viewer) -> None:
        """Say what became of what was sent from the opened draft."""
        unsent, tally = await viewer.installation.db.scan(
            _counts, tenancy_id=viewer.tenancy.id, draft_id=_id(self.opened_id)
        )
        verb = "has" if unsent == 1 else "have"
        self.unsent = f"{counted(unsent, 'e-mail')} of this draft {verb} not left yet." if unsent else ""
        numbers = ((tally.sent, "sent"), (tally.opened, "opened"), (tally.failed, "failed"), (tally.skipped, "skipped"))
        self.delivered = ", ".join(f"{number:,} {word}" for number, word in numbers if number)

    @guarded(Access.PROJECT_ADMIN)
    async def delete(self, viewer: Viewer) -> object:
        """Remove the opened draft; what was sent from it stays."""
        await viewer.installation.db.run(drafts.delete, tenancy_id=viewer.tenancy.id, draft_id=_id(self.opened_id))
        return [rx.toast.success("Deleted."), *self._close()]

    async def _recipients(self, viewer: Viewer, form: dict[str, Any]) -> list[str] | None:
        self.send_error = ""
        if form.get("recipients") == EVERYBODY:
            return None
        typed_in = _SEPARATORS.split(typed(form, "recipient"))
        addresses = list(dict.fromkeys(normalise_email(address) for address in typed_in if address))
        if not 0 < len(addresses) <= _MAX_ADDRESSES:
            self.send_error = f"Enter 1 to {_MAX_ADDRESSES} addresses."
            return []
        found = await viewer.installation.db.scan(_users_of, tenancy_id=viewer.tenancy.id, emails=addresses)
        missing = next((address for address, user_id in found.items() if user_id is None), "")
        if missing:
            self.send_error = f"No user of this project has the address {missing}."
        return list(dict.fromkeys(str(user_id) for user_id in found.values() if user_id is not None))

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
        return [DraftsState.refresh]

    async def _read(self, viewer: Viewer) -> None:
        emails, now = viewer.tenancy.config.emails, utc_now()
        self.is_shared = emails.server.is_shared
        views = await viewer.installation.db.scan(drafts.list_all, tenancy_id=viewer.tenancy.id)
        self.rows = [DraftRow(str(view["id"]), str(view["display_name"]), _sent(view, now)) for view in views]
        self.themes = theme_choices(viewer)
        self.is_loading = False


def _sent(view: drafts.View, now: datetime) -> str:
    at = view["sent_at_millis"]
    return ago(datetime.fromtimestamp(at / 1000, UTC), now) if isinstance(at, int) else ""


def _id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise StatusError(404, "There is no such draft.") from None


def _theme(viewer: Viewer, name: str) -> drafts.ThemeChoice:
    if name == NO_THEME:
        return False
    if name == PROJECT_THEME:
        return None
    if name not in viewer.tenancy.config.emails.themes:
        raise StatusError(400, "There is no such theme.")
    return uuid.UUID(name)


def _count_users(session: Session, *, tenancy_id: uuid.UUID) -> int:
    return session.exec(select(func.count()).select_from(User).where(col(User.tenancy_id) == tenancy_id)).one()


def _counts(session: Session, *, tenancy_id: uuid.UUID, draft_id: uuid.UUID) -> tuple[int, Tally]:
    draft = drafts.get(session, tenancy_id=tenancy_id, draft_id=draft_id)
    unsent = stopping.count_unsent(session, tenancy_id=tenancy_id, draft_id=draft_id)
    return unsent, outbox.tally(session, tenancy_id=tenancy_id, draft_id=draft_id, since=draft.created_at)


def _users_of(session: Session, *, tenancy_id: uuid.UUID, emails: Sequence[str]) -> dict[str, uuid.UUID | None]:
    return {email: _user_of(session, tenancy_id=tenancy_id, email=email) for email in emails}


def _user_of(session: Session, *, tenancy_id: uuid.UUID, email: str) -> uuid.UUID | None:
    """The user whose primary address this is, or who signs in with it."""
    channel = session.exec(
        select(ContactChannel).where(
            col(ContactChannel.tenancy_id) == tenancy_id,
            col(ContactChannel.type) == EMAIL,
            col(ContactChannel.value) == normalise_email(email),
            col(ContactChannel.is_primary).is_(True),
        )
    ).first() or find_for_auth(session, tenancy_id=tenancy_id, email=email)
    return channel.user_id if channel is not None else None
