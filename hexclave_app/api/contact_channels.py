"""Contact channels: the e-mail addresses of users, and proving them (contract 03, section 12)."""

from collections.abc import Mapping

from hexclave_app import errors
from hexclave_app.api.auth_passwords import CODE_IS_VALID, sign_in_context
from hexclave_app.api.auth_schemas import CodeOnly
from hexclave_app.api.contact_channel_schemas import (
    ChannelCreate,
    ChannelPath,
    ChannelQuery,
    ChannelUpdate,
    PrimaryVerificationRequest,
    ServerChannelCreate,
    ServerChannelUpdate,
    VerificationRequest,
)
from hexclave_app.api.protocol.answers import SUCCESS, Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANY_USER, ANYONE, Endpoints
from hexclave_app.api.protocol.fields import Schema
from hexclave_app.errors import StatusError
from hexclave_app.services import contact_channel_changes, contact_channels, email_verification, limits
from hexclave_app.services.callers import AccessType
from hexclave_app.services.contact_channel_changes import NewChannel
from hexclave_app.services.users.records import find
from models import ContactChannel

routes = Endpoints("contact channels")

_CREATE: Mapping[AccessType, type[Schema]] = {AccessType.CLIENT: ChannelCreate, AccessType.SERVER: ServerChannelCreate}
_UPDATE: Mapping[AccessType, type[Schema]] = {AccessType.CLIENT: ChannelUpdate, AccessType.SERVER: ServerChannelUpdate}
_FOREIGN = "Clients can only reach the contact channels of their own user."
_ONE = "/contact-channels/{user_id}/{contact_channel_id}"


@routes.endpoint("GET", "/contact-channels", access=ANYONE, query=ChannelQuery, scans=True)
def list_channels(call: Call) -> dict[str, object]:
    """List contact channels."""
    query: ChannelQuery = call.query
    call.check_own(query.user_id, _FOREIGN)
    channels = contact_channel_changes.list_channels(
        call.session, tenancy_id=call.tenancy.id, user_id=query.user_id, channel_id=query.contact_channel_id
    )
    return {"items": [_view(channel) for channel in channels], "is_paginated": False}


@routes.endpoint("POST", "/contact-channels", access=ANYONE, body=_CREATE, query=ChannelQuery, status=201)
def create(call: Call) -> dict[str, object]:
    """Add a contact channel."""
    body: ChannelCreate = call.body
    call.check_own(body.user_id, _FOREIGN)
    new = NewChannel(
        value=body.value,
        used_for_auth=body.used_for_auth,
        is_primary=body.is_primary,
        is_verified=isinstance(body, ServerChannelCreate) and body.is_verified,
    )
    return _view(
        contact_channel_changes.create(call.session, tenancy_id=call.tenancy.id, user_id=body.user_id, new=new)
    )


@routes.endpoint("GET", _ONE, access=ANYONE, params=ChannelPath, query=ChannelQuery)
def read(call: Call) -> dict[str, object]:
    """Read one contact channel."""
    path: ChannelPath = call.path
    call.check_own(path.user_id, _FOREIGN)
    channel = contact_channels.find(
        call.session, tenancy_id=call.tenancy.id, user_id=path.user_id, channel_id=path.contact_channel_id
    )
    if channel is None:
        raise StatusError(404, "Contact channel not found.")
    return _view(channel)


@routes.endpoint("PATCH", _ONE, access=ANYONE, params=ChannelPath, body=_UPDATE, query=ChannelQuery)
def update(call: Call) -> dict[str, object]:
    """Update value, auth use, primary flag (server: verified)."""
    path: ChannelPath = call.path
    call.check_own(path.user_id, _FOREIGN)
    return _view(
        contact_channel_changes.update(
            call.session,
            tenancy_id=call.tenancy.id,
            user_id=path.user_id,
            channel_id=path.contact_channel_id,
            changes=call.body.given(),
        )
    )


@routes.endpoint("DELETE", _ONE, access=ANYONE, params=ChannelPath, query=ChannelQuery)
def delete(call: Call) -> Answer:
    """Delete a contact channel."""
    path: ChannelPath = call.path
    call.check_own(path.user_id, _FOREIGN)
    contact_channel_changes.delete(
        call.session, tenancy_id=call.tenancy.id, user_id=path.user_id, channel_id=path.contact_channel_id
    )
    return SUCCESS


@routes.endpoint("POST", f"{_ONE}/send-verification-code", access=ANYONE, params=ChannelPath, body=VerificationRequest)
async def send_verification_code(call: Call) -> Answer:
    """Send a verification mail for a channel."""
    path: ChannelPath = call.path
    if call.is_client:
        if call.own_user().id != path.user_id:
            raise StatusError(400, "Clients can only verify the contact channels of their own user.")
    elif await call.installation.db.read(find, tenancy_id=call.tenancy.id, user_id=path.user_id) is None:
        raise errors.UserIdDoesNotExist(user_id=str(path.user_id))
    context = sign_in_context(call)
    await limits.mail(context, recipient=path.user_id)
    await call.installation.db.run(
        email_verification.send,
        context,
        user_id=path.user_id,
        channel_id=path.contact_channel_id,
        callback_url=call.body.callback_url,
    )
    return SUCCESS


@routes.endpoint("POST", "/contact-channels/send-verification-code", access=ANY_USER, body=PrimaryVerificationRequest)
async def send_primary_verification_code(call: Call) -> Answer:
    """Deprecated: send a verification mail for the primary e-mail."""
    body: PrimaryVerificationRequest = call.body
    context, user_id = sign_in_context(call), call.current_user().id
    await limits.mail(context, recipient=user_id)
    await call.installation.db.run(
        email_verification.send_to_primary, context, user_id=user_id, email=body.email, callback_url=body.callback_url
    )
    return SUCCESS


@routes.endpoint("POST", "/contact-channels/verify", access=ANYONE, body=CodeOnly)
async def verify(call: Call) -> Answer:
    """Verify an e-mail with a code."""
    await email_verification.verify(sign_in_context(call), code=call.body.code)
    return SUCCESS


@routes.endpoint("POST", "/contact-channels/verify/check-code", access=ANYONE, body=CodeOnly)
async def check_code(call: Call) -> Answer:
    """Check a verification code without using it."""
    await email_verification.check_code(sign_in_context(call), code=call.body.code)
    return CODE_IS_VALID


def _view(channel: ContactChannel) -> dict[str, object]:
    return {
        "user_id": str(channel.user_id),
        "id": str(channel.id),
        "type": channel.type,
        "value": channel.value,
        "is_primary": bool(channel.is_primary),
        "is_verified": channel.is_verified,
        "used_for_auth": bool(channel.used_for_auth),
    }
