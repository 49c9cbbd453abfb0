"""Pages that list mails: filter, search, turn pages, and see what became of them in numbers."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlmodel import Session

from hexclave_app.installation import Installation
from hexclave_app.languages.speaking import say
from hexclave_app.services import notification_preferences
from hexclave_app.services.emails import operations, outbox, stages
from hexclave_app.services.emails.groups import Counts
from hexclave_app.services.emails.outbox import EVERY, Narrowed
from hexclave_app.services.emails.sources import Source
from hexclave_app.services.tenancies import TenancySnapshot
from models import EmailOutcome
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard.email_viewer import MailViewer, problem_of, recipient_of, subject_of
from state.dashboard.paging import PagedState
from state.dashboard.wording import ago, exact

EVERY_MAIL: Final = "all"
FILTERS: Final[dict[str, Narrowed]] = {
    EVERY_MAIL: EVERY,
    "waiting": Narrowed(simple_status="in-progress"),
    "scheduled": Narrowed(status="scheduled"),
    "paused": Narrowed(status="paused"),
    "failed": Narrowed(simple_status="error"),
    "skipped": Narrowed(status="skipped"),
}
EVERY_CATEGORY: Final = "every"
PAGE_LENGTHS: Final = ("10", "25", "50", "100")
_MAX_SEARCH_CHARS: Final = 254
_OUTCOMES: Final = {
    EmailOutcome.SENT: "emails-outcome-sent",
    EmailOutcome.BOUNCED: "emails-outcome-bounced",
    EmailOutcome.SPAM: "emails-outcome-spam",
    EmailOutcome.FAILED: "emails-outcome-failed",
    EmailOutcome.SKIPPED: "emails-outcome-skipped",
    EmailOutcome.PENDING: "emails-outcome-pending",
}


@dataclass(frozen=True)
class MailRow:
    """A mail as the table shows it."""

    id: str
    subject: str
    recipient: str
    status: str
    when: str
    when_exactly: str
    problem: str = ""


@dataclass(frozen=True)
class Part:
    """A part of a bar: what became of some of the mails."""

    outcome: str
    text: str
    share: str
    """Its width in percent."""


class MailList(PagedState, MailViewer, mixin=True):
    """One page of mails, newest first, with the viewer of one of them."""

    rows: list[MailRow] = []
    shown: str = EVERY_MAIL
    category: str = EVERY_CATEGORY
    search: str = ""
    page_length: str = "50"
    opened_times: int = 0
    """Grows with every opening of the page, so that the search field is empty again."""
    _seen: str = ""
    _is_read: bool = False
    """Whether there is something to show; until then a failure takes its place."""

    def _error_field(self, _error: Exception) -> str:
        return "" if self._is_read else "error"

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_filter(self, viewer: Viewer, shown: str) -> None:
        """Show the mails that stand somewhere only."""
        self.shown, self._cursors = (shown if shown in FILTERS else EVERY_MAIL), []
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_category(self, viewer: Viewer, category: str) -> None:
        """Show the mails of one category only."""
        known = notification_preferences.named(str(category))
        self.category, self._cursors = (known.name if known else EVERY_CATEGORY), []
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_search(self, viewer: Viewer, text: str) -> None:
        """Show the mails to recipients whose name or address contains the text."""
        self.search, self._cursors = str(text).replace("\x00", "").strip()[:_MAX_SEARCH_CHARS], []
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_page_length(self, viewer: Viewer, length: str) -> None:
        """Show more or fewer mails on a page."""
        self.page_length, self._cursors = (length if length in PAGE_LENGTHS else "50"), []
        await self._read(viewer)

    def _begin(self) -> None:
        """Forget what was shown before."""
        self.is_loading, self.error, self.shown, self.category = True, "", EVERY_MAIL, EVERY_CATEGORY
        self.search, self._cursors, self._is_read = "", [], False
        self.opened_times += 1
        self._close_mail()

    def _source(self) -> Source | None:
        """What the listed mails were made from; None for all mails of the project."""
        return None

    async def _read(self, viewer: Viewer) -> None:
        db, tenancy = viewer.installation.db, viewer.tenancy
        self._seen = await db.read(newest_change, tenancy_id=tenancy.id)
        category = notification_preferences.named(self.category)
        cursor = self._cursor()
        narrowed = replace(
            FILTERS[self.shown],
            source=self._source(),
            category_id=category.id if category else None,
            search=self.search,
        )
        self.rows, next_cursor = await db.scan(
            mail_rows,
            installation=viewer.installation,
            tenancy=tenancy,
            narrowed=narrowed,
            limit=int(self.page_length),
            cursor=uuid.UUID(cursor) if cursor else None,
            now=utc_now(),
        )
        self._has_read(next_cursor)
        self._is_read = True


def newest_change(session: Session, *, tenancy_id: uuid.UUID) -> str:
    """What moves when one of the newest mails changes, or any mail leaves; empty without mails."""
    page = outbox.list_page(session, tenancy_id=tenancy_id, limit=10)
    newest = max((f"{row.updated_at.isoformat()} {row.id}" for row in page.items), default="")
    left_at = outbox.last_left_at(session, tenancy_id=tenancy_id)
    return f"{newest} {left_at.isoformat()}" if left_at is not None else newest


def parts_of(counts: Counts) -> list[Part]:
    """The parts of a bar, without empty ones."""
    total = sum(counts.values())
    return [
        Part(outcome.value, say(key, number=f"{counts[outcome]:,}"), f"{100 * counts[outcome] / total:.3f}%")
        for outcome, key in _OUTCOMES.items()
        if counts[outcome]
    ]


def mail_rows(
    session: Session,
    *,
    installation: Installation,
    tenancy: TenancySnapshot,
    narrowed: Narrowed = EVERY,
    limit: int,
    cursor: uuid.UUID | None = None,
    now: datetime,
) -> tuple[list[MailRow], str]:
    """A page of mails, and where the next one begins."""
    page = outbox.list_page(session, tenancy_id=tenancy.id, limit=limit, cursor=cursor, narrowed=narrowed)
    rows = [
        MailRow(
            id=str(row.id),
            subject=subject_of(installation, row),
            recipient=recipient_of(operations.addresses_of(session, row)),
            status=stages.status(row),
            when=ago(row.finished_sending_at or row.created_at, now),
            when_exactly=exact(row.finished_sending_at or row.created_at),
            problem=problem_of(row),
        )
        for row in page.items
    ]
    return rows, str(page.next_cursor or "")
