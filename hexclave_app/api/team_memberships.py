"""Team memberships (contract 04, section 3)."""

from hexclave_app.api.protocol.answers import SUCCESS, Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANYONE, SERVER, Endpoints
from hexclave_app.api.protocol.fields import NoQuery
from hexclave_app.api.team_schemas import MemberPath, NoFields
from hexclave_app.services import team_access, teams
from hexclave_app.services.users.views import View

routes = Endpoints("team memberships")

PATH = "/team-memberships/{team_id}/{user_id}"


@routes.endpoint("POST", PATH, access=SERVER, params=MemberPath, body=NoFields, query=NoQuery, status=201)
def add_member(call: Call) -> View:
    """Add a user to a team with the member defaults."""
    team_id, user_id = call.path.team_id, call.path.user_id
    teams.add_member(call.session, tenancy=call.tenancy, team_id=team_id, user_id=user_id)
    return {"team_id": str(team_id), "user_id": str(user_id)}


@routes.endpoint("DELETE", PATH, access=ANYONE, params=MemberPath, query=NoQuery)
def remove_member(call: Call) -> Answer:
    """Leave a team or remove a member; for others clients need `$remove_members`."""
    team_id, user_id = call.path.team_id, call.path.user_id
    if call.is_client and call.own_user().id != user_id:
        team_access.require(call.session, call.authenticated, team_id=team_id, needs=("$remove_members",))
    teams.remove_member(call.session, tenancy_id=call.tenancy.id, team_id=team_id, user_id=user_id)
    return SUCCESS
