"""One team of the user: own name in it, its name and picture, members, invitations, leaving."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

import reflex as rx
from sqlmodel import Session

from hexclave_app.gateways.blobs import open_blobs
from hexclave_app.languages.dates import day
from hexclave_app.languages.speaking import say
from hexclave_app.pages import routes
from hexclave_app.services import permissions, team_access, team_invitations, team_profiles, teams
from hexclave_app.services.images import resolve_image
from hexclave_app.services.team_invitations import InvitationRequest
from models.base import JsonValue, from_millis, utc_now
from state.base import Access, Refused, Updates, Viewer, guarded
from state.dashboard.wording import initials
from state.hosted.signing_in import mailed_page
from state.hosted.typed import caller_of, known_id, typed_email

T = TypeVar("T")
_FOLDER = "team-profile-images"
_MAX_NAME = 100  # characters
_UPDATE, _READ, _INVITE, _REMOVE = "$update_team", "$read_members", "$invite_members", "$remove_members"


@dataclass(frozen=True)
class Member:
    """A member in the list."""

    id: str
    name: str
    initials: str
    image: str
    is_self: bool


@dataclass(frozen=True)
class Invitation:
    """An invitation that nobody has accepted yet."""

    id: str
    email: str
    expires: str


class TeamState(rx.State):
    """The open team; what one may not do is not shown, and refused."""

    team_name: str = ""
    initials: str = ""
    image: str = ""
    own_name: str = ""
    can_update: bool = False
    can_see_members: bool = False
    can_invite: bool = False
    can_see_invitations: bool = False
    can_remove: bool = False
    members: list[Member] = []
    invitations: list[Invitation] = []
    name_error: str = ""
    email_error: str = ""
    is_leaving: bool = False
    asked_id: str = ""
    asked_name: str = ""
    team_id: str = ""
    """Which team is shown; what happens to a team is checked with `_team_id`, which no browser sets."""
    _team_id: str = ""

    @guarded(Access.SIGNED_IN)
    async def load(self, viewer: Viewer, team_id: str) -> None:
        """Show a team that the user is in."""
        self._team_id = self.team_id = team_id
        self.name_error = self.email_error = ""
        self.is_leaving, self.asked_id = False, ""
        await self._refresh(viewer)

    @guarded(Access.SIGNED_IN)
    async def save_own_name(self, viewer: Viewer, form: dict[str, Any]) -> Updates:
        """Be called something else in this team."""
        name = str(form.get("own_name") or "").strip()[:_MAX_NAME]
        await viewer.installation.db.run(
            team_profiles.update,
            tenancy_id=viewer.host_tenancy.id,
            team_id=known_id(self._team_id),
            user_id=viewer.signed_in.id,
            changes={"display_name": name or None},
        )
        await self._refresh(viewer)
        yield rx.toast.success(say("name-saved"))

    @guarded(Access.SIGNED_IN)
    async def rename(self, viewer: Viewer, form: dict[str, Any]) -> Updates:
        """Rename the team."""
        name = str(form.get("new_team_name") or "").strip()
        self.name_error = "" if 0 < len(name) <= _MAX_NAME else say("bad-team-name", length=_MAX_NAME)
        if self.name_error:
            yield rx.set_focus("new_team_name")
            return
        await self._change(viewer, {"display_name": name})
        yield rx.toast.success(say("team-renamed"))

    @guarded(Access.SIGNED_IN)
    async def save_image(self, viewer: Viewer, data_url: str) -> Updates:
        """Change the team's picture to what the browser has cut out."""
        if not data_url:
            yield rx.toast.error(say("picture-unreadable"))
            return
        await self._with(viewer, (_UPDATE,), _nothing)  # before an image is stored for nothing
        blobs = open_blobs(viewer.installation.settings)
        stored = await resolve_image(data_url, folder=_FOLDER, allow_http=False, blobs=blobs)
        await self._change(viewer, {"profile_image_url": stored})
        yield rx.toast.success(say("picture-saved"))

    @guarded(Access.SIGNED_IN)
    async def invite(self, viewer: Viewer, form: dict[str, Any]) -> Updates:
        """Mail an invitation."""
        email = typed_email({"email": form.get("invited_email")})
        self.email_error = "" if email else say("bad-email")
        if email is None:
            yield rx.set_focus("invited_email")
            return
        request = InvitationRequest(
            team_id=known_id(self._team_id),
            email=email,
            callback_url=await mailed_page(self, viewer, routes.TEAM_INVITATION),
        )
        await viewer.installation.db.run(
            team_invitations.send,
            installation=viewer.installation,
            caller=caller_of(viewer),
            request=request,
            now=utc_now(),
        )
        await self._refresh(viewer)
        yield rx.toast.success(say("invited", email=email))

    @guarded(Access.SIGNED_IN)
    async def take_back(self, viewer: Viewer, invitation_id: str) -> None:
        """Take an invitation back."""
        await viewer.installation.db.run(
            team_invitations.revoke,
            caller=caller_of(viewer),
            invitation_id=known_id(invitation_id),
            team_id=known_id(self._team_id),
        )
        await self._refresh(viewer)

    @guarded(Access.SIGNED_IN, frameable=False)
    async def ask_to_remove(self, _viewer: Viewer, user_id: str) -> None:
        """Ask before somebody is removed."""
        member = next((one for one in self.members if one.id == user_id), None)
        if member is not None:
            self.asked_id, self.asked_name = member.id, member.name or say("no-name")

    @guarded(Access.SIGNED_IN)
    async def keep_member(self, _viewer: Viewer) -> None:
        """Remove nobody."""
        self.asked_id = ""

    @guarded(Access.SIGNED_IN, frameable=False)
    async def remove_member(self, viewer: Viewer, user_id: str) -> Updates:
        """Remove somebody else from the team."""
        self.asked_id = ""
        member = known_id(user_id)
        if member == viewer.signed_in.id:
            raise Refused(say("leave-instead"))
        await self._with(viewer, (_REMOVE,), partial(teams.remove_member, user_id=member))
        await self._refresh(viewer)
        yield rx.toast.success(say("member-removed"))

    @guarded(Access.SIGNED_IN, frameable=False)
    async def ask_to_leave(self, _viewer: Viewer) -> None:
        """Ask before leaving."""
        self.is_leaving = True

    @guarded(Access.SIGNED_IN)
    async def stay(self, _viewer: Viewer) -> None:
        """Do not leave."""
        self.is_leaving = False

    @guarded(Access.SIGNED_IN, frameable=False)
    async def leave(self, viewer: Viewer) -> Updates:
        """Leave the team, and load the page anew without it."""
        self.is_leaving = False
        await self._with(viewer, (), partial(teams.remove_member, user_id=viewer.signed_in.id))
        yield rx.call_script(f"window.location.replace('{routes.ACCOUNT_SETTINGS}')")

    async def _refresh(self, viewer: Viewer) -> None:
        team_id, now = known_id(self._team_id), utc_now()
        seen = await viewer.installation.db.read(_look, viewer, team_id, now)
        self.team_name, self.image, self.own_name = seen.name, seen.image, seen.own_name
        self.initials = initials(seen.name)
        self.can_update, self.can_invite, self.can_remove = (one in seen.may for one in (_UPDATE, _INVITE, _REMOVE))
        self.can_see_members = bool({_READ, _INVITE} & seen.may)
        self.can_see_invitations = {_READ, _INVITE} <= seen.may
        self.members, self.invitations = seen.members, seen.invitations

    async def _change(self, viewer: Viewer, changes: dict[str, JsonValue]) -> None:
        await self._with(viewer, (_UPDATE,), partial(teams.update, changes=changes))
        await self._refresh(viewer)

    async def _with(self, viewer: Viewer, needs: tuple[str, ...], action: Callable[..., object]) -> None:
        """Do something in the team, if the viewer is a member with these permissions."""
        await viewer.installation.db.run(_permitted, viewer, known_id(self._team_id), needs, action)


