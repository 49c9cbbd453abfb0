"""Joining a team from a mailed link, and creating one."""

from typing import Any

import reflex as rx

from hexclave_app.errors import ApiError
from hexclave_app.languages.speaking import say
from hexclave_app.pages import routes
from hexclave_app.services import code_redemption, team_invitations, teams
from hexclave_app.services.code_redemption import SubmittedCode
from models import VerificationCodeType
from models.base import utc_now
from state.base import Access, Refused, Updates, Viewer, guarded
from state.explanations import explained
from state.frames import go_inside
from state.hosted.links import ASKING, CHECKING, DONE, INVALID, code_problem
from state.hosted.returns import with_return
from state.hosted.typed import caller_of

SIGNED_OUT, RESTRICTED = "signed_out", "restricted"
MAX_NAME = 100  # characters of a team's name


class TeamInvitationState(rx.State):
    """The page of an invitation."""

    stage: str = CHECKING
    team_name: str = ""
    error: str = ""
    is_loading: bool = False
    sign_in_href: str = ""
    onboarding_href: str = ""

    @guarded(Access.VISITOR)
    async def load(self, viewer: Viewer) -> Updates:
        """Look at the invitation; nothing is used up."""
        self.stage, self.error, self.is_loading, self.team_name = CHECKING, "", False, ""
        yield
        here = f"{routes.TEAM_INVITATION}?{self.router.url.query}"
        self.sign_in_href, self.onboarding_href = (
            with_return(page, here) for page in (routes.SIGN_IN, routes.ONBOARDING)
        )
        user = viewer.user
        if not self._code():
            self.stage = INVALID
        elif user is None or user.is_anonymous:
            self.stage = SIGNED_OUT
        elif user.restricted_reason(viewer.host_tenancy.config) is not None:
            self.stage = RESTRICTED
        else:
            await self._describe(viewer)

    @guarded(Access.SIGNED_IN)
    async def join(self, viewer: Viewer) -> Updates:
        """Become a member: the person has clicked."""
        self.is_loading = True
        yield
        try:
            submitted = await self._submit(viewer)
            await viewer.installation.db.run(team_invitations.accept, submitted, caller=caller_of(viewer))
        except ApiError as error:
            self.stage, self.error = code_problem(error), explained(error)
        else:
            self.stage = DONE
        self.is_loading = False

    async def _describe(self, viewer: Viewer) -> None:
        try:
            submitted = await self._submit(viewer)
            team = await viewer.installation.db.read(team_invitations.describe, submitted, caller=caller_of(viewer))
        except ApiError as error:
            self.stage, self.error = code_problem(error), explained(error)
        else:
            self.stage, self.team_name = ASKING, team.display_name

    async def _submit(self, viewer: Viewer) -> SubmittedCode:
        return await code_redemption.submit(
            viewer.installation.db,
            tenancy_id=viewer.host_tenancy.id,
            type=VerificationCodeType.TEAM_INVITATION,
            code=self._code(),
            now=utc_now(),
        )

    def _code(self) -> str:
        return self.router.url.query_parameters.get("code", "")


class TeamCreationState(rx.State):
    """Creating a team, on its own page and in the account settings."""

    is_closed: bool = False
    name_error: str = ""
    is_loading: bool = False

    @guarded(Access.VISITOR)
    async def load(self, viewer: Viewer) -> Updates:
        """The page requires a user."""
        self.name_error, self.is_loading = "", False
        self.is_closed = not viewer.host_tenancy.config.teams.allow_client_team_creation
        if viewer.user is None or viewer.user.is_anonymous:
            yield rx.redirect(with_return(routes.SIGN_IN, routes.TEAM_CREATION), replace=True)

    @guarded(Access.SIGNED_IN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> Updates:
        """Create the team and open its settings."""
        if not viewer.host_tenancy.config.teams.allow_client_team_creation:
            raise Refused(say("team-creation-off"))
        name = str(form.get("team_name") or "").strip()
        self.name_error = "" if 0 < len(name) <= MAX_NAME else say("bad-team-name", length=MAX_NAME)
        if self.name_error:
            yield rx.set_focus("team_name")
            return
        self.is_loading = True
        yield
        team = await viewer.installation.db.run(
            teams.create, tenancy=viewer.host_tenancy, display_name=name, creator_id=viewer.signed_in.id
        )
        self.is_loading = False
        settings = f"{routes.ACCOUNT_SETTINGS}?team={team.id}#team-{team.id}"
        yield go_inside(settings) if viewer.is_framed else rx.call_script(f"window.location.assign('{settings}')")
