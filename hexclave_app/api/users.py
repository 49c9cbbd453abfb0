"""Users (contract 04, section 2)."""

import uuid
from collections.abc import Mapping
from typing import Any

from hexclave_app import errors
from hexclave_app.api.protocol.answers import SUCCESS, Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANYONE, OWN_USER, SERVER, Endpoints
from hexclave_app.api.protocol.fields import NoQuery, Schema
from hexclave_app.api.user_schemas import ClientUserUpdate, ServerUserUpdate, UserCreate, UserListQuery, UserPath
from hexclave_app.errors import StatusError
from hexclave_app.security.password_threads import hash_password
from hexclave_app.security.passwords import check_imported_hash
from hexclave_app.services.callers import AccessType
from hexclave_app.services.unused_files import store_picture
from hexclave_app.services.users import creation, deletion, listing, updates
from hexclave_app.services.users.creation import UserCreateData
from hexclave_app.services.users.listing import Order, UserQuery
from hexclave_app.services.users.records import LinkedAccountSummary, UserRecord, find
from hexclave_app.services.users.views import client_user, server_user

routes = Endpoints("users")

IMAGE_FOLDER = "user-profile-images"
_UPDATE: Mapping[AccessType, type[Schema]] = {AccessType.CLIENT: ClientUserUpdate, AccessType.SERVER: ServerUserUpdate}


@routes.endpoint("GET", "/users", access=SERVER, query=UserListQuery, scans=True)
def list_users(call: Call) -> dict[str, object]:
    """List users."""
    query: UserListQuery = call.query
    if query.only_anonymous == "true" and query.include_anonymous != "true":
        raise StatusError(400, "only_anonymous requires include_anonymous=true.")
    page = listing.list_page(
        call.session,
        tenancy=call.tenancy,
        query=UserQuery(
            team_id=query.team_id,
            search=query.query,
            includes_restricted=query.include_restricted == "true",
            includes_anonymous=query.include_anonymous == "true",
            only_anonymous=query.only_anonymous == "true",
            order=Order(query.order_by),
            descending=query.desc == "true",
            cursor=query.cursor,
            limit=query.limit,
        ),
    )
    return {
        "items": [server_user(user, call.tenancy.config) for user in page.items],
        "is_paginated": True,
        "pagination": {"next_cursor": str(page.next_cursor) if page.next_cursor else None},
    }


@routes.endpoint("POST", "/users", access=SERVER, body=UserCreate, query=UserListQuery, status=201)
async def create_user(call: Call) -> dict[str, object]:
    """Create a user."""
    body: UserCreate = call.body
    if body.passkey_auth_enabled:
        raise StatusError(400, "A passkey is added by registering it, not when a user is created.")
    data = UserCreateData(
        display_name=body.display_name,
        profile_image_url=await _image(call, body.profile_image_url),
        primary_email=body.primary_email,
        primary_email_verified=body.primary_email_verified,
        primary_email_auth_enabled=body.primary_email_auth_enabled,
        client_metadata=body.client_metadata,
        client_read_only_metadata=body.client_read_only_metadata,
        server_metadata=body.server_metadata,
        password_hash=await _password_hash(body),
        otp_auth_enabled=body.otp_auth_enabled,
        totp_secret=body.totp_secret_base64,
        is_anonymous=body.is_anonymous,
        restricted_by_admin=body.restricted_by_admin,
        restricted_by_admin_reason=body.restricted_by_admin_reason,
        restricted_by_admin_private_details=body.restricted_by_admin_private_details,
        country_code=body.country_code,
        risk_bot=body.risk_scores.sign_up.bot,
        risk_free_trial_abuse=body.risk_scores.sign_up.free_trial_abuse,
        oauth_accounts=[LinkedAccountSummary(item.id, item.account_id, item.email) for item in body.oauth_providers],
    )
    record = await call.installation.db.run(
        creation.create, installation=call.installation, tenancy=call.tenancy, data=data
    )
    return server_user(record, call.tenancy.config)


@routes.endpoint("GET", "/users/me", access=OWN_USER, query=NoQuery, caller_only=True)
def read_own_user(call: Call) -> dict[str, object]:
    """Read the current user."""
    return _view(call, call.own_user())


@routes.endpoint("PATCH", "/users/me", access=OWN_USER, body=_UPDATE, query=NoQuery)
async def update_own_user(call: Call) -> dict[str, object]:
    """Update the current user."""
    return await _update(call, call.own_user().id)


@routes.endpoint("DELETE", "/users/me", access=ANYONE, query=NoQuery)
def delete_own_user(call: Call) -> Answer:
    """Delete the current user; clients only where the project allows it."""
    if call.is_client and not call.tenancy.config.users.allow_client_user_deletion:
        raise StatusError(400, "Deleting one's own account is not enabled in this project.")
    deletion.delete(call.session, tenancy_id=call.tenancy.id, user_id=call.own_user().id)
    return SUCCESS


@routes.endpoint("GET", "/users/{user_id}", access=SERVER, params=UserPath, query=UserListQuery)
def read_user(call: Call) -> dict[str, object]:
    """Read one user."""
    record = find(call.session, tenancy_id=call.tenancy.id, user_id=call.path.user_id)
    if record is None:
        raise errors.UserNotFound
    return server_user(record, call.tenancy.config)


@routes.endpoint(
    "PATCH", "/users/{user_id}", access=SERVER, params=UserPath, body=ServerUserUpdate, query=UserListQuery
)
async def update_user(call: Call) -> dict[str, object]:
    """Update a user; any password key ends all of its sessions."""
    return await _update(call, call.path.user_id)


@routes.endpoint("DELETE", "/users/{user_id}", access=SERVER, params=UserPath, query=UserListQuery)
def delete_user(call: Call) -> Answer:
    """Delete a user with everything that is theirs; teams survive."""
    deletion.delete(call.session, tenancy_id=call.tenancy.id, user_id=call.path.user_id)
    return SUCCESS


async def _update(call: Call, user_id: uuid.UUID) -> dict[str, object]:
    changes: dict[str, Any] = {name: getattr(call.body, name) for name in call.body.model_fields_set}
    if isinstance(call.body, ServerUserUpdate) and changes.keys() & {"password", "password_hash"}:
        changes["password_hash"] = await _password_hash(call.body)
        changes.pop("password", None)
    if "risk_scores" in changes:
        changes["risk_scores"] = changes["risk_scores"].model_dump()
    if "totp_secret_base64" in changes:
        changes["totp_secret"] = changes.pop("totp_secret_base64")
    if "profile_image_url" in changes:
        changes["profile_image_url"] = await _image(call, changes["profile_image_url"])
    record = await call.installation.db.run(
        updates.update,
        installation=call.installation,
        tenancy=call.tenancy,
        user_id=user_id,
        changes=changes,
        now=call.now,
    )
    return _view(call, record)


async def _password_hash(body: UserCreate | ServerUserUpdate) -> str | None:
    """The hash to store: imported as it is, or made of the password outside of any transaction."""
    is_imported = "password_hash" in body.model_fields_set
    if is_imported and "password" in body.model_fields_set:
        raise StatusError(400, "Give either password or password_hash, not both.")
    if is_imported:
        check_imported_hash(body.password_hash)
        return body.password_hash
    return await hash_password(body.password) if body.password is not None else None


async def _image(call: Call, value: str | None) -> str | None:
    return await store_picture(call.installation, value, folder=IMAGE_FOLDER, allow_http=not call.is_client)


def _view(call: Call, user: UserRecord) -> dict[str, object]:
    config = call.tenancy.config
    return client_user(user, config) if call.is_client else server_user(user, config)
