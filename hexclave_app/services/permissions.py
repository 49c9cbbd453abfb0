"""Permissions: what is defined in the config, what is granted, and whether X may do Y in Z (contract 04, section 5)."""

import uuid
from collections import deque
from collections.abc import Collection, Iterable, Mapping

from sqlmodel import Session, col, select

from hexclave_app.config.schema import CompleteConfig
from hexclave_app.services.inserts import insert_if_absent
from models import ProjectPermissionGrant, TeamPermissionGrant
from models.base import utc_now

SYSTEM_TEAM_PERMISSIONS = (
    "$delete_team",
    "$invite_members",
    "$manage_api_keys",
    "$read_members",
    "$remove_members",
    "$update_team",
)
_SYSTEM = frozenset(SYSTEM_TEAM_PERMISSIONS)
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


def is_defined(config: CompleteConfig, permission_id: str, scope: str) -> bool:
    """Whether a scope has the permission; dangling ids in grants and containments count for nothing."""
    if permission_id in SYSTEM_TEAM_PERMISSIONS:
        return scope == TEAM_SCOPE
    definition = config.rbac.permissions.get(permission_id)
    return definition is not None and definition.scope == scope


def contained_ids(config: CompleteConfig, permission_id: str) -> list[str]:
    """What a permission contains directly."""
    definition = config.rbac.permissions.get(permission_id)
    return [inner for inner, is_on in definition.contained_permission_ids.items() if is_on] if definition else []


def closure(config: CompleteConfig, direct: Iterable[str], scope: str) -> set[str]:
    """Everything that a set of directly granted permissions contains, transitively; cycles are harmless."""
    return set(_origins(config, direct, scope))


def chain(config: CompleteConfig, direct: Iterable[str], permission_id: str, scope: str) -> list[str]:
    """A shortest way of containment from a direct grant (first) to a permission (last); empty when there is none."""
    origins = _origins(config, direct, scope, until=permission_id)
    if permission_id not in origins:
        return []
    way: list[str] = []
    step: str | None = permission_id
    while step is not None:
        way.append(step)
        step = origins[step]
    return way[::-1]


def _origins(
    config: CompleteConfig, direct: Iterable[str], scope: str, *, until: str | None = None
) -> dict[str, str | None]:
    """Every reachable permission with the one that it was first reached from, nearest first."""
    own = config.rbac.permissions
    system: Collection[str] = _SYSTEM if scope == TEAM_SCOPE else ()
    origins: dict[str, str | None] = {
        identifier: None for identifier in direct if is_defined(config, identifier, scope)
    }
    queue = deque(origins)
    while queue and until not in origins:
        container = queue.popleft()
        if container in system:
            continue
        for inner, is_on in own[container].contained_permission_ids.items():
            if not is_on or inner in origins:
                continue
            definition = own.get(inner)
            if inner in system or (definition is not None and definition.scope == scope):
                origins[inner] = container
                queue.append(inner)
    return origins


def explain(
    session: Session,
    config: CompleteConfig,
    *,
    tenancy_id: uuid.UUID,
    user_id: uuid.UUID,
    permission_id: str,
    team_id: uuid.UUID | None = None,
) -> list[str]:
    """Why a user may do something in a team (or, without one, in the project): the chain from the direct grant.

    Empty when the user may not. This is the one answer to "may X do Y in Z"; everything else asks it.
    """
    if team_id is None:
        project = ProjectPermissionGrant
        direct = session.exec(
            select(project.permission_id).where(col(project.tenancy_id) == tenancy_id, col(project.user_id) == user_id)
        ).all()
        return chain(config, direct, permission_id, PROJECT_SCOPE)
    team = TeamPermissionGrant
    direct = session.exec(
        select(team.permission_id).where(
            col(team.tenancy_id) == tenancy_id, col(team.team_id) == team_id, col(team.user_id) == user_id
        )
    ).all()
    return chain(config, direct, permission_id, TEAM_SCOPE)


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
    return bool(
        explain(session, config, tenancy_id=tenancy_id, user_id=user_id, permission_id=permission_id, team_id=team_id)
    )


def grant_in_team(
    session: Session, *, tenancy_id: uuid.UUID, team_id: uuid.UUID, user_id: uuid.UUID, permission_ids: Iterable[str]
) -> None:
    """Grant to a member; what is already granted stays."""
    identity = {"tenancy_id": tenancy_id, "team_id": team_id, "user_id": user_id}
    for identifier in permission_ids:
        values = {**identity, "permission_id": identifier, "created_at": utc_now()}
        insert_if_absent(session, TeamPermissionGrant, values)


def grant_in_project(
    session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, permission_ids: Iterable[str]
) -> None:
    """Grant to a user of the project; what is already granted stays."""
    for identifier in permission_ids:
        values = {"tenancy_id": tenancy_id, "user_id": user_id, "permission_id": identifier, "created_at": utc_now()}
        insert_if_absent(session, ProjectPermissionGrant, values)
