"""Webhook events: rows written in the transaction of the change; delivery is the workers' work."""

import uuid
from enum import StrEnum

from sqlmodel import Session

from models import WebhookEvent
from models.base import JsonValue


class Event(StrEnum):
    """The events of `docs/contract/webhook-events.csv`."""

    USER_CREATED = "user.created"
    USER_UPDATED = "user.updated"
    USER_DELETED = "user.deleted"
    TEAM_CREATED = "team.created"
    TEAM_UPDATED = "team.updated"
    TEAM_DELETED = "team.deleted"
    TEAM_MEMBERSHIP_CREATED = "team_membership.created"
    TEAM_MEMBERSHIP_DELETED = "team_membership.deleted"
    TEAM_PERMISSION_CREATED = "team_permission.created"
    TEAM_PERMISSION_DELETED = "team_permission.deleted"
    PROJECT_PERMISSION_CREATED = "project_permission.created"
    PROJECT_PERMISSION_DELETED = "project_permission.deleted"


def emit(session: Session, *, tenancy_id: uuid.UUID, event: Event, payload: JsonValue) -> None:
    """Record that something happened; the row commits or rolls back with the change itself."""
    session.add(WebhookEvent(tenancy_id=tenancy_id, type=event.value, payload=payload))
