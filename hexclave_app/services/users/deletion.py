"""Deleting users: everything that is theirs goes, teams survive (contract 04, section 2, DELETE)."""

import uuid

from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.services import teams, webhooks
from hexclave_app.services.users.updates import revoke_sessions
from models import User


def delete(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID) -> None:
    """Delete a user of the tenancy; foreign keys take channels, accounts, sessions, memberships and grants along."""
    key = {"tenancy_id": tenancy_id, "id": user_id}
    if session.get(User, key) is None:
        raise errors.UserNotFound
    # Before the user, the order in which refreshes lock them: no deadlock, which would cost a second.
    revoke_sessions(session, tenancy_id=tenancy_id, user_id=user_id)
    user = session.get(User, key, with_for_update=True, populate_existing=True)
    if user is None:  # of parallel deletions one wins, and is told of once
        raise errors.UserNotFound
    team_ids = teams.team_ids_of(session, tenancy_id=tenancy_id, user_id=user_id)
    for team_id in team_ids:
        webhooks.emit(
            session,
            tenancy_id=tenancy_id,
            event=webhooks.Event.TEAM_MEMBERSHIP_DELETED,
            payload={"team_id": str(team_id), "user_id": str(user_id)},
        )
    webhooks.emit(
        session,
        tenancy_id=tenancy_id,
        event=webhooks.Event.USER_DELETED,
        payload={"id": str(user_id), "teams": [{"id": str(team_id)} for team_id in team_ids]},
    )
    session.delete(user)
    session.flush()
