"""Team invitations (contract 04, section 4)."""

from hexclave_app.api.auth_passwords import sign_in_context
from hexclave_app.api.auth_schemas import CodeOnly
from hexclave_app.api.contact_channel_schemas import Address
from hexclave_app.api.protocol.answers import SUCCESS, Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANYONE, Endpoints
from hexclave_app.api.protocol.fields import (
    NoQuery,
    OptionalUserIdOrMe,
    OptionalUuid,
    Schema,
    Url,
    UserIdOrMe,
    Uuid,
)
from hexclave_app.errors import StatusError
from hexclave_app.services import code_redemption, limits, team_invitations
from hexclave_app.services.code_redemption import SubmittedCode
from hexclave_app.services.team_invitations import InvitationRequest, View
from models import VerificationCodeType

routes = Endpoints("team invitations")


class InvitationSend(Schema):
    """Whom to invite, where to, and which page the mailed link opens."""

    team_id: Uuid
    email: Address
    callback_url: Url


class InvitationQuery(Schema):
    """The invitations of a team, or those for a user."""

    team_id: OptionalUuid = None
    user_id: OptionalUserIdOrMe = None


class AcceptQuery(Schema):
    """Who accepts."""

    user_id: UserIdOrMe


class InvitationPath(Schema):
    """Which invitation."""

    id: Uuid


@routes.endpoint("POST", "/team-invitations/send-code", access=ANYONE, body=InvitationSend, query=NoQuery)
async def send_invitation(call: Call) -> View:
    """Mail an invitation; clients need `$invite_members`."""
    body: InvitationSend = call.body
    if call.authenticated.user is not None:  # who is not signed in gets no further anyway
        await limits.mail(sign_in_context(call), recipient=body.email)
    invitation_id = await call.installation.db.run(
        team_invitations.send,
        installation=call.installation,
        caller=call.authenticated,
        request=InvitationRequest(team_id=body.team_id, email=body.email, callback_url=body.callback_url),
        now=call.now,
    )
    return {"success": True, "id": str(invitation_id)}


@routes.endpoint("POST", "/team-invitations/accept", access=ANYONE, body=CodeOnly, query=NoQuery)
async def accept_invitation(call: Call) -> View:
    """Accept an invitation by its code."""
    submitted = await _submit(call)
    await call.installation.db.run(
        team_invitations.accept,
        submitted,
        caller=call.authenticated,
        seats=call.installation.settings.dashboard_seats,
    )
    return {}


@routes.endpoint("POST", "/team-invitations/accept/check-code", access=ANYONE, body=CodeOnly, query=NoQuery)
async def check_invitation(call: Call) -> View:
    """Check the code of an invitation; nobody has to be signed in."""
    submitted = await _submit(call)
    await call.installation.db.read(code_redemption.require_valid, submitted)
    return {"is_code_valid": True}


@routes.endpoint("POST", "/team-invitations/accept/details", access=ANYONE, body=CodeOnly, query=NoQuery)
async def describe_invitation(call: Call) -> View:
    """Tell the invited user the team behind a code."""
    submitted = await _submit(call)
    team = await call.installation.db.read(team_invitations.describe, submitted, caller=call.authenticated)
    return {"team_id": str(team.id), "team_display_name": team.display_name}


@routes.endpoint("GET", "/team-invitations", access=ANYONE, query=InvitationQuery, scans=True)
def list_invitations(call: Call) -> View:
    """List pending invitations of a team, or those for a user's verified addresses."""
    query: InvitationQuery = call.query
    if query.team_id is not None and query.user_id is None:
        items = team_invitations.list_of_team(
            call.session, caller=call.authenticated, team_id=query.team_id, now=call.now
        )
    elif query.user_id is not None and query.team_id is None:
        items = team_invitations.list_for_user(
            call.session, caller=call.authenticated, user_id=query.user_id, now=call.now
        )
    else:
        raise StatusError(400, "Give either team_id or user_id.")
    return {"items": items, "is_paginated": False}


@routes.endpoint("POST", "/team-invitations/{id}/accept", access=ANYONE, params=InvitationPath, query=AcceptQuery)
def accept_invitation_by_id(call: Call) -> View:
    """Accept an invitation for a user with the invited, verified address."""
    team_invitations.accept_by_id(
        call.session,
        caller=call.authenticated,
        invitation_id=call.path.id,
        user_id=call.query.user_id,
        seats=call.installation.settings.dashboard_seats,
        now=call.now,
    )
    return {}


@routes.endpoint("DELETE", "/team-invitations/{id}", access=ANYONE, params=InvitationPath, query=InvitationQuery)
def revoke_invitation(call: Call) -> Answer:
    """Take an invitation back; clients need `$remove_members`."""
    if call.query.team_id is None:
        raise StatusError(400, "Give the team_id of the invitation.")
    team_invitations.revoke(
        call.session, caller=call.authenticated, invitation_id=call.path.id, team_id=call.query.team_id
    )
    return SUCCESS


async def _submit(call: Call) -> SubmittedCode:
    return await code_redemption.submit(
        call.installation.db,
        tenancy_id=call.tenancy.id,
        type=VerificationCodeType.TEAM_INVITATION,
        code=call.body.code,
        now=call.now,
    )
