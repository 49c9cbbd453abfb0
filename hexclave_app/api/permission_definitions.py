"""Definitions of team and project permissions (contract 04, section 5)."""

from hexclave_app.api.permission_schemas import DefinitionCreate, DefinitionPath, DefinitionQuery, DefinitionUpdate
from hexclave_app.api.protocol.answers import SUCCESS, Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ADMIN, Endpoints
from hexclave_app.api.protocol.fields import NoQuery
from hexclave_app.config.ordering import compare_key
from hexclave_app.services import permission_definitions
from hexclave_app.services.permission_definitions import Definition, View
from hexclave_app.services.permissions import PROJECT_SCOPE, TEAM_SCOPE

routes = Endpoints("permission definitions")

_TEAM, _PROJECT = "/team-permission-definitions", "/project-permission-definitions"


@routes.endpoint("GET", _TEAM, access=ADMIN, query=DefinitionQuery)
def list_team_definitions(call: Call) -> View:
    """List team permissions, the system ones included; pages and search are optional."""
    query: DefinitionQuery = call.query
    found = permission_definitions.list_all(call.tenancy.config, TEAM_SCOPE)
    if query.query:
        wanted = query.query.strip().casefold()
        found = [one for one in found if wanted in one.id or wanted in (one.description or "").casefold()]
    if query.cursor is not None:
        start = compare_key(query.cursor)
        found = [one for one in found if compare_key(one.id) >= start]
    if query.limit is None and query.cursor is None:
        return _list(found)
    limit = query.limit if query.limit is not None else len(found)
    rest = found[limit:]
    return {
        "items": [one.view() for one in found[:limit]],
        "is_paginated": True,
        "pagination": {"next_cursor": rest[0].id if rest else None},
    }


@routes.endpoint("POST", _TEAM, access=ADMIN, body=DefinitionCreate, query=DefinitionQuery, status=201)
def create_team_definition(call: Call) -> View:
    """Define a team permission."""
    return _create(call, TEAM_SCOPE)


@routes.endpoint(
    "PATCH",
    _TEAM + "/{permission_id}",
    access=ADMIN,
    params=DefinitionPath,
    body=DefinitionUpdate,
    query=DefinitionQuery,
)
def update_team_definition(call: Call) -> View:
    """Replace or rename a team permission."""
    return _update(call, TEAM_SCOPE)


@routes.endpoint("DELETE", _TEAM + "/{permission_id}", access=ADMIN, params=DefinitionPath, query=DefinitionQuery)
def delete_team_definition(call: Call) -> Answer:
    """Delete a team permission with everything that mentions it."""
    return _delete(call, TEAM_SCOPE)


@routes.endpoint("GET", _PROJECT, access=ADMIN, query=NoQuery)
def list_project_definitions(call: Call) -> View:
    """List project permissions."""
    return _list(permission_definitions.list_all(call.tenancy.config, PROJECT_SCOPE))


@routes.endpoint("POST", _PROJECT, access=ADMIN, body=DefinitionCreate, query=NoQuery, status=201)
def create_project_definition(call: Call) -> View:
    """Define a project permission."""
    return _create(call, PROJECT_SCOPE)


@routes.endpoint(
    "PATCH", _PROJECT + "/{permission_id}", access=ADMIN, params=DefinitionPath, body=DefinitionUpdate, query=NoQuery
)
def update_project_definition(call: Call) -> View:
    """Replace or rename a project permission."""
    return _update(call, PROJECT_SCOPE)


@routes.endpoint("DELETE", _PROJECT + "/{permission_id}", access=ADMIN, params=DefinitionPath, query=NoQuery)
def delete_project_definition(call: Call) -> Answer:
    """Delete a project permission with everything that mentions it."""
    return _delete(call, PROJECT_SCOPE)


def _list(definitions: list[Definition]) -> View:
    return {"items": [one.view() for one in definitions], "is_paginated": False}


def _create(call: Call, scope: str) -> View:
    body: DefinitionCreate = call.body
    new = Definition(body.id, body.description, body.contained_permission_ids)
    return permission_definitions.create(call.session, tenancy=call.tenancy, scope=scope, new=new).view()


def _update(call: Call, scope: str) -> View:
    body: DefinitionUpdate = call.body
    old_id: str = call.path.permission_id
    new = Definition(body.id if body.id is not None else old_id, body.description, body.contained_permission_ids)
    return permission_definitions.update(
        call.session, tenancy=call.tenancy, scope=scope, permission_id=old_id, new=new
    ).view()


def _delete(call: Call, scope: str) -> Answer:
    permission_definitions.delete(
        call.session, tenancy=call.tenancy, scope=scope, permission_id=call.path.permission_id
    )
    return SUCCESS
