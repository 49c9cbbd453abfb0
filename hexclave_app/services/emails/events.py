"""What providers tell about mails they took: delivered, delayed, bounced, complained (contract 06, section 2.4)."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from hexclave_app.services.emails import managed_domains, stages, suppressions
from models import EmailOutbox, SuppressionReason
from models.base import JsonValue


def receive(session: Session, *, event: Mapping[str, JsonValue], now: datetime) -> None:
    """Act on a checked webhook event; unknown kinds and mails change nothing, and repeating one changes no more."""
    data = event.get("data")
    if not isinstance(data, dict):
        return
    kind = event.get("type")
    if kind == "domain.updated":
        managed_domains.note_status(session, data=data, now=now)
    elif isinstance(kind, str) and kind.startswith("email."):
        _note(session, kind.removeprefix("email."), data, now)


def _note(session: Session, kind: str, data: Mapping[str, JsonValue], now: datetime) -> None:
    message_id = data.get("email_id")
    if not isinstance(message_id, str):
        return
    row = session.exec(
        select(EmailOutbox).where(col(EmailOutbox.provider_message_id) == message_id).with_for_update()
    ).first()
    if row is None or row.finished_sending_at is None or row.send_error is not None:
        return
    row.updated_at = now
    if kind in ("delivered", "delivery_delayed", "bounced"):
        row.can_have_delivery_info = True
        _note_delivery(row, kind, now)
    elif kind == "complained":
        row.marked_as_spam_at = row.marked_as_spam_at or now
    elif kind in ("opened", "clicked"):
        row.opened_at = row.opened_at or now
        row.clicked_at = row.clicked_at or (now if kind == "clicked" else None)
    stages.settle(row)
    reason = _reason_to_suppress(kind, data)
    if reason is not None:
        suppressions.note(session, tenancy_id=row.tenancy_id, addresses=_to(data), reason=reason, now=now)


def _note_delivery(row: EmailOutbox, kind: str, now: datetime) -> None:
    """Events come in any order and more than once; a bounce is final, and delivered ends a delay."""
    if kind == "bounced":
        row.bounced_at, row.delivered_at, row.delivery_delayed_at = row.bounced_at or now, None, None
    elif row.bounced_at is None and kind == "delivered":
        row.delivered_at, row.delivery_delayed_at = row.delivered_at or now, None
    elif row.bounced_at is None and row.delivered_at is None:
        row.delivery_delayed_at = row.delivery_delayed_at or now


def _reason_to_suppress(kind: str, data: Mapping[str, JsonValue]) -> SuppressionReason | None:
    if kind == "complained":
        return SuppressionReason.COMPLAINED
    return SuppressionReason.BOUNCED if kind == "bounced" and _is_permanent(data) else None


def _is_permanent(data: Mapping[str, JsonValue]) -> bool:
    bounce = data.get("bounce")
    return not isinstance(bounce, dict) or bounce.get("type") != "Transient"


def _to(data: Mapping[str, JsonValue]) -> list[str]:
    listed = data.get("to")
    found = listed if isinstance(listed, list) else [listed]
    return [address for address in found if isinstance(address, str)]
