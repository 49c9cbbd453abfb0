"""Sent mails of a project, and the one that is looked at."""

import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import reflex as rx
from sqlmodel import Session

from hexclave_app.errors import StatusError
from hexclave_app.installation import Installation
from hexclave_app.services.emails import capacity, mailings, operations, outbox, rendering, stages, transports
from hexclave_app.services.emails.outbox import Changes
from hexclave_app.services.emails.transports import Kind
from hexclave_app.services.tenancies import TenancySnapshot
from models import EmailOutbox
from models.base import millis, utc_now
from state.base import Access, Viewer, guarded
from state.dashboard.email_suppressions import reason_text
from state.dashboard.forms import utc_millis
from state.dashboard.watching import watching
from state.dashboard.wording import ago, counted, exact

PAGE_LENGTH: Final = 50
NOT_RENDERED: Final = "Not rendered yet"
EVERY_MAIL: Final = "all"
FILTERS: Final[dict[str, tuple[str, dict[str, str]]]] = {
    EVERY_MAIL: ("All e-mails", {}),
    "waiting": ("On their way", {"simple_status": "in-progress"}),
    "scheduled": ("Scheduled", {"status": "scheduled"}),
    "paused": ("Paused", {"status": "paused"}),
    "failed": ("Failed", {"simple_status": "error"}),
    "skipped": ("Skipped", {"status": "skipped"}),
}
FAILED: Final = frozenset({"server-error", "render-error"})


@dataclass(frozen=True)
class MailRow:
    """A mail as the table shows it."""

    id: str
    subject: str
    recipient: str
    status: str
    when: str


@dataclass(frozen=True)
class OpenMail:
    """A mail as the viewer shows it."""

    id: str = ""
    subject: str = ""
    recipient: str = ""
    status: str = ""
    html: str = ""
    text: str = ""
    problem: str = ""
    is_editable: bool = False
    is_paused: bool = False
    has_failed: bool = False
    is_waiting: bool = False


