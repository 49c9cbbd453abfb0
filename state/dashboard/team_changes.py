"""Changing who belongs to a team, and what members may do."""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import reflex as rx
from sqlmodel import Session

from hexclave_app.api.contact_channel_schemas import ServerChannelCreate
from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.security.api_keys import KeyOwner
from hexclave_app.services import (
    api_keys,
    contact_channels,
    limits,
    permission_grants,
    permissions,
    team_invitations,
    teams,
)
from hexclave_app.services.permission_grants import GrantQuery
from hexclave_app.services.sessions import SignInContext
from hexclave_app.services.team_invitations import InvitationRequest
from hexclave_app.services.users import listing
from hexclave_app.services.users.listing import UserQuery
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard import paths, unsaved
from state.dashboard.forms import checked, known_id, ticked, typed
from state.dashboard.team_detail import TeamDetailState, admin_caller, holder_of, member_named, opened_team
from state.dashboard.user_facts import NamedRow
from state.dashboard.user_questions import revoke_key_of
from state.dashboard.users import parse_user_id

_End = Callable[[Viewer, uuid.UUID, str], Awaitable[None]]
TICKED: Final = ("team", "member", "key")
"""What is asked with a box to tick."""
_FOUND: Final = 5
_MAX_SEARCH_CHARS: Final = 200
INVITATION_PATH: Final = "/handler/team-invitation"


@dataclass(frozen=True)
class PermissionChoice:
    """A permission that a member has or could have."""

    id: str
    description: str
    is_direct: bool
    inherited_from: str


class AddMemberState(rx.State):
    """The dialog that adds an existing user, or mails an invitation."""

    if TYPE_CHECKING:
        project_id: str
        opened_team: str

    is_open: bool = False
    error: str = ""
    searched: str = ""
    found: list[NamedRow] = []
    """Users that the search found: id, name and address."""

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Open an empty dialog, or close it."""
        self.is_open, self.error, self.searched, self.found = is_open is True, "", "", []

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def search(self, viewer: Viewer, text: str) -> None:
        """Show users with the text in their name or address."""
        self.searched = str(text).strip()[:_MAX_SEARCH_CHARS]
        query = UserQuery(search=self.searched, includes_restricted=True, limit=_FOUND)
        db = viewer.installation.db
        page = await db.scan(listing.list_page, tenancy=viewer.tenancy, query=query) if self.searched else None
        users = page.items if page is not None else ()
        self.found = [
            NamedRow(str(one.id), one.display_name or say("common-no-name"), one.primary_email or "") for one in users
        ]

    @guarded(Access.PROJECT_ADMIN)
    async def add(self, viewer: Viewer, user_id: str) -> object:
        """Make one of the found users a member."""
        await viewer.installation.db.run(
            teams.add_member, tenancy=viewer.tenancy, team_id=opened_team(self), user_id=parse_user_id(user_id)
        )
        self.is_open = False
        return [rx.toast.success(say("team-member-added")), TeamDetailState.refresh]

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Add the user with that address, or invite whoever has it."""
        team_id, nobody = opened_team(self), str(viewer.signed_in.id)
        values = {"user_id": nobody, "value": typed(form, "member_email"), "type": "email", "used_for_auth": False}
        email = checked(ServerChannelCreate, values).value
        if not ticked(form, "member_invite"):
            await viewer.installation.db.run(_add, viewer, team_id=team_id, email=email)
            self.is_open = False
            return [rx.toast.success(say("team-member-added")), TeamDetailState.refresh]
        now = utc_now()
        context = SignInContext(viewer.installation, viewer.tenancy, viewer.end_user, now, viewer.address)
        await limits.mail(context, recipient=contact_channels.normalise_email(email))
        await viewer.installation.db.run(
            team_invitations.send,
            installation=viewer.installation,
            caller=admin_caller(viewer),
            request=InvitationRequest(
                team_id=team_id,
                email=email,
                callback_url=viewer.installation.settings.hosted_origin(viewer.tenancy.project_id) + INVITATION_PATH,
            ),
            now=now,
        )
        self.is_open = False
        return [rx.toast.success(say("team-invited")), TeamDetailState.refresh]


