"""Teams and memberships, as far as users and project ownership need them (contract 04, sections 1.2, 1.3 and 2.1)."""

import uuid

from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.services import permissions, webhooks
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.views import server_team
from models import Team, TeamMembership

DEFAULT_PERSONAL_TEAM_NAME = "Personal Team"


def create(
    session: Session, *, tenancy: TenancySnapshot, display_name: str, creator_id: uuid.UUID | None = None
) -> Team:
    """Create a team; its creator, if any, joins with the creator defaults."""
    team = Team(tenancy_id=tenancy.id, display_name=display_name)
    session.add(team)
    session.flush()
    if creator_id is not None:
        _join(session, tenancy=tenancy, team_id=team.id, user_id=creator_id, is_creator=True)
    webhooks.emit(session, tenancy_id=tenancy.id, event=webhooks.Event.TEAM_CREATED, payload=server_team(team))
    return team


def create_personal(
    session: Session, *, tenancy: TenancySnapshot, user_id: uuid.UUID, display_name: str | None, email: str | None
) -> Team:
    """The personal team of a new user, selected at once."""
    name = personal_team_name(display_name, email)
    team = create(session, tenancy=tenancy, display_name=name, creator_id=user_id)
    select_team(session, tenancy_id=tenancy.id, user_id=user_id, team_id=team.id)
    return team


def personal_team_name(display_name: str | None, email: str | None) -> str:
    """How the personal team of a person is called."""
    owner = display_name or email
    return f"{owner}'s Team" if owner else DEFAULT_PERSONAL_TEAM_NAME


def rename_personal(
    session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, display_name: str | None, email: str | None
) -> None:
    """Give teams that still have the default name the name of their now known owner (contract 04, section 2)."""
    teams = session.exec(
        select(Team)
        .join(
            TeamMembership,
            (col(TeamMembership.tenancy_id) == col(Team.tenancy_id)) & (col(TeamMembership.team_id) == col(Team.id)),
        )
        .where(
            col(Team.tenancy_id) == tenancy_id,
            col(TeamMembership.user_id) == user_id,
            col(Team.display_name) == DEFAULT_PERSONAL_TEAM_NAME,
        )
    ).all()
    for team in teams:
        team.display_name = personal_team_name(display_name, email)


def add_member(session: Session, *, tenancy: TenancySnapshot, team_id: uuid.UUID, user_id: uuid.UUID) -> None:
    """Make a user a member with the member defaults."""
    _join(session, tenancy=tenancy, team_id=team_id, user_id=user_id, is_creator=False)


def membership(
    session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, team_id: uuid.UUID
) -> TeamMembership | None:
    """The membership of a user in a team, if any."""
    return session.get(TeamMembership, {"tenancy_id": tenancy_id, "user_id": user_id, "team_id": team_id})


def require_membership(
    session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, team_id: uuid.UUID
) -> TeamMembership:
    """The membership; raises TEAM_MEMBERSHIP_NOT_FOUND, also for an unknown team, so that existence does not leak."""
    found = membership(session, tenancy_id=tenancy_id, user_id=user_id, team_id=team_id)
    if found is None:
        raise errors.TeamMembershipNotFound(team_id=str(team_id), user_id=str(user_id))
    return found


def team_ids_of(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID) -> list[uuid.UUID]:
    """Ids of the teams that a user is in, oldest team first."""
    return list(
        session.exec(
            select(Team.id)
            .join(
                TeamMembership,
                (col(TeamMembership.tenancy_id) == col(Team.tenancy_id))
                & (col(TeamMembership.team_id) == col(Team.id)),
            )
            .where(col(Team.tenancy_id) == tenancy_id, col(TeamMembership.user_id) == user_id)
            .order_by(col(Team.created_at), col(Team.id))
        ).all()
    )


def select_team(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, team_id: uuid.UUID | None) -> None:
    """Select a team of the user, or none; clears the old selection first, in the same transaction."""
    if team_id is not None:
        require_membership(session, tenancy_id=tenancy_id, user_id=user_id, team_id=team_id)
    selected = session.exec(
        select(TeamMembership).where(
            col(TeamMembership.tenancy_id) == tenancy_id,
            col(TeamMembership.user_id) == user_id,
            col(TeamMembership.is_selected).is_(True),
        )
    ).all()
    for row in selected:
        row.is_selected = None
    session.flush()
    if team_id is not None:
        row = require_membership(session, tenancy_id=tenancy_id, user_id=user_id, team_id=team_id)
        row.is_selected = True
        session.flush()


def _join(
    session: Session, *, tenancy: TenancySnapshot, team_id: uuid.UUID, user_id: uuid.UUID, is_creator: bool
) -> None:
    session.add(TeamMembership(tenancy_id=tenancy.id, user_id=user_id, team_id=team_id))
    session.flush()
    defaults = tenancy.config.rbac.default_permissions
    which = defaults.team_creator if is_creator else defaults.team_member
    granted = permissions.default_grants(tenancy.config, which, permissions.TEAM_SCOPE)
    permissions.grant_in_team(session, tenancy_id=tenancy.id, team_id=team_id, user_id=user_id, permission_ids=granted)
    if is_creator:
        return  # only team.created is sent for the creator's own membership
    identity = {"team_id": str(team_id), "user_id": str(user_id)}
    webhooks.emit(session, tenancy_id=tenancy.id, event=webhooks.Event.TEAM_MEMBERSHIP_CREATED, payload=identity)
    for permission_id in granted:
        webhooks.emit(
            session,
            tenancy_id=tenancy.id,
            event=webhooks.Event.TEAM_PERMISSION_CREATED,
            payload={"id": permission_id, **identity},
        )
