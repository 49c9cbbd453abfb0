"""Teams of the dashboard: who manages the projects that a team owns, and who is invited to (contract 08, section 4.2).

Everybody in such a team manages its projects, so every member may invite. Removing others and appointing administrators
takes an administrator. Nobody outside learns that a team exists.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from hexclave_app.errors import StatusError
from hexclave_app.installation import Installation
from hexclave_app.services import permissions, team_invitations, teams
from hexclave_app.services.callers import AccessType, Caller
from hexclave_app.services.team_invitations import InvitationRequest
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users import listing
from hexclave_app.services.users.listing import UserQuery
from models import TeamPermissionGrant

ADMIN = "team_admin"
MAX_MEMBERS = 500


class Reason(StrEnum):
    """Why a team stays as it is."""

    FULL = "every seat is taken"
    LAST_ADMIN = "the team needs an administrator"
    ADMINS_ONLY = "only administrators of the team do this"


class TeamUnchanged(StatusError):
    """A member asked for something that does not go."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(403 if reason is Reason.ADMINS_ONLY else 400, reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Place:
    """A team of project `internal`, and which of its members acts."""

    tenancy: TenancySnapshot
    team_id: uuid.UUID
    user_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the team."""

    id: uuid.UUID
    name: str
    email: str
    is_admin: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody who was invited and has not come yet."""

    id: uuid.UUID
    email: str
    expires_at_millis: int


@dataclass(frozen=True, slots=True)
class DashboardTeam:
    """A team as its members see it."""

    name: str
    members: list[Member]
    invitations: list[Invitation]

    @property
    def seats_used(self) -> int:
        """Members, and places that are kept for the invited."""
        return len(self.members) + len(self.invitations)

    def is_full(self, seats: int) -> bool:
        """Whether nobody else fits in; without a limit (0) there is always room."""
        return bool(seats) and self.seats_used >= seats


def describe(session: Session, place: Place, *, now: datetime) -> DashboardTeam:
    """The team; raises TEAM_MEMBERSHIP_NOT_FOUND for everybody who is not in it."""
    _require_member(session, place)
    tenancy_id, team_id = place.tenancy.id, place.team_id
    query = UserQuery(team_id=team_id, includes_restricted=True, limit=MAX_MEMBERS)
    admins = _admins(session, place)
    members = [
        Member(one.id, one.display_name or one.primary_email or str(one.id), one.primary_email or "", one.id in admins)
        for one in listing.list_page(session, tenancy=place.tenancy, query=query).items
    ]
    invited = team_invitations.list_of_team(session, caller=_caller(place), team_id=team_id, now=now)
    invitations = [
        Invitation(uuid.UUID(str(one["id"])), str(one["recipient_email"]), int(str(one["expires_at_millis"])))
        for one in invited
    ]
    team = teams.get(session, tenancy_id=tenancy_id, team_id=team_id)
    return DashboardTeam(team.display_name, members, invitations)


def invite(
    session: Session, place: Place, *, installation: Installation, email: str, callback_url: str, now: datetime
) -> None:
    """Mail an invitation; refused when every seat is taken or promised."""
    if describe(session, place, now=now).is_full(installation.settings.dashboard_seats):
        raise TeamUnchanged(Reason.FULL)
    request = InvitationRequest(team_id=place.team_id, email=email, callback_url=callback_url)
    team_invitations.send(session, installation=installation, caller=_caller(place), request=request, now=now)


def revoke(session: Session, place: Place, *, invitation_id: uuid.UUID) -> None:
    """Take an invitation of this team back."""
    _require_member(session, place)
    team_invitations.revoke(session, caller=_caller(place), invitation_id=invitation_id, team_id=place.team_id)


def appoint(session: Session, place: Place, *, member_id: uuid.UUID) -> None:
    """Make a member an administrator of the team."""
    _require_admin(session, place)
    identity = {"tenancy_id": place.tenancy.id, "team_id": place.team_id, "user_id": member_id}
    teams.require_membership(session, **identity)
    permissions.grant_in_team(session, **identity, permission_ids=[ADMIN])


def remove(session: Session, place: Place, *, member_id: uuid.UUID) -> None:
    """Remove somebody else, or leave; a team keeps an administrator, so that its projects stay in somebody's hands."""
    _require_member(session, place)
    if member_id != place.user_id:
        _require_admin(session, place)
    elif _admins(session, place) == {member_id}:
        raise TeamUnchanged(Reason.LAST_ADMIN)
    teams.remove_member(session, tenancy_id=place.tenancy.id, team_id=place.team_id, user_id=member_id)


def _require_member(session: Session, place: Place) -> None:
    teams.require_membership(session, tenancy_id=place.tenancy.id, team_id=place.team_id, user_id=place.user_id)


def _require_admin(session: Session, place: Place) -> None:
    _require_member(session, place)
    if place.user_id not in _admins(session, place):
        raise TeamUnchanged(Reason.ADMINS_ONLY)


def _admins(session: Session, place: Place) -> set[uuid.UUID]:
    wanted = select(TeamPermissionGrant.user_id).where(
        col(TeamPermissionGrant.tenancy_id) == place.tenancy.id,
        col(TeamPermissionGrant.team_id) == place.team_id,
        col(TeamPermissionGrant.permission_id) == ADMIN,
    )
    return set(session.exec(wanted).all())


def _caller(place: Place) -> Caller:
    """The dashboard's own project, whose membership was checked."""
    return Caller(AccessType.ADMIN, place.tenancy, None, None, None, None, place.user_id)