class MemberPermissionsState(rx.State):
    """The dialog that grants and revokes permissions of one member; each tick applies at once."""

    if TYPE_CHECKING:
        project_id: str
        opened_team: str

    user_id: str = ""
    name: str = ""
    choices: list[PermissionChoice] = []

    def _forget(self) -> None:
        self.user_id = ""

    @guarded(Access.PROJECT_ADMIN)
    async def open_for(self, viewer: Viewer, user_id: str) -> None:
        """Show what a member may do."""
        member = member_named((await self.get_state(TeamDetailState)).members, user_id)
        self.user_id, self.name = member.id, member.name
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def close(self, _viewer: Viewer, _is_open: bool) -> None:
        """Close the dialog."""
        self.user_id = ""

    @guarded(Access.PROJECT_ADMIN)
    async def switch(self, viewer: Viewer, permission_id: str, is_on: bool) -> object:
        """Grant a permission directly, or take it back."""
        holder = holder_of(self, self.user_id)
        if is_on is True:
            await viewer.installation.db.run(
                permission_grants.grant, tenancy=viewer.tenancy, holder=holder, permission_id=str(permission_id)
            )
        else:
            await viewer.installation.db.run(
                permission_grants.revoke, tenancy_id=viewer.tenancy.id, holder=holder, permission_id=str(permission_id)
            )
        await self._read(viewer)
        return TeamDetailState.refresh

    async def _read(self, viewer: Viewer) -> None:
        holder = holder_of(self, self.user_id)
        query = GrantQuery(team_id=holder.team_id, user_id=holder.user_id)
        held = await viewer.installation.db.scan(permission_grants.list_in_teams, tenancy=viewer.tenancy, query=query)
        self.choices = _choices(viewer, [one.permission_id for one in held])


class TeamQuestionState(rx.State):
    """What is about to end."""

    if TYPE_CHECKING:
        project_id: str
        opened_team: str

    kind: str = ""
    target: str = ""
    title: str = ""
    text: str = ""
    confirm_label: str = ""

    def _forget(self) -> None:
        self.kind = ""

    @guarded(Access.PROJECT_ADMIN)
    async def ask(self, _viewer: Viewer, kind: str, target: str) -> None:
        """Open the question; unknown kinds ask nothing."""
        if kind in QUESTIONS:
            self.kind, self.target = kind, str(target)
            self.title, self.text, self.confirm_label = QUESTIONS[kind]

    @guarded(Access.PROJECT_ADMIN)
    async def stop_asking(self, _viewer: Viewer) -> None:
        """Close the question."""
        self.kind = ""

    @guarded(Access.PROJECT_ADMIN)
    async def confirm(self, viewer: Viewer) -> object:
        """Do what was asked."""
        kind, self.kind = self.kind, ""
        if kind not in _ENDS:
            return None
        await _ENDS[kind](viewer, opened_team(self), self.target)
        if kind == "team":
            leave = rx.redirect(paths.teams(viewer.tenancy.project_id))
            return [rx.toast.success(say("team-deleted")), unsaved.guard(False), leave]
        return [rx.toast.success(say("common-done-notice")), TeamDetailState.refresh]


QUESTIONS: Final[dict[str, tuple[str, str, str]]] = {
    "team": (say("team-deletion"), say("team-deletion-text"), say("team-deletion-confirm")),
    "member": (say("team-removal"), say("team-removal-text"), say("team-removal-confirm")),
    "invitation": (say("team-take-back"), say("team-take-back-text"), say("team-take-back-confirm")),
    "key": (say("team-key-revocation"), say("team-key-revocation-text"), say("team-key-revocation-confirm")),
}


def _choices(viewer: Viewer, direct: list[str]) -> list[PermissionChoice]:
    config, scope = viewer.tenancy.config, permissions.TEAM_SCOPE
    choices = []
    for one in sorted(permissions.defined_ids(config, scope)):
        way = permissions.chain(config, [held for held in direct if held != one], one, scope)
        definition = config.rbac.permissions.get(one)
        text = definition.description or "" if definition is not None else ""
        choices.append(PermissionChoice(one, text, one in direct, way[0] if way else ""))
    return choices


def _add(session: Session, viewer: Viewer, *, team_id: uuid.UUID, email: str) -> None:
    channel = contact_channels.find_for_auth(session, tenancy_id=viewer.tenancy.id, email=email)
    if channel is None:
        raise StatusError(404, say("team-nobody"))
    teams.add_member(session, tenancy=viewer.tenancy, team_id=team_id, user_id=channel.user_id)


async def _delete_team(viewer: Viewer, team_id: uuid.UUID, _target: str) -> None:
    await viewer.installation.db.run(teams.delete, tenancy_id=viewer.tenancy.id, team_id=team_id)


async def _remove_member(viewer: Viewer, team_id: uuid.UUID, target: str) -> None:
    await viewer.installation.db.run(
        teams.remove_member, tenancy_id=viewer.tenancy.id, team_id=team_id, user_id=parse_user_id(target)
    )


async def _revoke_invitation(viewer: Viewer, team_id: uuid.UUID, target: str) -> None:
    await viewer.installation.db.run(
        team_invitations.revoke,
        caller=admin_caller(viewer),
        invitation_id=known_id(target, say("team-unknown-invitation")),
        team_id=team_id,
    )


async def _revoke_key(viewer: Viewer, team_id: uuid.UUID, target: str) -> None:
    owner = api_keys.Owner(KeyOwner.TEAM, team_id)
    key_id = known_id(target, say("team-unknown-key"))
    await viewer.installation.db.run(revoke_key_of, tenancy_id=viewer.tenancy.id, owner=owner, key_id=key_id)


_ENDS: Final[dict[str, _End]] = {
    "team": _delete_team,
    "member": _remove_member,
    "invitation": _revoke_invitation,
    "key": _revoke_key,
}
