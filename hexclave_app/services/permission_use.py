"""Who has a permission, and how often each was granted."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlmodel import Session, col, func, select

from hexclave_app.services import permissions
from hexclave_app.services.permissions import TEAM_SCOPE
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.records import UserRecord, from_row, select_records
from models import ProjectPermissionGrant, Team, TeamPermissionGrant, User

SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class HolderOf:
    """Somebody who has the permission."""

    user: UserRecord
    team: str
    """The name of the team in which they have it; empty for permissions of the project."""
    through: str
    """What was granted: the permission itself, or one that contains it."""


@dataclass(frozen=True, slots=True)
class Holders:
    """Everybody who has it: how many, and the newest of them."""

    count: int
    newest: Sequence[HolderOf]


def granted(session: Session, *, tenancy: TenancySnapshot, scope: str) -> Mapping[str, int]:
    """How often each permission was granted directly."""
    table = _table(scope)
    counted = select(table.permission_id, func.count()).where(col(table.tenancy_id) == tenancy.id)
    return {one: int(count) for one, count in session.exec(counted.group_by(col(table.permission_id))).all()}


def holders(session: Session, *, tenancy: TenancySnapshot, scope: str, permission_id: str) -> Holders:
    """Who has the permission directly or through another one; each way counts once."""
    table = _table(scope)
    ways = [
        one
        for one in permissions.defined_ids(tenancy.config, scope)
        if permission_id in permissions.closure(tenancy.config, [one], scope)
    ]
    is_theirs = (col(table.tenancy_id) == tenancy.id, col(table.permission_id).in_(ways))
    count = session.exec(select(func.count()).select_from(table).where(*is_theirs)).one()
    newest = session.exec(
        select(table).where(*is_theirs).order_by(col(table.created_at).desc(), col(table.user_id)).limit(SHOWN)
    ).all()
    users = _users(session, tenancy.id, {grant.user_id for grant in newest})
    teams = _teams(session, tenancy.id, {grant.team_id for grant in newest if isinstance(grant, TeamPermissionGrant)})
    return Holders(
        count,
        [
            HolderOf(users[grant.user_id], teams.get(getattr(grant, "team_id", None), ""), grant.permission_id)
            for grant in newest
        ],
    )


def _table(scope: str) -> Any:  # noqa: ANN401 - one of two tables with the same columns but one
    return TeamPermissionGrant if scope == TEAM_SCOPE else ProjectPermissionGrant


def _users(session: Session, tenancy_id: uuid.UUID, ids: set[uuid.UUID]) -> Mapping[uuid.UUID, UserRecord]:
    found = select_records().where(col(User.tenancy_id) == tenancy_id, col(User.id).in_(ids))
    return {record.id: record for record in (from_row(row) for row in session.connection().execute(found))}


def _teams(session: Session, tenancy_id: uuid.UUID, ids: set[uuid.UUID]) -> Mapping[uuid.UUID | None, str]:
    found = select(Team).where(col(Team.tenancy_id) == tenancy_id, col(Team.id).in_(ids))
    return {team.id: team.display_name for team in session.exec(found)}
