"""Teams and memberships (contract 04, sections 1.2, 1.3, 2.1 and 3)."""

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import delete as sql_delete
from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.services import locks, permissions, webhooks
from hexclave_app.services.inserts import insert_if_absent
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.views import server_team
from models import Team, TeamMembership, VerificationCode, VerificationCodeType
from models.base import JsonValue, utc_now

DEFAULT_PERSONAL_TEAM_NAME = "Personal Team"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamDetails:
    """What may be said of a new team beyond its name."""

    profile_image_url: str | None = None
    client_metadata: JsonValue = None
    client_read_only_metadata: JsonValue = None
    server_metadata: JsonValue = None


def create(
    session: Session,
    *,
    tenancy: TenancySnapshot,
    display_name: str,
    creator_id: uuid.UUID | None = None,
    details: TeamDetails | None = None,
) -> Team:
    """Create a team; its creator, if any, joins with the creator defaults. Raises USER_NOT_FOUND for the creator."""
    if creator_id is not None:
        locks.keep_user(session, tenancy_id=tenancy.id, user_id=creator_id)
    team = Team(tenancy_id=tenancy.id, display_name=display_name, **asdict(details or TeamDetails()))
    session.add(team)
    session.flush()
    if creator_id is not None:
        _join(session, tenancy=tenancy, team_id=team.id, user_id=creator_id, is_creator=True)
    webhooks.emit(session, tenancy_id=tenancy.id, event=webhooks.Event.TEAM_CREATED, payload=server_team(team))
    return team


def get(session: Session, *, tenancy_id: uuid.UUID, team_id: uuid.UUID) -> Team:
    """A team of this tenancy; raises TEAM_NOT_FOUND."""
    team = session.get(Team, {"tenancy_id": tenancy_id, "id": team_id})
    if team is None:
        raise errors.TeamNotFound(team_id=str(team_id))
    return team


def update(session: Session, *, tenancy_id: uuid.UUID, team_id: uuid.UUID, changes: Mapping[str, JsonValue]) -> Team:
    """Change the given fields, by their wire names; `team.updated` is sent even when nothing differs."""
    team = get(session, tenancy_id=tenancy_id, team_id=team_id)
    for name, value in changes.items():
        setattr(team, name, value)
    session.flush()
    webhooks.emit(session, tenancy_id=tenancy_id, event=webhooks.Event.TEAM_UPDATED, payload=server_team(team))
    return team


def delete(session: Session, *, tenancy_id: uuid.UUID, team_id: uuid.UUID) -> None:
    """Delete a team with its memberships, grants, API keys and pending invitations; raises TEAM_NOT_FOUND."""
    session.flush()
    deleted = session.execute(
        sql_delete(Team).where(col(Team.tenancy_id) == tenancy_id, col(Team.id) == team_id).returning(col(Team.id))
    ).first()
    if deleted is None:
        raise errors.TeamNotFound(team_id=str(team_id))
    session.execute(
        sql_delete(VerificationCode)
        .where(
            col(VerificationCode.tenancy_id) == tenancy_id,
            col(VerificationCode.type) == VerificationCodeType.TEAM_INVITATION,
            col(VerificationCode.data)["team_id"].as_string() == str(team_id),
        )
        .execution_options(synchronize_session=False)
    )
    session.expire_all()  # the database's cascades removed rows that this session may know
    webhooks.emit(session, tenancy_id=tenancy_id, event=webhooks.Event.TEAM_DELETED, payload={"id": str(team_id)})


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
    """Make a user a member with the member defaults.

    Raises USER_NOT_FOUND, TEAM_NOT_FOUND, TEAM_MEMBERSHIP_ALREADY_EXISTS, in this order.
    """
    if not join(session, tenancy=tenancy, team_id=team_id, user_id=user_id):
        raise errors.TeamMembershipAlreadyExists


def join(session: Session, *, tenancy: TenancySnapshot, team_id: uuid.UUID, user_id: uuid.UUID) -> bool:
    """Make a user a member like `add_member`; False, and nothing changed, when the user is one already."""
    locks.keep_user(session, tenancy_id=tenancy.id, user_id=user_id)
    locks.keep_team(session, tenancy_id=tenancy.id, team_id=team_id)
    return _join(session, tenancy=tenancy, team_id=team_id, user_id=user_id, is_creator=False)


def remove_member(session: Session, *, tenancy_id: uuid.UUID, team_id: uuid.UUID, user_id: uuid.UUID) -> None:
    """End a membership and its permissions; raises TEAM_MEMBERSHIP_NOT_FOUND."""
    session.flush()
    deleted = session.execute(
        sql_delete(TeamMembership)
        .where(
            col(TeamMembership.tenancy_id) == tenancy_id,
            col(TeamMembership.team_id) == team_id,
            col(TeamMembership.user_id) == user_id,
        )
        .returning(col(TeamMembership.team_id))
    ).first()
    if deleted is None:
        raise errors.TeamMembershipNotFound(team_id=str(team_id), user_id=str(user_id))
    session.expire_all()
    webhooks.emit(
        session,
        tenancy_id=tenancy_id,
        event=webhooks.Event.TEAM_MEMBERSHIP_DELETED,
        payload={"team_id": str(team_id), "user_id": str(user_id)},
    )


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
    # Locked, so that parallel selections follow one another instead of meeting at the unique key.
    rows = session.exec(
        select(TeamMembership)
        .where(col(TeamMembership.tenancy_id) == tenancy_id, col(TeamMembership.user_id) == user_id)
        .order_by(col(TeamMembership.team_id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for row in rows:
        row.is_selected = None
    session.flush()
    if team_id is not None:
        row = require_membership(session, tenancy_id=tenancy_id, user_id=user_id, team_id=team_id)
        row.is_selected = True
        session.flush()


def _join(
    session: Session, *, tenancy: TenancySnapshot, team_id: uuid.UUID, user_id: uuid.UUID, is_creator: bool
) -> bool:
    key = {"tenancy_id": tenancy.id, "user_id": user_id, "team_id": team_id}
    if not insert_if_absent(session, TeamMembership, {**key, "created_at": utc_now()}):
        return False
    defaults = tenancy.config.rbac.default_permissions
    which = defaults.team_creator if is_creator else defaults.team_member
    granted = permissions.default_grants(tenancy.config, which, permissions.TEAM_SCOPE)
    permissions.grant_in_team(session, tenancy_id=tenancy.id, team_id=team_id, user_id=user_id, permission_ids=granted)
    if is_creator:
        return True  # only team.created is sent for the creator's own membership
    identity = {"team_id": str(team_id), "user_id": str(user_id)}
    webhooks.emit(session, tenancy_id=tenancy.id, event=webhooks.Event.TEAM_MEMBERSHIP_CREATED, payload=identity)
    for permission_id in granted:
        webhooks.emit(
            session,
            tenancy_id=tenancy.id,
            event=webhooks.Event.TEAM_PERMISSION_CREATED,
            payload={"id": permission_id, **identity},
        )
    return True
