"""Which permissions a project has and what they contain (contract 04, section 5).

Definitions live in the environment override of the config. Every change locks the project and starts from what is
stored then, so that concurrent changes follow one another. A renamed or deleted permission leaves nothing behind:
neither in other definitions, nor in the default permissions, nor in grants.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue
from sqlalchemy import delete as sql_delete
from sqlalchemy import update as sql_update
from sqlmodel import Session, col

from hexclave_app import errors
from hexclave_app.config.ordering import compare_key
from hexclave_app.config.overrides import Level
from hexclave_app.config.rendering import render
from hexclave_app.config.schema import CompleteConfig
from hexclave_app.errors import StatusError
from hexclave_app.services import permissions, project_configs, tenancies
from hexclave_app.services.permissions import TEAM_SCOPE
from hexclave_app.services.tenancies import TenancySnapshot
from models import ProjectPermissionGrant, TeamPermissionGrant

View = dict[str, object]

_SYSTEM_DESCRIPTIONS = {
    "$delete_team": "Delete the team",
    "$invite_members": "Invite other users to the team",
    "$manage_api_keys": "Create, see and revoke API keys of the team",
    "$read_members": "See the other members of the team",
    "$remove_members": "Remove other members and revoke invitations",
    "$update_team": "Change the name, the picture and the metadata of the team",
}
_GRANTS = (TeamPermissionGrant, ProjectPermissionGrant)


@dataclass(frozen=True, slots=True)
class Definition:
    """A permission as its administrators define it."""

    id: str
    description: str | None
    contained_ids: Sequence[str]

    def view(self) -> View:
        """The wire shape; a missing description is left out."""
        result: View = {"id": self.id}
        if self.description is not None:
            result["description"] = self.description
        result["contained_permission_ids"] = sorted(self.contained_ids, key=compare_key)
        return result


def list_all(config: CompleteConfig, scope: str) -> list[Definition]:
    """The definitions of a scope in permission order, with the system ones among those of teams."""
    found = [
        Definition(identifier, definition.description, permissions.contained_ids(config, identifier))
        for identifier, definition in config.rbac.permissions.items()
        if definition.scope == scope
    ]
    if scope == TEAM_SCOPE:
        found += [Definition(identifier, text, ()) for identifier, text in _SYSTEM_DESCRIPTIONS.items()]
    return sorted(found, key=lambda definition: compare_key(definition.id))


def create(session: Session, *, tenancy: TenancySnapshot, scope: str, new: Definition) -> Definition:
    """Define a permission; raises PERMISSION_ID_ALREADY_EXISTS, then CONTAINED_PERMISSION_NOT_FOUND."""
    config = _locked_config(session, tenancy)
    _require_free(config, new.id)
    _require_contained(config, scope, new.contained_ids)
    for table in _GRANTS:  # what a definition removed in the raw config left behind must not come alive
        session.execute(
            sql_delete(table).where(col(table.tenancy_id) == tenancy.id, col(table.permission_id) == new.id)
        )
    _store(session, tenancy, {_key(new.id): _stored(scope, new)})
    return new


def update(
    session: Session, *, tenancy: TenancySnapshot, scope: str, permission_id: str, new: Definition
) -> Definition:
    """Replace a definition as a whole, and rename it when the id differs; a cycle of containment is refused.

    Raises PERMISSION_NOT_FOUND, PERMISSION_ID_ALREADY_EXISTS, CONTAINED_PERMISSION_NOT_FOUND, then a plain 400.
    """
    config = _locked_config(session, tenancy)
    _require_own(config, scope, permission_id)
    is_renamed = new.id != permission_id
    if is_renamed:
        _require_free(config, new.id)
    # Under its new name the permission exists already: containing itself is a cycle, not an unknown id.
    gone = {permission_id} if is_renamed else set()
    _require_contained(config, scope, [inner for inner in new.contained_ids if inner != new.id], except_ids=gone)
    if new.id in new.contained_ids or permission_id in permissions.closure(config, new.contained_ids, scope):
        raise StatusError(400, f'The permission "{new.id}" would contain itself.')
    changes = {_key(new.id): _stored(scope, new)}
    if is_renamed:
        changes |= _mentions(config, permission_id, new.id)
        for table in _GRANTS:
            mine = sql_delete(table).where(col(table.tenancy_id) == tenancy.id, col(table.permission_id) == new.id)
            session.execute(mine)
            session.execute(
                sql_update(table)
                .where(col(table.tenancy_id) == tenancy.id, col(table.permission_id) == permission_id)
                .values(permission_id=new.id)
                .execution_options(synchronize_session=False)
            )
        session.expire_all()
    _store(session, tenancy, changes, removed=permission_id if is_renamed else None)
    return new


def delete(session: Session, *, tenancy: TenancySnapshot, scope: str, permission_id: str) -> None:
    """Remove a definition and everything that mentions it; raises PERMISSION_NOT_FOUND."""
    config = _locked_config(session, tenancy)
    _require_own(config, scope, permission_id)
    for table in _GRANTS:
        session.execute(
            sql_delete(table).where(col(table.tenancy_id) == tenancy.id, col(table.permission_id) == permission_id)
        )
    _store(session, tenancy, _mentions(config, permission_id, None), removed=permission_id)


def _locked_config(session: Session, tenancy: TenancySnapshot) -> CompleteConfig:
    project_configs.lock_project(session, tenancy.project_id)
    return tenancies.load(session, tenancy.project_id, tenancy.branch_id).config


def _require_free(config: CompleteConfig, permission_id: str) -> None:
    if permission_id in config.rbac.permissions:
        raise errors.PermissionIdAlreadyExists(permission_id=permission_id)


def _require_own(config: CompleteConfig, scope: str, permission_id: str) -> None:
    definition = config.rbac.permissions.get(permission_id)
    if definition is None or definition.scope != scope:
        raise errors.PermissionNotFound(permission_id=permission_id)


def _require_contained(
    config: CompleteConfig, scope: str, contained_ids: Sequence[str], *, except_ids: Collection[str] = ()
) -> None:
    for identifier in contained_ids:
        if identifier in except_ids or not permissions.is_defined(config, identifier, scope):
            raise errors.ContainedPermissionNotFound(permission_id=identifier)


def _mentions(config: CompleteConfig, old_id: str, new_id: str | None) -> dict[str, JsonValue]:
    """Config keys with everything that mentions a permission, rewritten to its new id or without it."""
    changes: dict[str, JsonValue] = {}
    for identifier, definition in config.rbac.permissions.items():
        if old_id in definition.contained_permission_ids and identifier != old_id:
            stored = definition.model_dump(mode="json", by_alias=True, exclude_none=True)
            stored["containedPermissionIds"] = _replaced(definition.contained_permission_ids, old_id, new_id)
            changes[_key(identifier)] = stored
    defaults = config.rbac.default_permissions
    for name, ids in (
        ("teamCreator", defaults.team_creator),
        ("teamMember", defaults.team_member),
        ("signUp", defaults.sign_up),
    ):
        if old_id in ids:
            changes[f"rbac.defaultPermissions.{name}"] = _replaced(ids, old_id, new_id)
    return changes


def _replaced(ids: Mapping[str, bool], old_id: str, new_id: str | None) -> JsonValue:
    renamed = {(new_id if identifier == old_id else identifier): is_on for identifier, is_on in ids.items()}
    return {identifier: is_on for identifier, is_on in renamed.items() if identifier is not None}


def _store(
    session: Session, tenancy: TenancySnapshot, changes: dict[str, JsonValue], *, removed: str | None = None
) -> None:
    project_id, branch_id, level = tenancy.project_id, tenancy.branch_id, Level.ENVIRONMENT
    if removed is not None:
        project_configs.reset(session, project_id=project_id, level=level, keys=[_key(removed)], branch_id=branch_id)
        stored = tenancies.stored_overrides(session, project_id, branch_id)
        if removed in render(stored["project"], stored["branch"], stored["environment"]).rbac.permissions:
            changes = {**changes, _key(removed): None}  # defined further below, where only a push can change it
    if changes:
        project_configs.patch(session, project_id=project_id, level=level, config=changes, branch_id=branch_id)


def _stored(scope: str, definition: Definition) -> JsonValue:
    stored: dict[str, JsonValue] = {
        "scope": scope,
        "containedPermissionIds": dict.fromkeys(definition.contained_ids, True),
    }
    if definition.description is not None:
        stored["description"] = definition.description
    return stored


def _key(permission_id: str) -> str:
    return f"rbac.permissions.{permission_id}"
