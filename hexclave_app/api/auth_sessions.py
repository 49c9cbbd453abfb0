"""Sessions: create, list, refresh, end (contract 03, section 2)."""

from datetime import timedelta
from typing import Annotated

from hexclave_app import errors
from hexclave_app.api.auth_passwords import sign_in_context, tokens_view
from hexclave_app.api.protocol.answers import SUCCESS, Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANYONE, SERVER, Endpoints
from hexclave_app.api.protocol.fields import (
    Boolean,
    OptionalUserIdOrMe,
    Rule,
    Schema,
    UserIdOrMe,
    Uuid,
    number,
)
from hexclave_app.api.protocol.schema_errors import schema_error
from hexclave_app.services import sessions
from hexclave_app.services.callers import AccessType
from hexclave_app.services.sessions import SessionInfo
from hexclave_app.services.users.records import find
from models.base import millis

routes = Endpoints("auth")

_MAX_LIFETIME_MS = int(timedelta(days=367).total_seconds() * 1000)


class SessionCreate(Schema):
    """A session that a server opens for a user."""

    user_id: UserIdOrMe
    expires_in_millis: Annotated[float, Rule(number(minimum=1, maximum=_MAX_LIFETIME_MS))] = 31_536_000_000
    is_impersonation: Boolean = False


class SessionsQuery(Schema):
    """Whose sessions."""

    user_id: UserIdOrMe


class SessionDeleteQuery(Schema):
    """Sent by the client SDK, not by the server SDK; the session's own user counts."""

    user_id: OptionalUserIdOrMe = None


class SessionPath(Schema):
    """Which session."""

    id: Uuid


@routes.endpoint("POST", "/auth/sessions", access=SERVER, body=SessionCreate)
def create(call: Call) -> dict[str, object]:
    """Create a session for a user."""
    body: SessionCreate = call.body
    if find(call.session, tenancy_id=call.tenancy.id, user_id=body.user_id) is None:
        raise errors.UserIdDoesNotExist(user_id=str(body.user_id))
    tokens = sessions.create(
        call.session,
        sign_in_context(call),
        user_id=body.user_id,
        expires_at=call.now + timedelta(milliseconds=body.expires_in_millis),
        is_impersonation=body.is_impersonation,
    )
    view = tokens_view(tokens)
    return {"refresh_token": view["refresh_token"], "access_token": view["access_token"]}


@routes.endpoint("GET", "/auth/sessions", access=ANYONE, query=SessionsQuery)
def list_sessions(call: Call) -> dict[str, object]:
    """List the sessions of a user; impersonations for admin access only."""
    user_id = call.query.user_id
    call.check_own(user_id, "Clients can only list the sessions of their own user.")
    found = sessions.list_for_user(
        call.session,
        tenancy_id=call.tenancy.id,
        user_id=user_id,
        with_impersonations=call.authenticated.access is AccessType.ADMIN,
    )
    return {"items": [_session_view(info, call) for info in found], "is_paginated": False}


@routes.endpoint("DELETE", "/auth/sessions/current", access=ANYONE)
def sign_out(call: Call) -> Answer:
    """End the session of the access token."""
    session_id = call.authenticated.session_id
    if session_id is None:
        raise errors.AccessTokenExpired(
            expired_at_millis=millis(call.now), project_id=None, user_id=None, refresh_token_id=None
        )
    sessions.end_current(call.session, tenancy_id=call.tenancy.id, session_id=session_id)
    return SUCCESS


@routes.endpoint("DELETE", "/auth/sessions/{id}", access=ANYONE, params=SessionPath, query=SessionDeleteQuery)
def revoke(call: Call) -> Answer:
    """Revoke another session."""
    sessions.revoke(
        call.session,
        tenancy_id=call.tenancy.id,
        session_id=call.path.id,
        current_session_id=call.authenticated.session_id,
        owner_id=call.own_user().id if call.is_client else None,
    )
    return SUCCESS


@routes.endpoint("POST", "/auth/sessions/current/refresh", access=ANYONE)
def refresh_current(call: Call) -> dict[str, object]:
    """A new access token from the refresh-token header."""
    token = call.authenticated.refresh_token
    if token is None:
        raise schema_error(
            "POST", "/api/v1/auth/sessions/current/refresh", ['headers["x-stack-refresh-token"] must be defined']
        )
    access_token = sessions.refresh(call.session, sign_in_context(call), refresh_token=token)
    return {"access_token": access_token}


def _session_view(info: SessionInfo, call: Call) -> dict[str, object]:
    view: dict[str, object] = {
        "id": str(info.id),
        "user_id": str(info.user_id),
        "created_at": millis(info.created_at),
        "last_used_at": millis(info.last_active_at),
        "is_impersonation": info.is_impersonation,
        "is_current_session": info.id == call.authenticated.session_id,
    }
    if info.ip_info is not None:
        view["last_used_at_end_user_ip_info"] = {
            key: value for key, value in info.ip_info.items() if key != "isTrusted"
        }
    return view
