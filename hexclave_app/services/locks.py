"""Keeping rows that a new row refers to from being deleted until the transaction ends (`FOR KEY SHARE`).

SQLite needs none of it, because its writers follow one another; there these are mere checks.
"""

import uuid

from sqlmodel import Session, col, select

from hexclave_app import errors
from models import Team, TeamMembership, User


def keep_user(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID) -> None:
    """The user stays; raises USER_NOT_FOUND."""
    session.flush()
    wanted = select(User.id).where(col(User.tenancy_id) == tenancy_id, col(User.id) == user_id)
    if session.exec(wanted.with_for_update(read=True, key_share=True)).first() is None:
        raise errors.UserNotFound


def keep_team(session: Session, *, tenancy_id: uuid.UUID, team_id: uuid.UUID) -> None:
    """The team stays; raises TEAM_NOT_FOUND."""
    session.flush()
    wanted = select(Team.id).where(col(Team.tenancy_id) == tenancy_id, col(Team.id) == team_id)
    if session.exec(wanted.with_for_update(read=True, key_share=True)).first() is None:
        raise errors.TeamNotFound(team_id=str(team_id))


def keep_membership(session: Session, *, tenancy_id: uuid.UUID, team_id: uuid.UUID, user_id: uuid.UUID) -> None:
    """The membership stays; raises TEAM_MEMBERSHIP_NOT_FOUND."""
    session.flush()
    wanted = select(TeamMembership.user_id).where(
        col(TeamMembership.tenancy_id) == tenancy_id,
        col(TeamMembership.user_id) == user_id,
        col(TeamMembership.team_id) == team_id,
    )
    if session.exec(wanted.with_for_update(read=True, key_share=True)).first() is None:
        raise errors.TeamMembershipNotFound(team_id=str(team_id), user_id=str(user_id))
