"""API keys of users and teams, and the secret scanners' report (contract 04, section 6)."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Annotated

from hexclave_app.api.protocol.answers import SUCCESS, Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANYONE, PUBLIC, SERVER, Endpoints
from hexclave_app.api.protocol.fields import (
    Boolean,
    FieldError,
    NoQuery,
    OptionalText,
    OptionalUserIdOrMe,
    Rule,
    Schema,
    Text,
    UserIdOrMe,
    Uuid,
    boolean,
    nullable,
    number,
)
from hexclave_app.security.api_keys import KeyOwner
from hexclave_app.services import api_keys, credential_scanning
from hexclave_app.services.api_keys import Owner, View
from models import ApiKey

routes = Endpoints("API keys")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_MILLIS = -62_135_596_800_000  # years 1 to 9999: what a calendar date can hold
_LAST_MILLIS = 253_402_300_799_000


def _only_true(value: object) -> bool:
    if not boolean(value):
        raise FieldError("{path} must be one of the following values: true")
    return True


class _KeyCreate(Schema):
    """A new key; the expiry must be said, null or 0 is never."""

    description: Text
    expires_at_millis: Annotated[float | None, Rule(nullable(number(minimum=_FIRST_MILLIS, maximum=_LAST_MILLIS)))]
    is_public: Boolean = False


class UserKeyCreate(_KeyCreate):
    """A new key of a user."""

    user_id: UserIdOrMe


class TeamKeyCreate(_KeyCreate):
    """A new key of a team."""

    team_id: Uuid


class UserKeyListQuery(Schema):
    """Whose keys."""

    user_id: UserIdOrMe


class UserKeyQuery(Schema):
    """Whose key; it is the key's own owner that counts."""

    user_id: OptionalUserIdOrMe = None


class TeamKeyQuery(Schema):
    """Which team's keys; for a single key its own owner counts."""

    team_id: Uuid


class KeyUpdate(Schema):
    """A new description, or the end of a key; nothing brings it back."""

    description: OptionalText = None
    revoked: Annotated[bool, Rule(_only_true)] = False


class KeyPath(Schema):
    """Which key."""

    api_key_id: Uuid


class KeyCheck(Schema):
    """The text of a key."""

    api_key: Text


@routes.endpoint("GET", "/user-api-keys", access=ANYONE, query=UserKeyListQuery)
def list_user_keys(call: Call) -> View:
    """List the API keys of a user, newest first."""
    return _list(call, Owner(KeyOwner.USER, call.query.user_id))


@routes.endpoint("POST", "/user-api-keys", access=ANYONE, body=UserKeyCreate, query=NoQuery)
def create_user_key(call: Call) -> View:
    """Create an API key of a user; the only answer that carries it."""
    return _create(call, Owner(KeyOwner.USER, call.body.user_id))


@routes.endpoint("POST", "/user-api-keys/check", access=SERVER, body=KeyCheck, query=NoQuery, writes=False)
def check_user_key(call: Call) -> View:
    """Check an API key of a user."""
    return _check(call, KeyOwner.USER)


@routes.endpoint("GET", "/user-api-keys/{api_key_id}", access=ANYONE, params=KeyPath, query=UserKeyQuery)
def read_user_key(call: Call) -> View:
    """Read an API key of a user."""
    return api_keys.view(_managed(call, KeyOwner.USER))


@routes.endpoint(
    "PATCH", "/user-api-keys/{api_key_id}", access=ANYONE, params=KeyPath, body=KeyUpdate, query=UserKeyQuery
)
def update_user_key(call: Call) -> View:
    """Change the description of a user's API key, or revoke it."""
    return _update(call, KeyOwner.USER)


@routes.endpoint("GET", "/team-api-keys", access=ANYONE, query=TeamKeyQuery)
def list_team_keys(call: Call) -> View:
    """List the API keys of a team, newest first; clients need `$manage_api_keys`."""
    return _list(call, Owner(KeyOwner.TEAM, call.query.team_id))


@routes.endpoint("POST", "/team-api-keys", access=ANYONE, body=TeamKeyCreate, query=NoQuery)
def create_team_key(call: Call) -> View:
    """Create an API key of a team; the only answer that carries it."""
    return _create(call, Owner(KeyOwner.TEAM, call.body.team_id))


@routes.endpoint("POST", "/team-api-keys/check", access=SERVER, body=KeyCheck, query=NoQuery, writes=False)
def check_team_key(call: Call) -> View:
    """Check an API key of a team."""
    return _check(call, KeyOwner.TEAM)


@routes.endpoint("GET", "/team-api-keys/{api_key_id}", access=ANYONE, params=KeyPath, query=TeamKeyQuery)
def read_team_key(call: Call) -> View:
    """Read an API key of a team."""
    return api_keys.view(_managed(call, KeyOwner.TEAM))


@routes.endpoint(
    "PATCH", "/team-api-keys/{api_key_id}", access=ANYONE, params=KeyPath, body=KeyUpdate, query=TeamKeyQuery
)
def update_team_key(call: Call) -> View:
    """Change the description of a team's API key, or revoke it."""
    return _update(call, KeyOwner.TEAM)


@routes.endpoint("POST", "/integrations/credential-scanning/revoke", access=PUBLIC, body=KeyCheck, query=NoQuery)
def report_leaked_key(call: Call) -> Answer:
    """Revoke a secret API key that was found in public, and tell its holders."""
    credential_scanning.report(call.session, installation=call.installation, value=call.body.api_key, now=call.now)
    return SUCCESS


def _list(call: Call, owner: Owner) -> View:
    _require(call, owner)
    rows = api_keys.list_all(call.session, tenancy_id=call.tenancy.id, owner=owner)
    return {"items": [api_keys.view(row) for row in rows], "is_paginated": False}


def _create(call: Call, owner: Owner) -> View:
    _require(call, owner)
    body: _KeyCreate = call.body
    created = api_keys.create(
        call.session,
        tenancy_id=call.tenancy.id,
        owner=owner,
        description=body.description,
        is_public=body.is_public,
        expires_at=_EPOCH + timedelta(milliseconds=body.expires_at_millis) if body.expires_at_millis else None,
    )
    return api_keys.view(created.row, value=created.value)


def _check(call: Call, kind: KeyOwner) -> View:
    api_keys.require_enabled(call.tenancy, kind)
    row = api_keys.check(call.session, tenancy_id=call.tenancy.id, kind=kind, value=call.body.api_key, now=call.now)
    return api_keys.view(row)


def _update(call: Call, kind: KeyOwner) -> View:
    body: KeyUpdate = call.body
    row = _managed(call, kind)
    return api_keys.view(
        api_keys.update(call.session, row, description=body.description, is_revoked=body.revoked, now=call.now)
    )


def _managed(call: Call, kind: KeyOwner) -> ApiKey:
    """The key of the path, if the caller may manage it."""
    api_keys.require_enabled(call.tenancy, kind)
    if call.is_client:
        call.current_user()
    key_id: uuid.UUID = call.path.api_key_id
    row = api_keys.get(call.session, tenancy_id=call.tenancy.id, key_id=key_id, kind=kind)
    api_keys.require_manager(call.session, call.authenticated, api_keys.owner_of(row))
    return row


def _require(call: Call, owner: Owner) -> None:
    api_keys.require_enabled(call.tenancy, owner.kind)
    api_keys.require_manager(call.session, call.authenticated, owner)
