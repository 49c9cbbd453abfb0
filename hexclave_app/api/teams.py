"""Teams (contract 04, section 3)."""

import uuid

from sqlmodel import Session

from hexclave_app.api.protocol.answers import SUCCESS, Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANYONE, Endpoints
from hexclave_app.api.team_schemas import (
    ClientTeamCreate,
    ClientTeamUpdate,
    ServerTeamCreate,
    ServerTeamUpdate,
    TeamPath,
    TeamQueryParameters,
)
from hexclave_app.errors import StatusError
from hexclave_app.services import team_access, team_listing, teams
from hexclave_app.services.callers import AccessType
from hexclave_app.services.team_listing import TeamQuery
from hexclave_app.services.teams import TeamDetails
from hexclave_app.services.unused_files import store_picture
from hexclave_app.services.users.views import View, client_team, server_team
from models import Team
from models.base import JsonValue

routes = Endpoints("teams")

IMAGE_FOLDER = "team-profile-images"


@routes.endpoint("GET", "/teams", access=ANYONE, query=TeamQueryParameters, scans=True)
def list_teams(call: Call) -> View:
    """List teams: of the project, or of one user; clients only their own."""
    query: TeamQueryParameters = call.query
    call.check_own(query.user_id, "Clients can list their own teams only: user_id must be `me`.")
    page = team_listing.list_page(
        call.session,
        tenancy_id=call.tenancy.id,
        query=TeamQuery(
            member_id=query.user_id,
            search=query.query,
            descending=query.desc == "true",
            cursor=query.cursor,
            limit=query.limit,
        ),
    )
    answer: View = {"items": [_view(call, team) for team in page.items], "is_paginated": False}
    if query.limit is not None or query.cursor is not None:
        answer["is_paginated"] = True
        answer["pagination"] = {"next_cursor": str(page.next_cursor) if page.next_cursor else None}
    return answer


@routes.endpoint(
    "POST",
    "/teams",
    access=ANYONE,
    body={AccessType.CLIENT: ClientTeamCreate, AccessType.SERVER: ServerTeamCreate},
    query=TeamQueryParameters,
    status=201,
)
async def create_team(call: Call) -> View:
    """Create a team; a creator joins it with the creator defaults."""
    body: ClientTeamCreate = call.body
    if call.is_client:
        call.current_user()
        if not call.tenancy.config.teams.allow_client_team_creation:
            raise StatusError(403, "Creating teams is not enabled for the users of this project.")
    details = TeamDetails(
        profile_image_url=await _image(call, body.profile_image_url),
        client_metadata=body.client_metadata,
        client_read_only_metadata=getattr(body, "client_read_only_metadata", None),
        server_metadata=getattr(body, "server_metadata", None),
    )
    team = await call.installation.db.run(
        teams.create,
        tenancy=call.tenancy,
        display_name=body.display_name,
        creator_id=_creator_id(call),
        details=details,
    )
    return _view(call, team)


@routes.endpoint("GET", "/teams/{team_id}", access=ANYONE, params=TeamPath, query=TeamQueryParameters)
def read_team(call: Call) -> View:
    """Read a team; clients must be members."""
    team_access.require(call.session, call.authenticated, team_id=call.path.team_id)
    return _view(call, teams.get(call.session, tenancy_id=call.tenancy.id, team_id=call.path.team_id))


@routes.endpoint(
    "PATCH",
    "/teams/{team_id}",
    access=ANYONE,
    params=TeamPath,
    body={AccessType.CLIENT: ClientTeamUpdate, AccessType.SERVER: ServerTeamUpdate},
    query=TeamQueryParameters,
)
async def update_team(call: Call) -> View:
    """Update a team; clients need `$update_team`."""
    db, team_id, changes = call.installation.db, call.path.team_id, call.body.given()
    if "profile_image_url" in changes:
        await db.read(_require_update, call, team_id)  # before an image is stored for nothing
        changes["profile_image_url"] = await _image(call, changes["profile_image_url"])
    return _view(call, await db.run(_update, call, team_id, changes))


@routes.endpoint("DELETE", "/teams/{team_id}", access=ANYONE, params=TeamPath, query=TeamQueryParameters)
def delete_team(call: Call) -> Answer:
    """Delete a team; clients need `$delete_team`."""
    team_id = call.path.team_id
    team_access.require(call.session, call.authenticated, team_id=team_id, needs=("$delete_team",))
    teams.delete(call.session, tenancy_id=call.tenancy.id, team_id=team_id)
    return SUCCESS


def _creator_id(call: Call) -> uuid.UUID | None:
    creator_id: uuid.UUID | None = call.body.creator_user_id
    if call.query.add_current_user == "true":
        if creator_id is not None:
            raise StatusError(400, "Give either add_current_user or creator_user_id, not both.")
        if call.authenticated.user is None:
            raise StatusError(401, "add_current_user needs a signed-in user.")
        return call.authenticated.user.id
    if not call.is_client:
        return creator_id
    own_id = call.current_user().id
    if creator_id not in (None, own_id):
        raise StatusError(403, "Clients can create teams for themselves only.")
    return own_id


def _require_update(session: Session, call: Call, team_id: uuid.UUID) -> None:
    team_access.require(session, call.authenticated, team_id=team_id, needs=("$update_team",))


def _update(session: Session, call: Call, team_id: uuid.UUID, changes: dict[str, JsonValue]) -> Team:
    _require_update(session, call, team_id)
    return teams.update(session, tenancy_id=call.tenancy.id, team_id=team_id, changes=changes)


async def _image(call: Call, value: str | None) -> str | None:
    return await store_picture(call.installation, value, folder=IMAGE_FOLDER, allow_http=not call.is_client)


def _view(call: Call, team: Team) -> View:
    return client_team(team) if call.is_client else server_team(team)
