"""What callers may do in a team (contract 04, section 5): servers everything, clients what their permissions say."""

import uuid

from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.services import permissions, teams
from hexclave_app.services.callers import Caller


def require(session: Session, caller: Caller, *, team_id: uuid.UUID, needs: tuple[str, ...] = ()) -> None:
    """Let a caller into a team.

    A client must be signed in, a member (TEAM_MEMBERSHIP_NOT_FOUND hides whether the team exists) and hold every needed
    permission, directly or contained. For servers the team must exist.
    """
    if not caller.is_client:
        teams.get(session, tenancy_id=caller.tenancy.id, team_id=team_id)
        return
    if caller.user is None:
        raise errors.UserAuthenticationRequired
    identity = {"tenancy_id": caller.tenancy.id, "team_id": team_id, "user_id": caller.user.id}
    teams.require_membership(session, **identity)
    for permission_id in needs:
        if not permissions.has_team_permission(session, caller.tenancy.config, **identity, permission_id=permission_id):
            raise errors.TeamPermissionRequired(
                team_id=str(team_id), user_id=str(caller.user.id), permission_id=permission_id
            )