class EmailsState(rx.State):
    """The page of sent mails."""

    if TYPE_CHECKING:
        project_id: str

    is_loading: bool = True
    error: str = ""
    rows: list[MailRow] = []
    uses_inbox: bool = False
    capacity_text: str = ""
    is_boosted: bool = False
    opened: OpenMail = OpenMail()
    links: list[str] = []
    codes: list[str] = []
    timeline: list[tuple[str, str]] = []
    shown: str = EVERY_MAIL
    next_cursor: str = ""
    has_previous: bool = False
    waiting_text: str = ""
    asking: str = ""
    """The question that is open: `cancel` or `again`."""
    schedule_error: str = ""
    _cursors: list[str] = []
    """Where this page and those before it begin; the first begins nowhere."""
    _seen: str = ""

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Read the mails anew."""
        self.is_loading, self.error, self.opened, self.asking = True, "", OpenMail(), ""
        self.shown, self._cursors = EVERY_MAIL, []
        yield None
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def refresh(self, viewer: Viewer) -> None:
        """Read the mails again without hiding what is shown."""
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_filter(self, viewer: Viewer, shown: str) -> None:
        """Show the mails that stand somewhere only."""
        self.shown, self._cursors = (shown if shown in FILTERS else EVERY_MAIL), []
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def show_next(self, viewer: Viewer) -> None:
        """Turn to older mails."""
        if self.next_cursor:
            self._cursors = [*self._cursors, self.next_cursor]
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def show_previous(self, viewer: Viewer) -> None:
        """Turn back to newer mails."""
        self._cursors = self._cursors[:-1]
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def open_mail(self, viewer: Viewer, mail_id: str) -> None:
        """Show one mail."""
        await self._show(viewer, _id(mail_id))

    @guarded(Access.PROJECT_ADMIN)
    async def close_mail(self, _viewer: Viewer, is_open: bool) -> None:
        """Close the viewer."""
        if is_open is not True:
            self.opened, self.asking = OpenMail(), ""

    @guarded(Access.PROJECT_ADMIN)
    async def pause(self, viewer: Viewer, is_paused: bool) -> None:
        """Hold the opened mail back, or let it go on."""
        await self._change(viewer, Changes({"is_paused": is_paused is True}))

    @guarded(Access.PROJECT_ADMIN)
    async def ask(self, _viewer: Viewer, question: str) -> None:
        """Open a question about the opened mail, or close it."""
        self.asking = question if question in ("cancel", "again") else ""

    @guarded(Access.PROJECT_ADMIN)
    async def reschedule(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Send the opened mail at another time; an empty field means now."""
        self.schedule_error = ""
        try:
            at = utc_millis(form, "send_at")
        except StatusError as error:
            self.schedule_error = error.message
            return None
        await self._change(viewer, Changes({"scheduled_at_millis": millis(utc_now()) if at is None else at}))
        return rx.toast.success("The time is changed.")

    @guarded(Access.PROJECT_ADMIN)
    async def send_again(self, viewer: Viewer) -> object:
        """Render and send the opened mail anew, after it has failed."""
        self.asking = ""
        row = await viewer.installation.db.read(outbox.get, tenancy_id=viewer.tenancy.id, mail_id=_id(self.opened.id))
        if stages.status(row) not in FAILED:
            raise StatusError(409, "The e-mail has not failed.")
        await self._change(viewer, Changes({"source": row.source}))
        return rx.toast.success("The e-mail is on its way again.")

    @guarded(Access.PROJECT_ADMIN)
    async def cancel(self, viewer: Viewer) -> object:
        """Never send the opened mail."""
        self.asking = ""
        await self._change(viewer, Changes({}, is_cancelled=True))
        return rx.toast.success("The e-mail will not be sent.")

    @guarded(Access.PROJECT_ADMIN)
    async def boost(self, viewer: Viewer) -> object:
        """Quadruple the capacity for four hours."""
        await viewer.installation.db.run(
            capacity.activate_boost,
            tenancy_id=viewer.tenancy.id,
            per_hour=viewer.installation.settings.email_capacity_per_hour,
            now=utc_now(),
        )
        await self._read(viewer)
        return rx.toast.success("Four times the capacity for four hours.")

    async def _change(self, viewer: Viewer, changes: Changes) -> None:
        mail_id = _id(self.opened.id)
        await viewer.installation.db.run(
            outbox.update,
            installation=viewer.installation,
            tenancy=viewer.tenancy,
            mail_id=mail_id,
            changes=changes,
            now=utc_now(),
        )
        await self._show(viewer, mail_id)
        await self._read(viewer)

    async def _show(self, viewer: Viewer, mail_id: uuid.UUID) -> None:
        shown = await viewer.installation.db.read(
            _open, installation=viewer.installation, tenancy_id=viewer.tenancy.id, mail_id=mail_id
        )
        self.opened, self.links, self.codes, self.timeline = shown
        self.schedule_error = ""

    async def _read(self, viewer: Viewer) -> None:
        installation, tenancy = viewer.installation, viewer.tenancy
        self._seen = await installation.db.read(newest_change, tenancy_id=tenancy.id)
        self.rows, self.next_cursor, waiting = await installation.db.scan(
            _rows,
            installation=installation,
            tenancy=tenancy,
            filters=FILTERS[self.shown][1],
            cursor=uuid.UUID(self._cursors[-1]) if self._cursors else None,
            now=utc_now(),
        )
        self.has_previous = bool(self._cursors)
        self.waiting_text = f"{counted(waiting, 'e-mail')} of a large mailing will follow." if waiting else ""
        found = await installation.db.scan(
            capacity.measure,
            tenancy_id=tenancy.id,
            default_per_hour=installation.settings.email_capacity_per_hour,
            now=utc_now(),
        )
        self.is_boosted = await installation.db.read(capacity.is_boosted, tenancy_id=tenancy.id, now=utc_now())
        per_hour = found.per_hour * (capacity.BOOST if self.is_boosted else 1)
        hour = found.stats["hour"]
        self.capacity_text = (
            f"{hour.sent:,} of {per_hour:,.0f} e-mails sent in the last hour; "
            f"{hour.bounced:,} bounced, {hour.marked_as_spam:,} called spam."
        )
        shared = transports.shared_kind(installation.settings)
        self.uses_inbox = tenancy.config.emails.server.is_shared and shared is Kind.INBOX
        self.is_loading = False


class EmailsWatch(rx.State):
    """Runs as long as the page is open in a tab: the next navigation or a closed socket ends it."""

    if TYPE_CHECKING:
        project_id: str

    @guarded(Access.PROJECT_ADMIN, background=True, supersedes=True)
    async def watch(self, viewer: Viewer) -> AsyncIterator[object]:
        """Refresh the table whenever a mail has changed."""
        path, seen = self.router.url.path, None
        async with watching(viewer.installation, newest_change, viewer.tenancy.id) as changes:
            while self.router.url.path == path:
                newest = await changes.other_than(seen)
                if newest == seen:
                    continue
                seen = newest
                async with self:
                    page = await self.get_state(EmailsState)
                    is_shown = page._seen == newest  # noqa: SLF001 - the two classes are one widget
                if not is_shown:
                    yield EmailsState.refresh


