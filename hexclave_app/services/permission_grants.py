"""Who holds which permission: granting, revoking, listing (contract 04, section 5)."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.config.ordering import compare_key
from hexclave_app.config.schema import CompleteConfig
from hexclave_app.services import locks, permissions, webhooks
from hexclave_app.services.permissions import PROJECT_SCOPE, TEAM_SCOPE
from hexclave_app.services.tenancies import TenancySnapshot
from models import ProjectPermissionGrant, TeamPermissionGrant

View = dict[str, object]


@dataclass(frozen=True, slots=True)
class Holder:
    """A user in a team, or (without one) in the whole project."""

    user_id: uuid.UUID
    team_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """One permission of one holder, direct or contained."""

    holder: Holder
    permission_id: str

    def view(self) -> View:
        """The wire shape, also of webhook payloads."""
        result: View = {"id": self.permission_id, "user_id": str(self.holder.user_id)}
        if self.holder.team_id is not None:
            result["team_id"] = str(self.holder.team_id)
        return result


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantQuery:
    """Which permissions of whom; `recursive` adds what the direct ones contain."""

    team_id: uuid.UUID | None = None
    user_id: uuid.UUID | None = None
    permission_id: str | None = None
    recursive: bool = False


def list_in_teams(session: Session, *, tenancy: TenancySnapshot, query: GrantQuery) -> Sequence[Held]:
    """Permissions in teams, by team, user and permission id; unknown teams and users have none."""
    table = TeamPermissionGrant
    statement = select(table.user_id, table.team_id, table.permission_id).where(col(table.tenancy_id) == tenancy.id)
    if query.team_id is not None:
        statement = statement.where(col(table.team_id) == query.team_id)
    if query.user_id is not None:
        statement = statement.where(col(table.user_id) == query.user_id)
    direct = [(Holder(user_id, team_id), granted) for user_id, team_id, granted in session.exec(statement)]
    return _held(tenancy.config, direct, TEAM_SCOPE, query)


def list_in_project(session: Session, *, tenancy: TenancySnapshot, query: GrantQuery) -> Sequence[Held]:
    """Permissions in the project, by user and permission id; unknown users have none."""
    table = ProjectPermissionGrant
    statement = select(table.user_id, table.permission_id).where(col(table.tenancy_id) == tenancy.id)
    if query.user_id is not None:
        statement = statement.where(col(table.user_id) == query.user_id)
    direct = [(Holder(user_id), granted) for user_id, granted in session.exec(statement)]
    return _held(tenancy.config, direct, PROJECT_SCOPE, query)


def grant(session: Session, *, tenancy: TenancySnapshot, holder: Holder, permission_id: str) -> Held:
    """Grant directly; again is the same, and is told again.

    Raises USER_NOT_FOUND, TEAM_MEMBERSHIP_NOT_FOUND, PERMISSION_NOT_FOUND, WRONG_PERMISSION_SCOPE, in this order.
    """
    locks.keep_user(session, tenancy_id=tenancy.id, user_id=holder.user_id)
    identity = {"tenancy_id": tenancy.id, "user_id": holder.user_id}
    if holder.team_id is None:
        _require_defined(tenancy.config, permission_id, PROJECT_SCOPE)
        permissions.grant_in_project(session, **identity, permission_ids=[permission_id])
        event = webhooks.Event.PROJECT_PERMISSION_CREATED
    else:
        locks.keep_membership(session, **identity, team_id=holder.team_id)
        _require_defined(tenancy.config, permission_id, TEAM_SCOPE)
        permissions.grant_in_team(session, **identity, team_id=holder.team_id, permission_ids=[permission_id])
        event = webhooks.Event.TEAM_PERMISSION_CREATED
    held = Held(holder, permission_id)
    webhooks.emit(session, tenancy_id=tenancy.id, event=event, payload=held.view())
    return held


def revoke(session: Session, *, tenancy_id: uuid.UUID, holder: Holder, permission_id: str) -> None:
    """Take a direct grant back; raises TEAM_PERMISSION_NOT_FOUND or PERMISSION_NOT_FOUND."""
    event: webhooks.Event
    if holder.team_id is None:
        is_gone = session.execute(
            delete(ProjectPermissionGrant)
            .where(
                col(ProjectPermissionGrant.tenancy_id) == tenancy_id,
                col(ProjectPermissionGrant.user_id) == holder.user_id,
                col(ProjectPermissionGrant.permission_id) == permission_id,
            )
            .returning(col(ProjectPermissionGrant.permission_id))
        ).first()
        if is_gone is None:
            raise errors.PermissionNotFound(permission_id=permission_id)
        event = webhooks.Event.PROJECT_PERMISSION_DELETED
    else:
        is_gone = session.execute(
            delete(TeamPermissionGrant)
            .where(
                col(TeamPermissionGrant.tenancy_id) == tenancy_id,
                col(TeamPermissionGrant.team_id) == holder.team_id,
                col(TeamPermissionGrant.user_id) == holder.user_id,
                col(TeamPermissionGrant.permission_id) == permission_id,
            )
            .returning(col(TeamPermissionGrant.permission_id))
        ).first()
        if is_gone is None:
            raise errors.TeamPermissionNotFound(
                team_id=str(holder.team_id), user_id=str(holder.user_id), permission_id=permission_id
            )
        event = webhooks.Event.TEAM_PERMISSION_DELETED
    webhooks.emit(session, tenancy_id=tenancy_id, event=event, payload=Held(holder, permission_id).view())


def _require_defined(config: CompleteConfig, permission_id: str, scope: str) -> None:
    if permissions.is_defined(config, permission_id, scope):
        return
    other = PROJECT_SCOPE if scope == TEAM_SCOPE else TEAM_SCOPE
    if permissions.is_defined(config, permission_id, other):
        raise errors.WrongPermissionScope(permission_id=permission_id, expected_scope=scope, actual_scope=other)
    raise errors.PermissionNotFound(permission_id=permission_id)


def _held(
    config: CompleteConfig, direct: Iterable[tuple[Holder, str]], scope: str, query: GrantQuery
) -> Sequence[Held]:
    granted: dict[Holder, set[str]] = {}
    for holder, permission_id in direct:
        if permissions.is_defined(config, permission_id, scope):
            granted.setdefault(holder, set()).add(permission_id)
    closures: dict[frozenset[str], set[str]] = {}  # most holders have one of a few sets
    found = []
    for holder, ids in granted.items():
        key = frozenset(ids)
        if query.recursive and key not in closures:
            closures[key] = permissions.closure(config, ids, scope)
        held = closures.get(key, ids)
        found += [Held(holder, identifier) for identifier in held if query.permission_id in (None, identifier)]
    return sorted(found, key=_order)


def _order(held: Held) -> tuple[str, str, object]:
    return str(held.holder.team_id), str(held.holder.user_id), compare_key(held.permission_id)
