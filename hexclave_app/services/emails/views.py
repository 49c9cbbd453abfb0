"""Outbox mails as the wire has them: which fields there are depends on the status (contract 06, section 1.3)."""

from datetime import datetime
from typing import Final

from hexclave_app.installation import Installation
from hexclave_app.services.emails import queueing, rendering, stages
from models import EmailOutbox, RecipientType
from models.base import millis

View = dict[str, object]

_SENDING_TIMES: Final = {
    "sending": {},
    "server-error": {"error_at_millis": "finished_sending_at"},
    "bounced": {"bounced_at_millis": "bounced_at"},
    "delivery-delayed": {"delivery_delayed_at_millis": "delivery_delayed_at"},
    "sent": {},
    "opened": {"opened_at_millis": "opened_at"},
    "clicked": {"clicked_at_millis": "clicked_at"},
    "marked-as-spam": {"marked_as_spam_at_millis": "marked_as_spam_at"},
}
_DELIVERED: Final = frozenset({"sent", "opened", "clicked", "marked-as-spam"})


def view(installation: Installation, row: EmailOutbox) -> View:
    """One mail; only for those who may act in the name of the project, because it shows codes and links."""
    status = stages.status(row)
    shown = {**_base(installation, row), "status": status, "simple_status": stages.simple_status(status)}
    flags = {"is_paused": status == "paused", "has_rendered": False, "has_delivered": False}
    if status == "paused" or status == "preparing":
        return shown | flags
    if status == "rendering":
        return shown | flags | {"started_rendering_at_millis": _millis(row.started_rendering_at)}
    if status == "render-error":
        return shown | flags | _render_error(row)
    if status == "skipped":
        return shown | flags | _skipped(installation, row)
    shown |= flags | {"has_rendered": True} | _rendered(installation, row)
    if status in _SENDING_TIMES:
        shown |= _sent(row, status)
    return shown


def recipient_view(row: EmailOutbox) -> View:
    """Whom the mail is for."""
    if row.recipient_type == RecipientType.USER_PRIMARY_EMAIL:
        return {"type": row.recipient_type, "user_id": str(row.recipient_user_id)}
    if row.recipient_type == RecipientType.USER_CUSTOM_EMAILS:
        return {"type": row.recipient_type, "user_id": str(row.recipient_user_id), "emails": row.recipient_emails or []}
    return {"type": row.recipient_type, "emails": row.recipient_emails or []}


def _base(installation: Installation, row: EmailOutbox) -> View:
    return {
        "id": str(row.id),
        "created_at_millis": millis(row.created_at),
        "updated_at_millis": millis(row.updated_at),
        "tsx_source": row.source,
        "theme_id": row.theme_id,
        "to": recipient_view(row),
        "variables": queueing.open_variables(installation, row),
        "skip_deliverability_check": row.skip_deliverability_check,
        "scheduled_at_millis": millis(row.scheduled_at),
        "created_with": "draft" if row.draft_id else "programmatic-call",
        "email_draft_id": str(row.draft_id) if row.draft_id else None,
        "email_programmatic_call_template_id": row.template_id,
        "send_retries": row.send_retries,
        "next_send_retry_at_millis": _millis(row.next_send_retry_at),
        "send_attempt_errors": row.send_attempt_errors,
    }


def _render_error(row: EmailOutbox) -> View:
    return {
        "started_rendering_at_millis": _millis(row.started_rendering_at),
        "rendered_at_millis": _millis(row.finished_rendering_at),
        "render_error": row.render_error["external_message"],
    }


def _rendered(installation: Installation, row: EmailOutbox) -> View:
    content = rendering.open_content(installation, row)
    return {
        "started_rendering_at_millis": _millis(row.started_rendering_at),
        "rendered_at_millis": _millis(row.finished_rendering_at),
        "subject": content.subject if content else "",
        "html": content.html if content else None,
        "text": content.text if content else None,
        "is_transactional": bool(row.rendered_is_transactional),
        "is_high_priority": row.is_high_priority,
        "notification_category_id": str(row.rendered_category_id) if row.rendered_category_id else None,
    }


def _skipped(installation: Installation, row: EmailOutbox) -> View:
    shown: View = {
        "skipped_at_millis": millis(row.updated_at),
        "skipped_reason": row.skipped_reason,
        "skipped_details": row.skipped_details,
    }
    if row.rendered_sealed is not None:
        shown |= {"has_rendered": True} | _rendered(installation, row)
    elif row.started_rendering_at is not None:
        shown["started_rendering_at_millis"] = _millis(row.started_rendering_at)
    if row.started_sending_at is not None:
        shown["started_sending_at_millis"] = _millis(row.started_sending_at)
    return shown


def _sent(row: EmailOutbox, status: str) -> View:
    shown: View = {"started_sending_at_millis": _millis(row.started_sending_at)}
    shown |= {name: _millis(getattr(row, column)) for name, column in _SENDING_TIMES[status].items()}
    if status == "server-error":
        shown["server_error"] = row.send_error["external_message"]
    if status in _DELIVERED:
        shown |= {
            "has_delivered": True,
            "delivered_at_millis": _millis(row.delivered_at or row.finished_sending_at),
            "can_have_delivery_info": bool(row.can_have_delivery_info),
        }
    return shown


def _millis(moment: datetime | None) -> int | None:
    return millis(moment) if moment is not None else None
