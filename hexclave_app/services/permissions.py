"""Permissions: what is defined in the config, what is granted, and whether X may do Y in Z (contract 04, section 5)."""

import uuid
from collections.abc import Iterable, Mapping

from sqlmodel import Session, col, select

from hexclave_app.config.schema import CompleteConfig
from models import ProjectPermissionGrant, TeamPermissionGrant

SYSTEM_TEAM_PERMISSIONS = (
    "$delete_team",
    "$invite_members",
    "$manage_api_keys",
    "$read_members",
    "$remove_members",
    "$update_team",
)
TEAM_SCOPE = "team"
PROJECT_SCOPE = "project"


def defined_ids(config: CompleteConfig, scope: str) -> set[str]:
    """Ids of the permissions of a scope, system ones included."""
    own = {identifier for identifier, definition in config.rbac.permissions.items() if definition.scope == scope}
    return own | set(SYSTEM_TEAM_PERMISSIONS) if scope == TEAM_SCOPE else own


def default_grants(config: CompleteConfig, which: Mapping[str, bool], scope: str) -> list[str]:
    """The ids of a default set that can be granted; dangling ones are ignored."""
    known = defined_ids(config, scope)
    return sorted(identifier for identifier, is_on in which.items() if is_on and identifier in known)


def closure(config: CompleteConfig, direct: Iterable[str]) -> set[str]:
    """Everything that a set of directly granted permissions contains, transitively; cycles are harmless."""
    found: set[str] = set()
    open_ids = list(direct)
    while open_ids:
        identifier = open_ids.pop()
        if identifier in found:
            continue
        found.add(identifier)
        definition = config.rbac.permissions.get(identifier)
        if definition is not None:
            open_ids.extend(inner for inner, is_on in definition.contained_permission_ids.items() if is_on)
    return found


def has_team_permission(
    session: Session,
    config: CompleteConfig,
    *,
    tenancy_id: uuid.UUID,
    team_id: uuid.UUID,
    user_id: uuid.UUID,
    permission_id: str,
) -> bool:
    """Whether a member may do something in a team, by direct or contained permission."""
    direct = session.exec(
        select(TeamPermissionGrant.permission_id).where(
            col(TeamPermissionGrant.tenancy_id) == tenancy_id,
            col(TeamPermissionGrant.team_id) == team_id,
            col(TeamPermissionGrant.user_id) == user_id,
        )
    ).all()
    known = defined_ids(config, TEAM_SCOPE)
    return permission_id in closure(config, (identifier for identifier in direct if identifier in known))


def grant_in_team(
    session: Session, *, tenancy_id: uuid.UUID, team_id: uuid.UUID, user_id: uuid.UUID, permission_ids: Iterable[str]
) -> None:
    """Grant to a member; what is already granted stays."""
    for identifier in permission_ids:
        grant = TeamPermissionGrant(tenancy_id=tenancy_id, team_id=team_id, user_id=user_id, permission_id=identifier)
        if session.get(TeamPermissionGrant, (tenancy_id, team_id, user_id, identifier)) is None:
            session.add(grant)


def grant_in_project(
    session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, permission_ids: Iterable[str]
) -> None:
    """Grant to a user of the project; what is already granted stays."""
    for identifier in permission_ids:
        if session.get(ProjectPermissionGrant, (tenancy_id, user_id, identifier)) is None:
            session.add(ProjectPermissionGrant(tenancy_id=tenancy_id, user_id=user_id, permission_id=identifier))
