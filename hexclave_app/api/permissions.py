"""Who holds which permission (contract 04, section 5)."""

from collections.abc import Sequence

from hexclave_app.api.permission_schemas import ProjectGrantPath, ProjectGrantQuery, TeamGrantPath, TeamGrantQuery
from hexclave_app.api.protocol.answers import SUCCESS, Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANYONE, SERVER, Endpoints
from hexclave_app.api.team_schemas import NoFields
from hexclave_app.services import permission_grants
from hexclave_app.services.permission_grants import GrantQuery, Held, Holder, View

routes = Endpoints("permissions")

_TEAM = "/team-permissions/{team_id}/{user_id}/{permission_id}"
_PROJECT = "/project-permissions/{user_id}/{permission_id}"
_OWN_ONLY = "Clients can list their own permissions only: user_id must be `me`."


@routes.endpoint("GET", "/team-permissions", access=ANYONE, query=TeamGrantQuery, scans=True)
def list_team_permissions(call: Call) -> View:
    """List permissions in teams; clients only their own."""
    query: TeamGrantQuery = call.query
    call.check_own(query.user_id, _OWN_ONLY)
    asked = GrantQuery(
        team_id=query.team_id,
        user_id=query.user_id,
        permission_id=query.permission_id,
        recursive=query.recursive == "true",
    )
    return _list(permission_grants.list_in_teams(call.session, tenancy=call.tenancy, query=asked))


@routes.endpoint("POST", _TEAM, access=SERVER, params=TeamGrantPath, body=NoFields, query=TeamGrantQuery, status=201)
def grant_team_permission(call: Call) -> View:
    """Grant a team permission to a member."""
    return permission_grants.grant(
        call.session, tenancy=call.tenancy, holder=_holder(call), permission_id=call.path.permission_id
    ).view()


@routes.endpoint("DELETE", _TEAM, access=SERVER, params=TeamGrantPath, query=TeamGrantQuery)
def revoke_team_permission(call: Call) -> Answer:
    """Take a direct team permission back."""
    return _revoke(call)


@routes.endpoint("GET", "/project-permissions", access=ANYONE, query=ProjectGrantQuery, scans=True)
def list_project_permissions(call: Call) -> View:
    """List permissions in the project; clients only their own."""
    query: ProjectGrantQuery = call.query
    call.check_own(query.user_id, _OWN_ONLY)
    asked = GrantQuery(user_id=query.user_id, permission_id=query.permission_id, recursive=query.recursive == "true")
    return _list(permission_grants.list_in_project(call.session, tenancy=call.tenancy, query=asked))


@routes.endpoint(
    "POST", _PROJECT, access=SERVER, params=ProjectGrantPath, body=NoFields, query=ProjectGrantQuery, status=201
)
def grant_project_permission(call: Call) -> View:
    """Grant a project permission to a user."""
    return permission_grants.grant(
        call.session, tenancy=call.tenancy, holder=_holder(call), permission_id=call.path.permission_id
    ).view()


@routes.endpoint("DELETE", _PROJECT, access=SERVER, params=ProjectGrantPath, query=ProjectGrantQuery)
def revoke_project_permission(call: Call) -> Answer:
    """Take a direct project permission back."""
    return _revoke(call)


def _holder(call: Call) -> Holder:
    return Holder(call.path.user_id, getattr(call.path, "team_id", None))


def _revoke(call: Call) -> Answer:
    permission_grants.revoke(
        call.session, tenancy_id=call.tenancy.id, holder=_holder(call), permission_id=call.path.permission_id
    )
    return SUCCESS


def _list(found: Sequence[Held]) -> View:
    return {"items": [held.view() for held in found], "is_paginated": False}
