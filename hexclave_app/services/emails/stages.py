"""Where a mail stands: its stage for the worker, its status for the contract (06, section 1.3). Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, or_, true
from sqlmodel import col

from models import EmailOutbox, EmailOutcome, EmailStage, SkippedReason

EDITABLE: Final = frozenset({"paused", "preparing", "rendering", "render-error", "scheduled", "queued", "server-error"})
STATUSES: Final = (
    "paused", "preparing", "rendering", "render-error", "scheduled", "queued", "sending", "server-error", "sent",
    "skipped", "bounced", "delivery-delayed", "opened", "clicked", "marked-as-spam",
)  # fmt: skip
SIMPLE_STATUSES: Final = ("in-progress", "ok", "error")
_SIMPLE: Final = {
    "paused": "in-progress", "preparing": "in-progress", "rendering": "in-progress", "scheduled": "in-progress",
    "queued": "in-progress", "sending": "in-progress", "render-error": "error", "server-error": "error",
    "bounced": "error",
}  # fmt: skip
_LOWEST_RANK: Final = 110

_Row = EmailOutbox


def rank(*, is_high_priority: bool, is_transactional: bool) -> int:
    """The order of sending: low goes first. It is 110 minus the contract's priority."""
    return _LOWEST_RANK - (100 if is_high_priority else 0) - (10 if is_transactional else 0)


URGENT_RANK: Final = rank(is_high_priority=True, is_transactional=False)


def settle(row: EmailOutbox) -> None:
    """Bring stage, outcome, due time and rank of a row in line with its other columns."""
    row.stage, row.outcome = _stage(row), outcome_of(row)
    row.due_at = max(row.scheduled_at, row.next_send_retry_at or row.scheduled_at)
    row.rank = rank(is_high_priority=row.is_high_priority, is_transactional=bool(row.rendered_is_transactional))


def _stage(row: EmailOutbox) -> EmailStage:
    if row.is_paused or row.skipped_reason or row.render_error is not None or row.finished_sending_at:
        return EmailStage.REST
    if row.started_rendering_at is None:
        return EmailStage.RENDER
    if row.finished_rendering_at is None:
        return EmailStage.RENDERING
    if row.started_sending_at is not None:
        return EmailStage.SEND
    return EmailStage.QUEUE if row.is_queued else EmailStage.WAIT


def outcome_of(row: EmailOutbox) -> EmailOutcome:
    """What became of a mail, from its other columns."""
    outcomes = (
        (EmailOutcome.SKIPPED, row.skipped_reason),
        (EmailOutcome.FAILED, row.render_error is not None or row.send_error is not None),
        (EmailOutcome.BOUNCED, row.bounced_at),
        (EmailOutcome.SPAM, row.marked_as_spam_at),
        (EmailOutcome.SENT, row.finished_sending_at),
    )
    return next((outcome for outcome, holds in outcomes if holds), EmailOutcome.PENDING)


def conditions() -> list[tuple[str, ColumnElement[bool]]]:
    """Statuses with their conditions, in the contract's order: the first that matches is the status."""
    return [
        ("paused", col(_Row.is_paused).is_(True)),
        ("skipped", col(_Row.skipped_reason).is_not(None)),
        ("preparing", col(_Row.started_rendering_at).is_(None)),
        ("rendering", col(_Row.finished_rendering_at).is_(None)),
        ("render-error", col(_Row.render_error).is_not(None)),
        ("scheduled", and_(col(_Row.started_sending_at).is_(None), col(_Row.is_queued).is_(False))),
        ("queued", col(_Row.started_sending_at).is_(None)),
        ("bounced", col(_Row.bounced_at).is_not(None)),
        ("delivery-delayed", col(_Row.delivery_delayed_at).is_not(None)),
        ("server-error", and_(col(_Row.finished_sending_at).is_not(None), col(_Row.send_error).is_not(None))),
        (
            "sending",
            or_(
                col(_Row.finished_sending_at).is_(None),
                and_(col(_Row.can_have_delivery_info).is_(True), col(_Row.delivered_at).is_(None)),
            ),
        ),
        ("sent", col(_Row.can_have_delivery_info).is_(False)),
        ("marked-as-spam", col(_Row.marked_as_spam_at).is_not(None)),
        ("clicked", col(_Row.clicked_at).is_not(None)),
        ("opened", col(_Row.opened_at).is_not(None)),
        ("sent", true()),
    ]