def newest_change(session: Session, *, tenancy_id: uuid.UUID) -> str:
    """When something about the newest mails changed last, as text."""
    page = outbox.list_page(session, tenancy_id=tenancy_id, limit=10)
    return max((f"{row.updated_at.isoformat()} {row.id}" for row in page.items), default="")


def _id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise StatusError(404, "There is no such e-mail.") from None


def _rows(
    session: Session,
    *,
    installation: Installation,
    tenancy: TenancySnapshot,
    filters: Mapping[str, str],
    cursor: uuid.UUID | None,
    now: datetime,
) -> tuple[list[MailRow], str, int]:
    """A page of mails, where the next one begins, and how many mails are not made yet."""
    page = outbox.list_page(session, tenancy_id=tenancy.id, limit=PAGE_LENGTH, cursor=cursor, **filters)
    rows = [
        MailRow(
            id=str(row.id),
            subject=_subject(installation, row),
            recipient=_recipient(operations.addresses_of(session, row)),
            status=stages.status(row),
            when=ago(row.finished_sending_at or row.created_at, now),
        )
        for row in page.items
    ]
    return rows, str(page.next_cursor or ""), mailings.count_waiting(session, tenancy_id=tenancy.id)


def _open(
    session: Session, *, installation: Installation, tenancy_id: uuid.UUID, mail_id: uuid.UUID
) -> tuple[OpenMail, list[str], list[str], list[tuple[str, str]]]:
    row = outbox.get(session, tenancy_id=tenancy_id, mail_id=mail_id)
    content = rendering.open_content(installation, row)
    status = stages.status(row)
    links, codes = operations.links_and_codes(content) if content else ([], [])
    opened = OpenMail(
        id=str(row.id),
        subject=_subject(installation, row),
        recipient=_recipient(operations.addresses_of(session, row)),
        status=status,
        html=content.html if content else "",
        text=content.text if content else "",
        problem=_problem(row),
        is_editable=status in stages.EDITABLE,
        is_paused=row.is_paused,
        has_failed=status in FAILED,
        is_waiting=status in ("paused", "preparing", "rendering", "scheduled", "queued"),
    )
    return opened, links, codes, _timeline(row)


def _subject(installation: Installation, row: EmailOutbox) -> str:
    content = rendering.open_content(installation, row)
    if content is None:
        return row.subject_override or NOT_RENDERED
    return content.subject or "(No subject)"


def _recipient(addresses: Sequence[str]) -> str:
    return ", ".join(addresses) or "No address"


def _problem(row: EmailOutbox) -> str:
    if row.render_error is not None:
        return f"{row.render_error['external_message']} {row.render_error['internal_message']}"
    if row.send_error is not None:
        return str(row.send_error["external_message"])
    if row.skipped_reason is not None:
        return _skipped(row)
    if row.send_attempt_errors:
        return f"Last attempt: {row.send_attempt_errors[-1]['external_message']}"
    return ""


def _skipped(row: EmailOutbox) -> str:
    details = row.skipped_details or {}
    if "suppressed" in details:
        why = reason_text(details["suppressed"]).lower()
        return f"Skipped: {details['email']} is among the suppressed addresses ({why})."
    return f"Skipped: {str(row.skipped_reason).replace('_', ' ').lower()}."


def _timeline(row: EmailOutbox) -> list[tuple[str, str]]:
    moments = (
        ("Created", row.created_at),
        ("Rendered", row.finished_rendering_at),
        ("Scheduled for", row.scheduled_at),
        ("Next attempt", row.next_send_retry_at),
        ("Handed over", row.finished_sending_at if row.send_error is None else None),
        ("Failed", row.finished_sending_at if row.send_error is not None else None),
        ("Delivered", row.delivered_at),
        ("Delayed", row.delivery_delayed_at),
        ("Bounced", row.bounced_at),
        ("Opened", row.opened_at),
        ("Clicked", row.clicked_at),
        ("Called spam", row.marked_as_spam_at),
        ("Unsubscribed", row.unsubscribed_at),
    )
    return [(name, exact(moment)) for name, moment in moments if moment is not None]
