"""Sessions: create, list, refresh, end (contract 03, section 2; the refresh grant of section 10.5)."""

from datetime import timedelta
from typing import Annotated

from pydantic import ConfigDict
from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.api.auth_passwords import sign_in_context, tokens_view
from hexclave_app.api.protocol.answers import SUCCESS, Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANYONE, PUBLIC, SERVER, Endpoints
from hexclave_app.api.protocol.fields import (
    Boolean,
    NullableText,
    OptionalUserIdOrMe,
    Rule,
    Schema,
    UserIdOrMe,
    Uuid,
    number,
)
from hexclave_app.api.protocol.schema_errors import schema_error
from hexclave_app.errors import StatusError
from hexclave_app.services import sessions
from hexclave_app.services.callers import AccessType, check_client_key
from hexclave_app.services.sessions import SessionInfo, SignInContext
from hexclave_app.services.users.records import find
from models.base import millis
from models.projects import DEFAULT_BRANCH_ID

routes = Endpoints("auth")

_MAX_LIFETIME_MS = int(timedelta(days=367).total_seconds() * 1000)
_NO_STORE = {"cache-control": "no-store", "pragma": "no-cache"}
_TOKEN_LIFETIME_TOLD_S = 3600  # what OAuth libraries say by default; the SDK reads `exp` of the token itself


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


class TokenRequest(Schema):
    """Body of the OAuth token endpoint; unknown keys are allowed there."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    grant_type: NullableText = None
    client_id: NullableText = None
    client_secret: NullableText = None
    refresh_token: NullableText = None


@routes.endpoint("POST", "/auth/oauth/token", access=PUBLIC, body=TokenRequest, keeps_status=True)
def token(call: Call) -> Answer:
    """OAuth token endpoint: the refresh_token grant."""
    body: TokenRequest = call.body
    if body.grant_type == "authorization_code":
        raise StatusError(501, "The authorization_code grant is not built yet in this version of the server.")
    if body.grant_type != "refresh_token":
        return _oauth_error("unsupported_grant_type", "The grant type must be authorization_code or refresh_token.")
    if not body.client_id or not body.refresh_token:
        return _oauth_error("invalid_request", "client_id and refresh_token are required.")
    context = _client_context(call.session, call, body.client_id, body.client_secret)
    access_token = sessions.refresh(call.session, context, refresh_token=body.refresh_token)
    view = {
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": _TOKEN_LIFETIME_TOLD_S,
        "scope": "legacy",
        "after_callback_redirect_url": None,
        "afterCallbackRedirectUrl": None,
    }
    return Answer(view, headers=_NO_STORE)


def _client_context(session: Session, call: Call, client_id: str, client_secret: str | None) -> SignInContext:
    """The tenancy of an OAuth client (`project` or `project#branch`) after its secret was checked (03, 10.1)."""
    project_id, _, branch_id = client_id.partition("#")
    tenancy = call.installation.tenancies.find(session, project_id, branch_id or DEFAULT_BRANCH_ID)
    if tenancy is None:
        raise errors.InvalidOAuthClientIdOrSecret(client_id=client_id)
    try:
        check_client_key(tenancy, client_secret or None, call.now)
    except errors.InvalidPublishableClientKey:
        raise errors.InvalidOAuthClientIdOrSecret(client_id=client_id) from None
    return SignInContext(call.installation, tenancy, call.end_user, call.now)


def _oauth_error(code: str, description: str) -> Answer:
    body = {"error": code, "error_description": description}
    return Answer(body, 400, _NO_STORE)


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
