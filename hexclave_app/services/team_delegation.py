"""Members who let other members administer the team (contract 08, section 2.13): what they may hand on, and to whom.

Beyond the API, where only servers grant permissions. So it is narrow: whoever may remove members can hand on and take
back what administers the team itself, the system permissions and roles made of nothing else, as far as they hold it.
What a project made for its own purposes is never handed on, and nobody changes their own permissions.
"""

import uuid
from collections.abc import Collection
from typing import Final

from sqlmodel import Session

from hexclave_app.config.schema import CompleteConfig
from hexclave_app.errors import StatusError
from hexclave_app.services import permission_definitions, permission_grants, permissions, team_access, teams
from hexclave_app.services.callers import Caller
from hexclave_app.services.permission_definitions import Definition
from hexclave_app.services.permission_grants import GrantQuery, Holder
from hexclave_app.services.permissions import SYSTEM_TEAM_PERMISSIONS, TEAM_SCOPE

NEEDED: Final = "$remove_members"


def delegable(session: Session, caller: Caller, *, team_id: uuid.UUID) -> list[Definition]:
    """What the caller may hand on in a team; nothing without the needed permission."""
    if caller.user is None:
        return []
    own = _held(session, caller, team_id=team_id, user_id=caller.user.id, recursive=True)
    if NEEDED not in own:
        return []
    config = caller.tenancy.config
    return [
        one
        for one in permission_definitions.list_all(config, TEAM_SCOPE)
        if one.id in own and _is_administrative(config, one.id)
    ]


def direct_of(session: Session, caller: Caller, *, team_id: uuid.UUID, user_id: uuid.UUID) -> set[str]:
    """What a member was granted directly."""
    return _held(session, caller, team_id=team_id, user_id=user_id, recursive=False)


def change(
    session: Session, caller: Caller, *, team_id: uuid.UUID, user_id: uuid.UUID, wanted: Collection[str]
) -> None:
    """Give another member exactly the wanted ones of what the caller may hand on; all else stays as it is."""
    team_access.require(session, caller, team_id=team_id, needs=(NEEDED,))
    if caller.user is None or caller.user.id == user_id:
        raise StatusError(403, "Nobody changes their own permissions.", message_key="error-own-permissions")
    teams.require_membership(session, tenancy_id=caller.tenancy.id, team_id=team_id, user_id=user_id)
    offered = {one.id for one in delegable(session, caller, team_id=team_id)}
    held = direct_of(session, caller, team_id=team_id, user_id=user_id) & offered
    holder = Holder(user_id, team_id)
    for permission_id in sorted(offered & set(wanted) - held):
        permission_grants.grant(session, tenancy=caller.tenancy, holder=holder, permission_id=permission_id)
    for permission_id in sorted(held - set(wanted)):
        permission_grants.revoke(session, tenancy_id=caller.tenancy.id, holder=holder, permission_id=permission_id)


def _held(session: Session, caller: Caller, *, team_id: uuid.UUID, user_id: uuid.UUID, recursive: bool) -> set[str]:
    query = GrantQuery(team_id=team_id, user_id=user_id, recursive=recursive)
    found = permission_grants.list_in_teams(session, tenancy=caller.tenancy, query=query)
    return {one.permission_id for one in found}


def _is_administrative(config: CompleteConfig, permission_id: str) -> bool:
    """Whether a permission means nothing but what it contains of the system's: a project's own ones contain nothing."""
    reached = permissions.closure(config, [permission_id], TEAM_SCOPE)
    return all(one in SYSTEM_TEAM_PERMISSIONS or permissions.contained_ids(config, one) for one in reached)
