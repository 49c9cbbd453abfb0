"""One mail as administrators look at it and change it, on any page that lists mails."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

import reflex as rx
from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.installation import Installation
from hexclave_app.languages.speaking import say
from hexclave_app.services import notification_preferences
from hexclave_app.services.emails import groups, operations, outbox, previews, rendering, stages
from hexclave_app.services.emails.outbox import Changes
from hexclave_app.services.emails.previews import Preview
from hexclave_app.services.emails.sources import Source
from hexclave_app.services.tenancies import TenancySnapshot
from models import EmailOutbox
from models.base import JsonValue, millis, utc_now
from state.base import Access, Viewer, guarded
from state.dashboard.email_suppressions import reason_text
from state.dashboard.forms import known_id, utc_millis
from state.dashboard.wording import to_the_second

GOOD: Final = "good"
BAD: Final = "bad"
COMING: Final = "coming"
FAILED: Final = frozenset({"server-error", "render-error"})
_WAITING: Final = frozenset({"paused", "preparing", "rendering", "scheduled", "queued"})
_SKIPPED: Final = {
    "USER_UNSUBSCRIBED": "emails-skipped-unsubscribed",
    "USER_ACCOUNT_DELETED": "emails-skipped-deleted",
    "USER_HAS_NO_PRIMARY_EMAIL": "emails-skipped-no-primary",
    "NO_EMAIL_PROVIDED": "emails-skipped-no-address",
    "LIKELY_NOT_DELIVERABLE": "emails-skipped-not-deliverable",
    "MANUALLY_CANCELLED": "emails-skipped-cancelled",
}

Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class Moment:
    """A step of a mail's way."""

    name: str
    when: str
    tone: str = ""
    """`good`, `bad`, or `coming` for what is still to happen."""
    note: str = ""


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
    is_sample: bool = False
    """Whether this is what the mail will look like, with sample values, because it is not rendered yet."""
    is_editable: bool = False
    is_paused: bool = False
    has_failed: bool = False
    is_waiting: bool = False
    send_at: str = ""
    """Before when it is not sent, as the field for it has it; empty for a time that has come."""


@dataclass(frozen=True)
class _Found:
    row: EmailOutbox
    mail: OpenMail
    links: list[str]
    codes: list[str]
    details: Facts


class MailViewer(rx.State, mixin=True):
    """The viewer of a page of mails."""

    opened: OpenMail = OpenMail()
    links: list[str] = []
    codes: list[str] = []
    timeline: list[Moment] = []
    details: Facts = []
    asking: str = ""
    """The question that is open: `cancel` or `again`."""
    schedule_error: str = ""

    @guarded(Access.PROJECT_ADMIN)
    async def open_mail(self, viewer: Viewer, mail_id: str) -> None:
        """Show one mail."""
        await self._show(viewer, _id(mail_id))

    @guarded(Access.PROJECT_ADMIN)
    async def close_mail(self, _viewer: Viewer, is_open: bool) -> None:
        """Close the viewer."""
        if is_open is not True:
            self._close_mail()

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
        return rx.toast.success(say("emails-rescheduled"))

    @guarded(Access.PROJECT_ADMIN)
    async def send_again(self, viewer: Viewer) -> object:
        """Render and send the opened mail anew, after it has failed."""
        self.asking = ""
        row = await viewer.installation.db.read(outbox.get, tenancy_id=viewer.tenancy.id, mail_id=_id(self.opened.id))
        if stages.status(row) not in FAILED:
            raise StatusError(409, say("emails-has-not-failed"))
        await self._change(viewer, Changes({"source": row.source}))
        return rx.toast.success(say("emails-sent-again"))

    @guarded(Access.PROJECT_ADMIN)
    async def cancel(self, viewer: Viewer) -> object:
        """Never send the opened mail."""
        self.asking = ""
        await self._change(viewer, Changes({}, is_cancelled=True))
        return rx.toast.success(say("emails-cancelled"))

    def _close_mail(self) -> None:
        self.opened, self.asking = OpenMail(), ""

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
        found = await viewer.installation.db.read(
            _open, installation=viewer.installation, tenancy=viewer.tenancy, mail_id=mail_id
        )
        self.opened = await _with_sample(viewer, found)
        self.links, self.codes, self.details = found.links, found.codes, found.details
        self.timeline = _timeline(found.row)
        self.schedule_error = ""

    async def _read(self, viewer: Viewer) -> None:
        """Read the page around the viewer again."""
        raise NotImplementedError


def subject_of(installation: Installation, row: EmailOutbox) -> str:
    """What a mail is called in lists."""
    content = rendering.open_content(installation, row)
    if content is None:
        return row.subject_override or say("emails-not-rendered")
    return content.subject or say("emails-no-subject")


def recipient_of(addresses: Sequence[str]) -> str:
    """Who gets a mail."""
    return ", ".join(addresses) or say("emails-no-address")


def problem_of(row: EmailOutbox) -> str:
    """Why a mail is not on its way, or was not at first; empty where nothing is wrong."""
    if row.render_error is not None:
        return f"{row.render_error['external_message']} {row.render_error['internal_message']}"
    if row.send_error is not None:
        return str(row.send_error["external_message"])
    if row.skipped_reason is not None:
        return _skipped(row)
    if row.send_attempt_errors:
        return say("emails-last-attempt", problem=str(row.send_attempt_errors[-1]["external_message"]))
    return ""


def _id(text: str) -> uuid.UUID:
    return known_id(text, say("emails-missing"))


