"""Which kinds of mail users want (contract 04, section 8)."""

import uuid

from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANYONE, Endpoints
from hexclave_app.api.protocol.fields import Boolean, NoQuery, Schema, UserIdOrMe, Uuid
from hexclave_app.errors import StatusError
from hexclave_app.services import notification_preferences
from hexclave_app.services.notification_preferences import View

routes = Endpoints("notification preferences")

PATH = "/emails/notification-preference/{user_id}"


class PreferencesPath(Schema):
    """Whose preferences."""

    user_id: UserIdOrMe


class PreferencePath(PreferencesPath):
    """One category of one user."""

    notification_category_id: Uuid


class PreferenceUpdate(Schema):
    """Whether mails of the category are wanted."""

    enabled: Boolean


@routes.endpoint("GET", PATH, access=ANYONE, params=PreferencesPath, query=NoQuery)
def list_preferences(call: Call) -> View:
    """List all notification categories with a user's choice; clients only their own."""
    _require_own(call, call.path.user_id)
    items = notification_preferences.list_all(call.session, tenancy_id=call.tenancy.id, user_id=call.path.user_id)
    return {"items": items, "is_paginated": False}


@routes.endpoint(
    "PATCH",
    PATH + "/{notification_category_id}",
    access=ANYONE,
    params=PreferencePath,
    body=PreferenceUpdate,
    query=NoQuery,
)
def update_preference(call: Call) -> View:
    """Want or do not want the mails of a category; clients only their own."""
    chosen = notification_preferences.category(call.path.notification_category_id)
    _require_own(call, call.path.user_id)
    return notification_preferences.choose(
        call.session,
        tenancy_id=call.tenancy.id,
        user_id=call.path.user_id,
        chosen=chosen,
        is_enabled=call.body.enabled,
    )


def _require_own(call: Call, user_id: uuid.UUID) -> None:
    if call.is_client and call.current_user().id != user_id:
        raise StatusError(403, "Clients can manage their own notification preferences only.")
