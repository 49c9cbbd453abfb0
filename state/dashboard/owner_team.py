"""The dialog about the people of a team that owns projects."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.pages import routes
from hexclave_app.services import contact_channels, dashboard_teams, limits
from hexclave_app.services.dashboard_teams import DashboardTeam, Place, Reason, TeamUnchanged
from models.base import from_millis, utc_now
from state.base import Access, Refused, Viewer, guarded
from state.dashboard.forms import known_id, typed
from state.dashboard.wording import exact, initials
from state.hosted.signing_in import page_url, sign_in_context
from state.hosted.typed import typed_email


@dataclass(frozen=True)
class PersonRow:
    """A member of the team."""

    id: str
    name: str
    email: str
    initials: str
    is_admin: bool
    is_viewer: bool


@dataclass(frozen=True)
class InvitedRow:
    """Somebody who has not come yet."""

    id: str
    email: str
    until: str


_REFUSALS = {
    Reason.FULL: "projects-team-full",
    Reason.LAST_ADMIN: "projects-team-last-admin",
    Reason.ADMINS_ONLY: "projects-team-admins-only",
}


class OwnerTeamState(rx.State):
    """Who is in a team, and who is invited."""

    is_open: bool = False
    error: str = ""
    email_error: str = ""
    is_inviting: bool = False
    team_name: str = ""
    seats: str = ""
    is_full: bool = False
    may_remove: bool = False
    people: list[PersonRow] = []
    invited: list[InvitedRow] = []
    round: int = 0
    """Grows with every invitation, so that the field is empty again."""
    asked: str = ""
    """The member who is about to go."""
    asked_name: str = ""
    asked_invitation: str = ""
    """The invitation that is about to be taken back."""
    asked_email: str = ""
    _team: str = ""

    def _forget(self) -> None:
        self.is_open, self.asked, self.asked_invitation = False, "", ""

    def _error_field(self, _error: Exception) -> str:
        self.is_inviting = False
        return "error" if self.is_open else ""

    @guarded(Access.DASHBOARD)
    async def open_for(self, viewer: Viewer, team_id: str) -> None:
        """Show a team of the viewer; of others nobody learns anything."""
        self._forget()
        self.error = self.email_error = ""
        self._team = str(team_id)
        await self._read(viewer)
        self.is_open = True

    @guarded(Access.DASHBOARD)
    async def close(self, _viewer: Viewer, _is_open: bool) -> None:
        """Close the dialog."""
        self._forget()

    @guarded(Access.DASHBOARD)
    async def invite(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Mail an invitation."""
        self.error = self.email_error = ""
        email = typed_email({"email": typed(form, "invited_email")})
        if email is None:
            self.email_error = say("projects-team-bad-email")
            return rx.set_focus("invited_email")
        self.is_inviting = True
        await limits.mail(sign_in_context(viewer), recipient=contact_channels.normalise_email(email))
        await self._change(
            viewer,
            dashboard_teams.invite,
            installation=viewer.installation,
            email=email,
            callback_url=page_url(viewer, routes.TEAM_INVITATION),
            now=utc_now(),
        )
        self.is_inviting = False
        self.round += 1
        await self._read(viewer)
        return rx.toast.success(say("projects-team-invited", email=email))

    @guarded(Access.DASHBOARD)
    async def ask_to_revoke(self, _viewer: Viewer, invitation_id: str) -> None:
        """Ask before an invitation is taken back: whoever has it learns of it only when it no longer works."""
        found = [one for one in self.invited if one.id == invitation_id]
        self.error = ""
        self.asked_invitation, self.asked_email = (found[0].id, found[0].email) if found else ("", "")

    @guarded(Access.DASHBOARD)
    async def revoke(self, viewer: Viewer, invitation_id: str) -> object:
        """Take an invitation back."""
        self.error = self.asked_invitation = ""
        found = known_id(invitation_id, say("projects-team-gone"))
        await self._change(viewer, dashboard_teams.revoke, invitation_id=found)
        await self._read(viewer)
        return rx.toast.success(say("projects-team-revoked"))

    @guarded(Access.DASHBOARD)
    async def appoint(self, viewer: Viewer, member_id: str) -> object:
        """Make a member administrator."""
        self.error = ""
        member = self._person(member_id)
        found = known_id(member.id, say("projects-team-gone"))
        await self._change(viewer, dashboard_teams.appoint, member_id=found)
        await self._read(viewer)
        return rx.toast.success(say("projects-team-appointed", name=member.name))

    @guarded(Access.DASHBOARD)
    async def ask(self, _viewer: Viewer, member_id: str) -> None:
        """Ask before somebody goes."""
        member = self._person(member_id)
        self.error = ""
        self.asked, self.asked_name = member.id, "" if member.is_viewer else member.name

    @guarded(Access.DASHBOARD)
    async def stop_asking(self, _viewer: Viewer) -> None:
        """Close the questions."""
        self.asked = self.asked_invitation = ""

    @guarded(Access.DASHBOARD)
    async def remove(self, viewer: Viewer) -> object:
        """Remove the member, or leave."""
        asked, self.asked = self.asked, ""
        member_id = known_id(asked, say("projects-team-gone"))
        await self._change(viewer, dashboard_teams.remove, member_id=member_id)
        if member_id == viewer.signed_in.id:
            self._forget()
            # The list and the menus show only what the viewer may still see.
            return [rx.toast.success(say("projects-team-left")), rx.call_script("window.location.replace('/projects')")]
        await self._read(viewer)
        return rx.toast.success(say("projects-team-removed", name=self.asked_name))

    async def _change(self, viewer: Viewer, change: Callable[..., None], **details: object) -> None:
        try:
            await viewer.installation.db.run(change, self._place(viewer), **details)
        except TeamUnchanged as refusal:
            raise Refused(say(_REFUSALS[refusal.reason])) from None

    def _place(self, viewer: Viewer) -> Place:
        try:
            team_id = uuid.UUID(self._team)
        except ValueError:
            raise StatusError(404, say("projects-team-gone")) from None
        return Place(viewer.host_tenancy, team_id, viewer.signed_in.id)

    def _person(self, member_id: object) -> PersonRow:
        found = [one for one in self.people if one.id == member_id]
        if not found:
            raise StatusError(404, say("projects-team-gone"))
        return found[0]

    async def _read(self, viewer: Viewer) -> None:
        place = self._place(viewer)
        team = await viewer.installation.db.scan(dashboard_teams.describe, place, now=utc_now())
        self._show(team, viewer.signed_in.id, viewer.installation.settings.dashboard_seats)

    def _show(self, team: DashboardTeam, viewer_id: uuid.UUID, seats: int) -> None:
        self.team_name = team.name
        used = team.seats_used
        limited = say("projects-team-seats-limited", used=used, seats=seats)
        self.seats = limited if seats else say("projects-team-seats", used=used)
        self.is_full = team.is_full(seats)
        self.may_remove = any(one.is_admin and one.id == viewer_id for one in team.members)
        self.people = [
            PersonRow(str(one.id), one.name, one.email, initials(one.name), one.is_admin, one.id == viewer_id)
            for one in team.members
        ]
        self.invited = [
            InvitedRow(str(one.id), one.email, exact(from_millis(one.expires_at_millis))) for one in team.invitations
        ]
