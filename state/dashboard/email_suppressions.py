"""The addresses that a project sends no mails to: search, add, and take off the list again."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import reflex as rx
from sqlmodel import Session

from hexclave_app.api.email_schemas import NewSuppression
from hexclave_app.languages.speaking import say
from hexclave_app.services.emails import suppressions
from hexclave_app.services.emails.suppressions import Page
from models import EmailSuppression, SuppressionReason
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard.forms import checked, typed
from state.dashboard.paging import PagedState
from state.dashboard.wording import ago, exact

PAGE_ROWS: Final = 50
REASONS: Final = {
    SuppressionReason.BOUNCED: "emails-suppressed-bounced",
    SuppressionReason.COMPLAINED: "emails-suppressed-complained",
    SuppressionReason.REFUSED: "emails-suppressed-refused",
    SuppressionReason.MANUAL: "emails-suppressed-by-hand",
}
_MAX_SEARCH_CHARS: Final = 254


@dataclass(frozen=True)
class SuppressionRow:
    """An address as the table shows it."""

    address: str
    reason: str
    detail: str
    since: str
    since_exactly: str


class SuppressionsState(PagedState, rx.State):
    """One page of suppressed addresses, newest first."""

    rows: list[SuppressionRow] = []
    search: str = ""
    removing: str = ""
    opened: int = 0
    """Grows with every opening of the page, so that the search field is empty again."""

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Show the newest entries."""
        self.is_loading, self.error, self.search, self.removing, self._cursors = True, "", "", "", []
        self.opened += 1
        yield None
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_search(self, viewer: Viewer, text: str) -> None:
        """Show the addresses that contain the text."""
        self.search, self._cursors = str(text).replace("\x00", "").strip()[:_MAX_SEARCH_CHARS], []
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def ask_to_remove(self, _viewer: Viewer, address: str) -> None:
        """Open the question about one address."""
        self.removing = next((row.address for row in self.rows if row.address == address), "")

    @guarded(Access.PROJECT_ADMIN)
    async def stop_asking(self, _viewer: Viewer) -> None:
        """Close the question."""
        self.removing = ""

    @guarded(Access.PROJECT_ADMIN)
    async def remove(self, viewer: Viewer) -> object:
        """Send to the address that was asked about again."""
        address, self.removing = self.removing, ""
        await viewer.installation.db.run(suppressions.remove, tenancy_id=viewer.tenancy.id, address=address)
        return [rx.toast.success(say("emails-suppressed-removed")), SuppressionsState.refresh]

    async def _read(self, viewer: Viewer) -> None:
        page = await viewer.installation.db.scan(
            _read_page,
            viewer,
            cursor=self._cursor(),
            search=self.search,
        )
        now = utc_now()
        self.rows = [_row(row, now) for row in page.items]
        self._has_read(page.next_cursor)


class AddSuppressionState(rx.State):
    """The dialog that puts an address on the list."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    error: str = ""

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Open an empty dialog, or close it."""
        self.is_open, self.error = is_open is True, ""

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Send nothing but security mails to the address from now on."""
        self.error = ""
        wanted = checked(NewSuppression, {"email": typed(form, "email")})
        await viewer.installation.db.run(
            suppressions.add, tenancy_id=viewer.tenancy.id, address=wanted.email, now=utc_now()
        )
        self.is_open = False
        return [rx.toast.success(say("emails-suppressed-added")), SuppressionsState.refresh]


def reason_text(reason: str) -> str:
    """Why an address is on the list."""
    return say(REASONS[SuppressionReason(reason)])


def _read_page(session: Session, viewer: Viewer, *, cursor: str, search: str) -> Page:
    page = suppressions.list_page(session, tenancy_id=viewer.tenancy.id, limit=PAGE_ROWS, cursor=cursor, search=search)
    session.expunge_all()
    return page


def _row(row: EmailSuppression, now: datetime) -> SuppressionRow:
    return SuppressionRow(
        address=row.address,
        reason=reason_text(row.reason),
        detail=row.detail or "",
        since=ago(row.created_at, now),
        since_exactly=exact(row.created_at),
    )
