"""How members appear in their teams (contract 04, section 1.3): overrides of the user's own name and picture."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.config.schema import CompleteConfig
from hexclave_app.services import teams
from hexclave_app.services.users.records import UserRecord, from_row, select_records
from hexclave_app.services.users.views import View, server_user
from models import TeamMembership, User
from models.base import JsonValue

_USER = User.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
# An alias: the records join the memberships too, for the selected team.
_MEMBERSHIP = TeamMembership.__table__.alias("profile_membership")  # type: ignore[attr-defined]  # SQLModel makes it at run time


@dataclass(frozen=True, slots=True)
class MemberProfile:
    """A member as the team sees them; an empty name is an override, too."""

    team_id: uuid.UUID
    user: UserRecord
    display_name: str | None
    profile_image_url: str | None


def list_all(
    session: Session, *, tenancy_id: uuid.UUID, team_id: uuid.UUID | None = None, user_id: uuid.UUID | None = None
) -> Sequence[MemberProfile]:
    """Profiles of a team, of a user, or of both, in the order of joining; restricted and anonymous members too."""
    shown = (_MEMBERSHIP.c.team_id, _MEMBERSHIP.c.display_name, _MEMBERSHIP.c.profile_image_url)
    statement = (
        select_records()
        .add_columns(*shown)
        .join(_MEMBERSHIP, (_MEMBERSHIP.c.tenancy_id == _USER.c.tenancy_id) & (_MEMBERSHIP.c.user_id == _USER.c.id))
        .where(_USER.c.tenancy_id == tenancy_id)
        .order_by(_MEMBERSHIP.c.created_at, _MEMBERSHIP.c.team_id, _MEMBERSHIP.c.user_id)
    )
    if team_id is not None:
        statement = statement.where(_MEMBERSHIP.c.team_id == team_id)
    if user_id is not None:
        statement = statement.where(_USER.c.id == user_id)
    session.flush()
    return [_profile(from_row(row), *row[-len(shown) :]) for row in session.execute(statement)]


def get(session: Session, *, tenancy_id: uuid.UUID, team_id: uuid.UUID, user_id: uuid.UUID) -> MemberProfile:
    """One profile; raises USER_NOT_FOUND, then TEAM_MEMBERSHIP_NOT_FOUND."""
    found = list_all(session, tenancy_id=tenancy_id, team_id=team_id, user_id=user_id)
    if found:
        return found[0]
    if session.get(User, {"tenancy_id": tenancy_id, "id": user_id}) is None:
        raise errors.UserNotFound
    raise errors.TeamMembershipNotFound(team_id=str(team_id), user_id=str(user_id))


def update(
    session: Session,
    *,
    tenancy_id: uuid.UUID,
    team_id: uuid.UUID,
    user_id: uuid.UUID,
    changes: Mapping[str, JsonValue],
) -> MemberProfile:
    """Change `display_name` or `profile_image_url` of a profile, as far as given; returns it afterwards."""
    get(session, tenancy_id=tenancy_id, team_id=team_id, user_id=user_id)
    row = teams.require_membership(session, tenancy_id=tenancy_id, team_id=team_id, user_id=user_id)
    for name, value in changes.items():
        setattr(row, name, value)
    return get(session, tenancy_id=tenancy_id, team_id=team_id, user_id=user_id)


def client_profile(profile: MemberProfile) -> View:
    """A profile as other members see it."""
    return {
        "team_id": str(profile.team_id),
        "user_id": str(profile.user.id),
        "display_name": profile.display_name,
        "profile_image_url": profile.profile_image_url,
    }


def server_profile(profile: MemberProfile, config: CompleteConfig) -> View:
    """A profile as servers see it, with the whole user."""
    return {**client_profile(profile), "user": server_user(profile.user, config)}


def _profile(
    user: UserRecord, team_id: uuid.UUID, display_name: str | None, profile_image_url: str | None
) -> MemberProfile:
    return MemberProfile(
        team_id,
        user,
        user.display_name if display_name is None else display_name,
        user.profile_image_url if profile_image_url is None else profile_image_url,
    )
