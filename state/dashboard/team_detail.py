"""The page about one team: name, members and their permissions, invitations, keys, metadata."""

import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import reflex as rx
from sqlmodel import Session

from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.security.api_keys import KeyOwner
from hexclave_app.services import api_keys, permission_grants, team_invitations, teams
from hexclave_app.services.callers import AccessType, Caller
from hexclave_app.services.permission_grants import GrantQuery, Holder
from hexclave_app.services.users import listing
from hexclave_app.services.users.listing import UserQuery
from models.base import JsonValue, utc_now
from state.base import Access, Viewer, guarded
from state.dashboard import unsaved
from state.dashboard.forms import json_text, json_value, known_id
from state.dashboard.teams import team_name
from state.dashboard.user_detail import METADATA
from state.dashboard.user_facts import ApiKeyRow, NamedRow, read_keys
from state.dashboard.users import parse_user_id
from state.dashboard.wording import exact, grouped, initials

_NO_TEAM = say("team-unknown")
_MAX_MEMBERS = 500


@dataclass(frozen=True)
class TeamFacts:
    """What stands once on the page."""

    id: str = ""
    name: str = ""
    created: str = ""
    member_count: str = ""
    client_metadata: str = ""
    client_read_only_metadata: str = ""
    server_metadata: str = ""


@dataclass(frozen=True)
class MemberRow:
    """A member with the directly granted permissions."""

    id: str
    name: str
    initials: str
    email: str
    permissions: list[str]


@dataclass(frozen=True)
class TeamPageData:
    """Everything about one team."""

    facts: TeamFacts
    members: list[MemberRow]
    invitations: list[NamedRow]
    keys: list[ApiKeyRow]


class TeamDetailState(rx.State):
    """The team whose page is open."""

    if TYPE_CHECKING:
        project_id: str
        opened_team: str

    is_loading: bool = True
    error: str = ""
    facts: TeamFacts = TeamFacts()
    members: list[MemberRow] = []
    invitations: list[NamedRow] = []
    keys: list[ApiKeyRow] = []

    def _error_field(self, _error: Exception) -> str:
        return "error" if not self.facts.id else ""

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Read everything anew."""
        self.is_loading, self.error, self.facts = True, "", TeamFacts()
        yield unsaved.guard(False)
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def refresh(self, viewer: Viewer) -> None:
        """Read everything again without hiding what is shown."""
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def save_name(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Rename the team."""
        return await self._change(viewer, {"display_name": team_name(form, "team_name")})

    @guarded(Access.PROJECT_ADMIN)
    async def save_metadata(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Replace the three metadata objects."""
        return await self._change(viewer, {name: json_value(form, name, label) for name, label in METADATA.items()})

    async def _change(self, viewer: Viewer, changes: dict[str, JsonValue]) -> object:
        team_id = opened_team(self)
        await viewer.installation.db.run(_update, tenancy_id=viewer.tenancy.id, team_id=team_id, changes=changes)
        return [rx.toast.success(say("common-saved")), unsaved.guard(False), TeamDetailState.refresh]

    async def _read(self, viewer: Viewer) -> None:
        page = await viewer.installation.db.scan(_read_team, viewer, team_id=opened_team(self), now=utc_now())
        self.facts, self.members, self.invitations, self.keys = page.facts, page.members, page.invitations, page.keys
        self.is_loading, self.error = False, ""


def opened_team(state: rx.State) -> uuid.UUID:
    """The team that the page's address names; whether it is one of this project is for the services to say."""
    return known_id(getattr(state, "opened_team", ""), _NO_TEAM)


def admin_caller(viewer: Viewer) -> Caller:
    """The viewer as the API knows administrators."""
    return Caller(AccessType.ADMIN, viewer.tenancy, None, None, None, viewer.end_user, viewer.signed_in.id)


def _update(session: Session, *, tenancy_id: uuid.UUID, team_id: uuid.UUID, changes: dict[str, JsonValue]) -> None:
    teams.update(session, tenancy_id=tenancy_id, team_id=team_id, changes=changes)


def _read_team(session: Session, viewer: Viewer, *, team_id: uuid.UUID, now: datetime) -> TeamPageData:
    tenancy = viewer.tenancy
    team = teams.get(session, tenancy_id=tenancy.id, team_id=team_id)
    invited = team_invitations.list_of_team(session, caller=admin_caller(viewer), team_id=team_id, now=now)
    members = _members(session, viewer, team_id)
    everybody = UserQuery(team_id=team_id, includes_restricted=True, includes_anonymous=True)
    number = listing.count(session, tenancy=tenancy, query=everybody).number
    return TeamPageData(
        facts=TeamFacts(
            id=str(team.id),
            name=team.display_name,
            created=exact(team.created_at),
            member_count=say("team-counted", count=number, number=grouped(number)),
            client_metadata=json_text(team.client_metadata),
            client_read_only_metadata=json_text(team.client_read_only_metadata),
            server_metadata=json_text(team.server_metadata),
        ),
        members=members,
        invitations=[NamedRow(str(one["id"]), str(one["recipient_email"])) for one in invited],
        keys=read_keys(session, tenancy_id=tenancy.id, owner=api_keys.Owner(KeyOwner.TEAM, team_id), now=now),
    )


def _members(session: Session, viewer: Viewer, team_id: uuid.UUID) -> list[MemberRow]:
    query = UserQuery(team_id=team_id, includes_restricted=True, includes_anonymous=True, limit=_MAX_MEMBERS)
    found = listing.list_page(session, tenancy=viewer.tenancy, query=query).items
    granted: dict[uuid.UUID, list[str]] = {}
    for held in permission_grants.list_in_teams(session, tenancy=viewer.tenancy, query=GrantQuery(team_id=team_id)):
        granted.setdefault(held.holder.user_id, []).append(held.permission_id)
    return [
        MemberRow(
            str(one.id),
            one.display_name or one.primary_email or say("common-no-name"),
            initials(one.display_name or one.primary_email or ""),
            one.primary_email or "",
            granted.get(one.id, []),
        )
        for one in found
    ]


def holder_of(state: rx.State, user_id: object) -> Holder:
    """A member of the open team."""
    return Holder(parse_user_id(user_id), opened_team(state))


def member_named(rows: Sequence[MemberRow], user_id: object) -> MemberRow:
    """One of the shown members; a plain 404 for others."""
    found = [row for row in rows if row.id == user_id]
    if not found:
        raise StatusError(404, say("team-unknown-member"))
    return found[0]
