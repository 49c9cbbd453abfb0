"""Project key sets (contract 02, section 6)."""

from typing import Annotated

from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ADMIN, Endpoints
from hexclave_app.api.protocol.fields import Boolean, FieldError, NoQuery, Rule, Schema, Text, Uuid, boolean, number
from hexclave_app.services import project_keys
from hexclave_app.services.project_keys import View
from hexclave_app.services.tenancies import KeyKind
from models.base import from_millis

routes = Endpoints("project keys")

_FIRST_MILLIS = -62_135_596_800_000  # years 1 to 9999: what a calendar date can hold
_LAST_MILLIS = 253_402_300_799_000


def _only_true(value: object) -> bool:
    if not boolean(value):
        raise FieldError("{path} must be one of the following values: true")
    return True


class KeySetCreate(Schema):
    """A new key set; which of the three keys it has."""

    description: Text
    expires_at_millis: Annotated[float, Rule(number(minimum=_FIRST_MILLIS, maximum=_LAST_MILLIS))]
    has_publishable_client_key: Boolean
    has_secret_server_key: Boolean
    has_super_secret_admin_key: Boolean


class KeySetUpdate(Schema):
    """A new description, or the end of a set; nothing brings it back."""

    description: Text = ""
    revoked: Annotated[bool, Rule(_only_true)] = False


class KeySetPath(Schema):
    """Path of one set."""

    api_key_id: Uuid


@routes.endpoint("GET", "/internal/api-keys", access=ADMIN, query=NoQuery)
def list_key_sets(call: Call) -> dict[str, object]:
    """List project key sets, newest first; of the keys only the last four characters."""
    rows = project_keys.list_all(call.session, project_id=call.tenancy.project_id)
    return {"items": [project_keys.view(row) for row in rows], "is_paginated": False}


@routes.endpoint("POST", "/internal/api-keys", access=ADMIN, body=KeySetCreate)
def create_key_set(call: Call) -> View:
    """Create a project key set; the only answer that carries the keys."""
    wanted = {
        KeyKind.CLIENT: call.body.has_publishable_client_key,
        KeyKind.SERVER: call.body.has_secret_server_key,
        KeyKind.ADMIN: call.body.has_super_secret_admin_key,
    }
    created = project_keys.create(
        call.session,
        project_id=call.tenancy.project_id,
        description=call.body.description,
        expires_at=from_millis(call.body.expires_at_millis),
        kinds=[kind for kind, is_wanted in wanted.items() if is_wanted],
    )
    return project_keys.first_view(created)


@routes.endpoint("GET", "/internal/api-keys/{api_key_id}", access=ADMIN, params=KeySetPath, query=NoQuery)
def read_key_set(call: Call) -> View:
    """Read one key set."""
    row = project_keys.get(call.session, project_id=call.tenancy.project_id, key_set_id=call.path.api_key_id)
    return project_keys.view(row)


@routes.endpoint(
    "PATCH", "/internal/api-keys/{api_key_id}", access=ADMIN, params=KeySetPath, body=KeySetUpdate, query=NoQuery
)
def update_key_set(call: Call) -> View:
    """Rename or revoke a key set."""
    row = project_keys.update(
        call.session,
        project_id=call.tenancy.project_id,
        key_set_id=call.path.api_key_id,
        description=call.body.given().get("description"),
        is_revoked=call.body.revoked,
        now=call.now,
    )
    return project_keys.view(row)