def _open(session: Session, *, installation: Installation, tenancy: TenancySnapshot, mail_id: uuid.UUID) -> _Found:
    row = outbox.get(session, tenancy_id=tenancy.id, mail_id=mail_id)
    content = rendering.open_content(installation, row)
    status = stages.status(row)
    links, codes = operations.links_and_codes(content) if content else ([], [])
    opened = OpenMail(
        id=str(row.id),
        subject=subject_of(installation, row),
        recipient=recipient_of(operations.addresses_of(session, row)),
        status=status,
        html=content.html if content else "",
        text=content.text if content else "",
        problem=problem_of(row),
        is_editable=status in stages.EDITABLE,
        is_paused=row.is_paused,
        has_failed=status in FAILED,
        is_waiting=status in _WAITING,
        send_at=row.scheduled_at.strftime("%Y-%m-%dT%H:%M") if row.scheduled_at > utc_now() else "",
    )
    details = _details(session, tenancy, row)
    session.expunge(row)
    return _Found(row, opened, links, codes, details)


async def _with_sample(viewer: Viewer, found: _Found) -> OpenMail:
    """The mail as it will look, where it is not rendered yet; why it cannot be rendered is its problem."""
    if found.row.rendered_sealed is not None or found.row.render_error is not None:
        return found.mail
    theme = rendering.theme_source(viewer.tenancy, found.row.theme_id)
    try:
        shown = await previews.render(viewer.installation, viewer.tenancy, Preview(found.row.source, theme))
    except errors.EmailRenderingError as error:
        return replace(found.mail, problem=found.mail.problem or str(error.details["error"]))
    return replace(found.mail, html=shown.html, text=shown.text, is_sample=True)


def _skipped(row: EmailOutbox) -> str:
    details = row.skipped_details or {}
    if "suppressed" in details:
        why = reason_text(details["suppressed"]).lower()
        return say("emails-skipped-suppressed", address=str(details["email"]), why=why)
    return say(_SKIPPED[str(row.skipped_reason)])


def _timeline(row: EmailOutbox) -> list[Moment]:
    """What has happened to a mail and what will, in the order of the times."""
    now, has_failed = utc_now(), row.send_error is not None
    left_at = row.finished_sending_at
    moments: list[tuple[str, datetime | None, str, str]] = [
        (say("emails-moment-created"), row.created_at, "", ""),
        (say("emails-moment-scheduled"), row.scheduled_at, COMING if row.scheduled_at > now else "", ""),
        (say("emails-moment-rendering"), row.started_rendering_at, "", ""),
        (say("emails-moment-rendered"), row.finished_rendering_at, BAD if row.render_error else "", ""),
        (say("emails-moment-sending"), row.started_sending_at, "", ""),
        *map(_attempt, row.send_attempt_errors or []),
        (say("emails-moment-next-attempt"), row.next_send_retry_at, COMING, ""),
        (say("emails-moment-handed-over"), None if has_failed else left_at, GOOD, ""),
        (say("emails-moment-failed"), left_at if has_failed else None, BAD, ""),
        (say("emails-moment-skipped"), row.updated_at if row.skipped_reason is not None else None, "", ""),
        (say("emails-moment-delivered"), row.delivered_at, GOOD, ""),
        (say("emails-moment-delayed"), row.delivery_delayed_at, "", ""),
        (say("emails-moment-bounced"), row.bounced_at, BAD, ""),
        (say("emails-moment-opened"), row.opened_at, GOOD, ""),
        (say("emails-moment-clicked"), row.clicked_at, GOOD, ""),
        (say("emails-moment-spam"), row.marked_as_spam_at, BAD, ""),
        (say("emails-moment-unsubscribed"), row.unsubscribed_at, "", ""),
    ]
    known = [(at, Moment(name, to_the_second(at), tone, note)) for name, at, tone, note in moments if at is not None]
    known.sort(key=lambda one: max(one[0], row.created_at))  # "now" may have been asked for before it was created
    return [moment for _, moment in known]


def _attempt(attempt: Mapping[str, JsonValue]) -> tuple[str, datetime, str, str]:
    name = say("emails-moment-attempt", number=int(str(attempt["attempt_number"])))
    return name, datetime.fromisoformat(str(attempt["timestamp"])), BAD, str(attempt["external_message"])


def _details(session: Session, tenancy: TenancySnapshot, row: EmailOutbox) -> Facts:
    source = Source(row.draft_id, row.template_id)
    name = groups.name_of(session, tenancy=tenancy, source=source)
    kind = say("emails-detail-draft") if row.draft_id else say("emails-detail-template")
    category = next((one.name for one in notification_preferences.CATEGORIES if one.id == row.rendered_category_id), "")
    unchecked = say("emails-detail-left-out") if row.skip_deliverability_check else ""
    known = say("emails-detail-reported") if row.can_have_delivery_info else say("emails-detail-not-reported")
    facts = (
        (say("emails-detail-id"), str(row.id)),
        (say("emails-detail-user"), str(row.recipient_user_id or "")),
        (kind, (name or say("emails-source-deleted")) if source != Source() else ""),
        (say("emails-detail-category"), category),
        (say("emails-detail-priority"), say("emails-detail-high") if row.is_high_priority else ""),
        (say("emails-detail-check"), unchecked),
        (say("emails-detail-delivery"), known if row.can_have_delivery_info is not None else ""),
        (say("emails-detail-attempts"), str(row.send_retries or "")),
    )
    return [(label, value) for label, value in facts if value]
