"""Telling receivers about a user: the record after a change, and the webhook event with it as payload."""

import uuid

from sqlmodel import Session

from hexclave_app.services import webhooks
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.records import UserRecord, find
from hexclave_app.services.users.views import server_user


def announce(session: Session, *, tenancy: TenancySnapshot, user_id: uuid.UUID, event: webhooks.Event) -> UserRecord:
    """Read a user that this transaction wrote, record the event, and return the user."""
    record = find(session, tenancy_id=tenancy.id, user_id=user_id)
    if record is None:
        raise RuntimeError("a user just written must be found")
    webhooks.emit(session, tenancy_id=tenancy.id, event=event, payload=server_user(record, tenancy.config))
    return record