@dataclass(frozen=True)
class _Seen:
    name: str
    image: str
    own_name: str
    may: set[str]
    members: list[Member]
    invitations: list[Invitation]


def _permitted(
    session: Session, viewer: Viewer, team_id: uuid.UUID, needs: tuple[str, ...], action: Callable[..., object]
) -> None:
    team_access.require(session, caller_of(viewer), team_id=team_id, needs=needs)
    action(session, tenancy_id=viewer.host_tenancy.id, team_id=team_id)


def _nothing(_session: Session, **_identity: uuid.UUID) -> None:
    """The permission was the question."""


def _look(session: Session, viewer: Viewer, team_id: uuid.UUID, now: datetime) -> _Seen:
    caller, tenancy, user = caller_of(viewer), viewer.host_tenancy, viewer.signed_in
    team_access.require(session, caller, team_id=team_id)
    identity = {"tenancy_id": tenancy.id, "team_id": team_id, "user_id": user.id}
    may = {
        one
        for one in (_UPDATE, _READ, _INVITE, _REMOVE)
        if permissions.has_team_permission(session, tenancy.config, **identity, permission_id=one)
    }
    team = teams.get(session, tenancy_id=tenancy.id, team_id=team_id)
    profile = team_profiles.get(session, **identity)
    members, invited = [], []
    if {_READ, _INVITE} & may:
        found = team_profiles.list_all(session, tenancy_id=tenancy.id, team_id=team_id)
        members = [
            Member(
                id=str(one.user.id),
                name=one.display_name or "",
                initials=initials(one.display_name or "?"),
                image=one.profile_image_url or "",
                is_self=one.user.id == user.id,
            )
            for one in found
        ]
    if {_READ, _INVITE} <= may:
        pending = team_invitations.list_of_team(session, caller=caller, team_id=team_id, now=now)
        invited = [
            Invitation(
                str(one["id"]), str(one["recipient_email"]), day(from_millis(int(str(one["expires_at_millis"]))))
            )
            for one in pending
        ]
    return _Seen(team.display_name, team.profile_image_url or "", profile.display_name or "", may, members, invited)
