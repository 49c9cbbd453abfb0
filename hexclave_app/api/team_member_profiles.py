"""Profiles of team members (contract 04, section 3)."""

import uuid

from hexclave_app import errors
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANYONE, Endpoints
from hexclave_app.api.team_schemas import MemberPath, ProfileQuery, ProfileUpdate
from hexclave_app.errors import StatusError
from hexclave_app.services import team_access, team_profiles, teams
from hexclave_app.services.team_profiles import MemberProfile, client_profile, server_profile
from hexclave_app.services.unused_files import store_picture
from hexclave_app.services.users.records import find
from hexclave_app.services.users.views import View

routes = Endpoints("team member profiles")

IMAGE_FOLDER = "team-member-profile-images"
PATH = "/team-member-profiles/{team_id}/{user_id}"


@routes.endpoint("GET", "/team-member-profiles", access=ANYONE, query=ProfileQuery, scans=True)
def list_profiles(call: Call) -> View:
    """List profiles by team, by user, or both; clients need `$read_members` for any but their own."""
    query: ProfileQuery = call.query
    if call.is_client:
        if query.team_id is None:
            raise StatusError(400, "Clients must give the team_id of the profiles.")
        _let_client_read(call, query.team_id, query.user_id)
    else:
        if query.team_id is not None:
            teams.get(call.session, tenancy_id=call.tenancy.id, team_id=query.team_id)
        if query.user_id is not None and not find(call.session, tenancy_id=call.tenancy.id, user_id=query.user_id):
            raise errors.UserNotFound
    profiles = team_profiles.list_all(
        call.session, tenancy_id=call.tenancy.id, team_id=query.team_id, user_id=query.user_id
    )
    return {"items": [_view(call, profile) for profile in profiles], "is_paginated": False}


@routes.endpoint("GET", PATH, access=ANYONE, params=MemberPath, query=ProfileQuery)
def read_profile(call: Call) -> View:
    """Read one profile; clients need `$read_members` for another's."""
    team_id, user_id = call.path.team_id, call.path.user_id
    if call.is_client:
        _let_client_read(call, team_id, user_id)
    profile = team_profiles.get(call.session, tenancy_id=call.tenancy.id, team_id=team_id, user_id=user_id)
    return _view(call, profile)


@routes.endpoint("PATCH", PATH, access=ANYONE, params=MemberPath, body=ProfileUpdate, query=ProfileQuery)
async def update_profile(call: Call) -> View:
    """Update a profile; clients only their own."""
    identity = {"tenancy_id": call.tenancy.id, "team_id": call.path.team_id, "user_id": call.path.user_id}
    if call.is_client and call.current_user().id != call.path.user_id:
        raise StatusError(403, "Clients can change their own profile only.")
    db, changes = call.installation.db, call.body.given()
    if "profile_image_url" in changes:
        await db.read(team_profiles.get, **identity)  # before an image is stored for nothing
        changes["profile_image_url"] = await store_picture(
            call.installation, changes["profile_image_url"], folder=IMAGE_FOLDER, allow_http=True
        )
    return _view(call, await db.run(team_profiles.update, **identity, changes=changes))


def _let_client_read(call: Call, team_id: uuid.UUID, user_id: uuid.UUID | None) -> None:
    is_own = call.current_user().id == user_id
    needs = () if is_own else ("$read_members",)
    team_access.require(call.session, call.authenticated, team_id=team_id, needs=needs)


def _view(call: Call, profile: MemberProfile) -> View:
    return client_profile(profile) if call.is_client else server_profile(profile, call.tenancy.config)
