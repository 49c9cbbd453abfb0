"""How every sign-in on a page ends: in a login cookie, or in the question for the second factor."""

from collections.abc import Awaitable

import reflex as rx
from reflex.event import EventSpec

from hexclave_app import errors
from hexclave_app.pages import routes
from hexclave_app.services.browser_sessions import pages_origin, store_claim
from hexclave_app.services.sessions import SessionTokens, SignInContext
from hexclave_app.services.sign_in import SignedIn
from hexclave_app.services.users import locales, records
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.frames import FrameState
from state.hosted import framed
from state.hosted.project import next_page
from state.hosted.returns import claim_script, wanted, with_return


class AttemptState(rx.State):
    """A sign-in that waits for the second factor; the browser never sees its code."""

    _attempt_code: str = ""


async def waiting_attempt(state: rx.State) -> str:
    """The attempt code that waits in this tab, if any."""
    return (await state.get_state(AttemptState))._attempt_code  # noqa: SLF001 - public vars go to the browser


async def keep_attempt(state: rx.State, code: str) -> None:
    """Let an attempt code wait in this tab."""
    (await state.get_state(AttemptState))._attempt_code = code  # noqa: SLF001 - public vars go to the browser


class SignInEnd(rx.State, mixin=True):
    """What states share from which somebody gets signed in."""

    error: str = ""
    is_loading: bool = False

    @guarded(Access.VISITOR)
    async def claim_failed(self, _viewer: Viewer, problem: str) -> None:
        """Show why the sign-in did not become a cookie; no text means that the page is already on its way."""
        if problem:
            self.error, self.is_loading = problem, False

    async def _finish(
        self, viewer: Viewer, attempt: Awaitable[SessionTokens | SignedIn], *, is_sign_up: bool = False
    ) -> EventSpec | None:
        """The event that leads on once the attempt has succeeded; its refusal is raised."""
        try:
            ended = await attempt
        except errors.MultiFactorAuthenticationRequired as demand:
            attempt_code = str(demand.details["attempt_code"])
            self.is_loading = False
            if viewer.is_framed:
                await framed.ask_on_top(self, viewer, attempt_code)
                return None
            await keep_attempt(self, attempt_code)
            return rx.redirect(with_return(routes.MFA, wanted(self)))
        tokens = ended.tokens if isinstance(ended, SignedIn) else ended
        if viewer.is_framed:
            is_new = is_sign_up or (isinstance(ended, SignedIn) and ended.is_new_user)
            return await framed.hand_out(self, sign_in_context(viewer), tokens, is_new_user=is_new)
        return await self._open(viewer, tokens)

    async def _open(self, viewer: Viewer, tokens: SessionTokens) -> EventSpec:
        """The script that makes the sign-in a cookie and goes on."""
        db = viewer.installation.db
        claim = await db.run(
            store_claim,
            installation=viewer.installation,
            tenancy=viewer.host_tenancy,
            refresh_token=tokens.refresh_token,
            host=viewer.host,
            now=utc_now(),
        )
        await db.run(locales.remember, tenancy_id=viewer.host_tenancy.id, user_id=tokens.user_id)
        user = await db.read(records.find, tenancy_id=viewer.host_tenancy.id, user_id=tokens.user_id)
        if user is None:
            raise errors.UserNotFound
        target = next_page(viewer, user, wanted(self))
        if not target.startswith("/"):
            target = with_return(routes.SIGN_IN, wanted(self))  # which hands the session over once it has the cookie
        return rx.call_script(claim_script(claim, target), callback=type(self).claim_failed)


def sign_in_context(viewer: Viewer) -> SignInContext:
    """The viewer as services of signing in see them."""
    return SignInContext(viewer.installation, viewer.host_tenancy, viewer.end_user, utc_now(), viewer.address)


async def mailed_page(state: rx.State, viewer: Viewer, path: str, *, target: str = "") -> str:
    """Where a mail leads: to the hosted page, or to the page around that has this part inside and has said so."""
    if viewer.is_framed:
        frame = await state.get_state(FrameState)
        own = frame._mail_pages.get(path.rpartition("/")[2])  # noqa: SLF001 - public vars go to the browser
        if own is not None:
            return own
    return page_url(viewer, with_return(path, target))


def page_url(viewer: Viewer, path: str) -> str:
    """The full address of a hosted page; the host comes from the settings, never from the request."""
    return pages_origin(viewer.host_tenancy.project_id, viewer.installation.settings) + path