def status(row: EmailOutbox) -> str:
    """The status of the contract; the order of `conditions`, on a row."""
    checks: tuple[tuple[str, object], ...] = (
        ("paused", row.is_paused),
        ("skipped", row.skipped_reason),
        ("preparing", row.started_rendering_at is None),
        ("rendering", row.finished_rendering_at is None),
        ("render-error", row.render_error is not None),
        ("scheduled", row.started_sending_at is None and not row.is_queued),
        ("queued", row.started_sending_at is None),
        ("bounced", row.bounced_at),
        ("delivery-delayed", row.delivery_delayed_at),
        ("server-error", row.finished_sending_at is not None and row.send_error is not None),
        ("sending", row.finished_sending_at is None or (row.can_have_delivery_info and row.delivered_at is None)),
        ("sent", row.can_have_delivery_info is False),
        ("marked-as-spam", row.marked_as_spam_at),
        ("clicked", row.clicked_at),
        ("opened", row.opened_at),
    )
    return next((name for name, holds in checks if holds), "sent")


def simple_status(status: str) -> str:
    """`in-progress`, `ok` or `error`."""
    return _SIMPLE.get(status, "ok")


def status_condition(wanted: str) -> ColumnElement[bool]:
    """SQL for `status == wanted`."""
    options = []
    earlier: list[ColumnElement[bool]] = []
    for name, condition in conditions():
        if name == wanted:
            options.append(and_(condition, *(~other for other in earlier)))
        earlier.append(condition)
    return or_(*options)


def simple_status_condition(wanted: str) -> ColumnElement[bool]:
    """SQL for the stored simple status of the contract, which ignores pausing."""
    is_skipped = col(_Row.skipped_reason).is_not(None)
    is_error = or_(
        col(_Row.render_error).is_not(None), col(_Row.send_error).is_not(None), col(_Row.bounced_at).is_not(None)
    )
    is_done = and_(
        col(_Row.finished_sending_at).is_not(None),
        or_(col(_Row.can_have_delivery_info).is_(False), col(_Row.delivered_at).is_not(None)),
    )
    is_ok = or_(is_skipped, and_(~is_error, is_done))
    return {"ok": is_ok, "error": and_(~is_skipped, is_error), "in-progress": and_(~is_ok, ~is_error)}[wanted]


def pause(row: EmailOutbox, is_paused: bool, now: datetime) -> None:
    """Hold a mail back, or let it go on."""
    row.is_paused, row.updated_at = is_paused, now
    requeue(row, now)


def requeue(row: EmailOutbox, now: datetime) -> None:
    """Put a rendered mail where it belongs after a change: it is queued when its time has come."""
    if row.rendered_sealed is not None and not row.is_paused and row.started_sending_at is None:
        row.is_queued = row.scheduled_at <= now and row.next_send_retry_at is None
    settle(row)


def reset(row: EmailOutbox) -> None:
    """Forget everything that was rendered and sent: the mail starts again."""
    row.worker_id = row.started_rendering_at = row.finished_rendering_at = None
    row.render_error = row.rendered_sealed = row.rendered_is_transactional = row.rendered_category_id = None
    row.is_queued = False
    row.sender_id = row.started_sending_at = row.handed_over_at = row.finished_sending_at = None
    row.send_error = row.next_send_retry_at = row.send_attempt_errors = None
    row.send_retries = 0
    row.skipped_reason = row.skipped_details = row.transport = row.provider_message_id = None
    row.can_have_delivery_info = None
    for name in _TRACKED:
        setattr(row, name, None)


_TRACKED: Final = (
    "delivered_at", "delivery_delayed_at", "bounced_at", "opened_at", "clicked_at", "unsubscribed_at",
    "marked_as_spam_at",
)  # fmt: skip


def skip(row: EmailOutbox, reason: str, details: Mapping[str, object], now: datetime) -> None:
    """Never send this mail."""
    row.skipped_reason = reason  # type: ignore[assignment]  # a StrEnum's value
    row.skipped_details = dict(details)
    row.next_send_retry_at = None
    row.updated_at = now
    settle(row)


def cancel(row: EmailOutbox, now: datetime) -> None:
    """Never send this mail, because somebody said so."""
    row.is_paused = row.is_queued = False
    skip(row, SkippedReason.MANUALLY_CANCELLED, {}, now)
