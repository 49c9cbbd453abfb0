"""Joining a team from a mailed link, and creating one."""

from typing import Any

import reflex as rx

from hexclave_app import errors
from hexclave_app.errors import ApiError
from hexclave_app.languages.speaking import say
from hexclave_app.pages import routes
from hexclave_app.services import code_redemption, invited_sign_up, team_invitations, teams
from hexclave_app.services.code_redemption import SubmittedCode
from models import VerificationCodeType
from models.base import utc_now
from state.base import Access, Refused, Updates, Viewer, guarded
from state.explanations import explained
from state.frames import go_inside
from state.hosted.links import ASKING, CHECKING, DONE, INVALID, code_problem
from state.hosted.project import is_restricted, require_user
from state.hosted.returns import with_return
from state.hosted.signing_in import SignInEnd, sign_in_context
from state.hosted.typed import caller_of

SIGNED_OUT, RESTRICTED = "signed_out", "restricted"
MAX_NAME = 100  # characters of a team's name


_PASSWORD_ERRORS = (errors.PasswordTooShort, errors.PasswordTooLong, errors.PasswordRequirementsNotMet)


class TeamInvitationState(SignInEnd, rx.State):
    """The page of an invitation."""

    stage: str = CHECKING
    team_name: str = ""
    invited_email: str = ""
    """The address that an account of the dashboard is offered for; empty where there is one, and on other hosts."""
    password_error: str = ""
    repeat_error: str = ""
    sign_in_href: str = ""
    onboarding_href: str = ""

    @guarded(Access.VISITOR)
    async def load(self, viewer: Viewer) -> Updates:
        """Look at the invitation; nothing is used up."""
        self.stage, self.error, self.is_loading, self.team_name = CHECKING, "", False, ""
        self.password_error = self.repeat_error = self.invited_email = ""
        yield
        here = f"{routes.TEAM_INVITATION}?{self.router.url.query}"
        self.sign_in_href, self.onboarding_href = (
            with_return(page, here) for page in (routes.SIGN_IN, routes.ONBOARDING)
        )
        user = viewer.user
        if not self._code():
            self.stage = INVALID
        elif user is None or user.is_anonymous:
            self.invited_email = await self._offered(viewer)
            self.stage = SIGNED_OUT
        elif is_restricted(viewer, user):
            self.stage = RESTRICTED
        else:
            await self._describe(viewer)

    @guarded(Access.VISITOR, frameable=False)
    async def create_account(self, viewer: Viewer, form: dict[str, Any]) -> Updates:
        """Create the account of the invited address, which is a member at once."""
        self.error = self.password_error = self.repeat_error = ""
        password = str(form.get("password") or "")
        if password != form.get("password_repeat"):
            self.repeat_error = say("passwords-differ")
            yield rx.set_focus("password_repeat")
            return
        self.is_loading = True
        yield
        attempt = invited_sign_up.sign_up_invited(sign_in_context(viewer), code=self._code(), password=password)
        try:
            yield await self._finish(viewer, attempt, is_sign_up=True)
        except _PASSWORD_ERRORS as error:
            self.password_error, self.is_loading = explained(error), False
            yield rx.set_focus("password")

    async def _offered(self, viewer: Viewer) -> str:
        try:
            return await invited_sign_up.offered_address(sign_in_context(viewer), code=self._code()) or ""
        except ApiError:  # said after signing in, as on every host
            return ""

    @guarded(Access.SIGNED_IN)
    async def join(self, viewer: Viewer) -> Updates:
        """Become a member: the person has clicked."""
        self.is_loading = True
        yield
        try:
            submitted = await self._submit(viewer)
            await viewer.installation.db.run(
                team_invitations.accept,
                submitted,
                caller=caller_of(viewer),
                seats=viewer.installation.settings.dashboard_seats,
            )
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
        yield require_user(self, viewer, here=routes.TEAM_CREATION)

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
