"""Letting a command line use one's account: only on a click in this very tab.

The contract has the page write `confirmed=true` into its address. Anybody can write that into a link, so it counts for
nothing here: what was confirmed is remembered in the tab.
"""

import reflex as rx
from reflex.event import EventSpec

from hexclave_app.errors import ApiError
from hexclave_app.languages.speaking import say
from hexclave_app.pages import routes
from hexclave_app.services import cli_auth
from hexclave_app.services.browser_sessions import store_claim
from models.base import utc_now
from state.base import Access, Updates, Viewer, guarded
from state.explanations import explained
from state.hosted.links import ASKING, CHECKING, DONE, FAILED, INVALID
from state.hosted.returns import claim_script, with_return
from state.hosted.signing_in import sign_in_context
from state.hosted.typed import login_token

COMPLETING = "completing"


class CliAuthState(rx.State):
    """The page that a command line opens."""

    stage: str = CHECKING
    error: str = ""
    is_loading: bool = False
    account: str = ""
    _confirmed_code: str = ""

    @guarded(Access.VISITOR, frameable=False)
    async def load(self, viewer: Viewer) -> Updates:
        """Ask, or finish what was confirmed before signing in."""
        self.error, self.is_loading, code = "", False, self._code()
        user = viewer.user
        is_person = user is not None and not user.is_anonymous
        self.account = (user.primary_email or user.display_name or say("this-account")) if user and is_person else ""
        if not code:
            self.stage = INVALID
        elif is_person and self._confirmed_code == code:
            self.stage = COMPLETING
            yield
            await self._complete(viewer)
        else:
            self.stage = ASKING

    @guarded(Access.VISITOR, frameable=False)
    async def authorize(self, viewer: Viewer) -> Updates:
        """Give the command line a session, or have the person sign in first."""
        self.is_loading, self.error = True, ""
        yield
        user, code = viewer.user, self._code()
        if user is not None and not user.is_anonymous:
            await self._complete(viewer)
            return
        try:
            leads_on = await self._sign_in_first(viewer, code)
        except ApiError as error:
            self.stage, self.error, self.is_loading = FAILED, explained(error), False
            return
        self._confirmed_code = code
        yield leads_on

    @guarded(Access.VISITOR, frameable=False)
    async def claim_failed(self, _viewer: Viewer, problem: str) -> None:
        """Show why the command line's session did not become the browser's."""
        if problem:
            self.stage, self.error, self.is_loading, self._confirmed_code = FAILED, problem, False, ""

    async def _sign_in_first(self, viewer: Viewer, code: str) -> EventSpec:
        """Sign in, or sign up as the anonymous user whom the command line has worked as; both return here."""
        db, context = viewer.installation.db, sign_in_context(viewer)
        here = f"{routes.CLI_AUTH}?login_code={code}&confirmed=true"
        if not await db.read(cli_auth.has_anonymous_session, context, login_code=code):
            return rx.redirect(with_return(routes.SIGN_IN, here))
        claimed = await db.run(cli_auth.claim_anonymous_session, context, login_code=code)
        claim = await db.run(
            store_claim,
            installation=viewer.installation,
            tenancy=viewer.host_tenancy,
            refresh_token=claimed.refresh_token,
            host=viewer.host,
            now=utc_now(),
        )
        return rx.call_script(
            claim_script(claim, with_return(routes.SIGN_UP, here)), callback=CliAuthState.claim_failed
        )

    async def _complete(self, viewer: Viewer) -> None:
        self._confirmed_code = ""
        token = login_token(viewer, self.router.headers.cookie)
        try:
            await viewer.installation.db.run(
                cli_auth.complete, sign_in_context(viewer), login_code=self._code(), refresh_token=token
            )
        except ApiError as error:
            self.stage, self.error = FAILED, explained(error)
        else:
            self.stage = DONE
        self.is_loading = False

    def _code(self) -> str:
        return self.router.url.query_parameters.get("login_code", "")
