"""The end of a window that an embedded part has opened: back to its page, with a code that only this page can use."""

from urllib.parse import urlencode

import reflex as rx
from sqlmodel import Session

from hexclave_app.pages import routes
from hexclave_app.services.browser_sessions import find_cookie
from hexclave_app.services.embedding import sessions, tickets
from hexclave_app.services.embedding.sessions import Parent
from hexclave_app.services.embedding.tickets import Ticket
from models.base import utc_now
from state.base import Access, Updates, Viewer, guarded
from state.hosted.returns import javascript, with_return
from state.hosted.signing_in import sign_in_context
from state.hosted.typed import login_token

CHECKING, LOST = "checking", "lost"


class EmbedReturnState(rx.State):
    """The page between the window's sign-in and the page that it was opened for."""

    stage: str = CHECKING
    error: str = ""

    @guarded(Access.VISITOR, frameable=False)
    async def load(self, viewer: Viewer) -> Updates:
        """Hand the session of this browser to the page that the window was opened for."""
        self.stage, self.error = CHECKING, ""
        ticket = self._ticket(viewer)
        token = login_token(viewer, self.router.headers.cookie)
        if ticket is None:
            self.stage = LOST
            return
        if viewer.user is None or viewer.user.is_anonymous or token is None:
            yield rx.redirect(with_return(routes.SIGN_IN, routes.EMBED_RETURN), replace=True)
            return
        code = await viewer.installation.db.run(_issue, viewer, token, ticket)
        told = urlencode({"hexclave-code": code, "hexclave-nonce": ticket.nonce})
        target = f"{ticket.return_url.partition('#')[0]}#{told}"
        yield rx.call_script(f"window.location.replace({javascript(target)})")

    def _ticket(self, viewer: Viewer) -> Ticket | None:
        project_id, settings = viewer.host_tenancy.project_id, viewer.installation.settings
        name = tickets.cookie_name(project_id, is_secure=settings.is_secure)
        text = find_cookie(self.router.headers.cookie, name) or ""
        return tickets.unseal(viewer.installation, project_id, text, now=utc_now())


def _issue(session: Session, viewer: Viewer, refresh_token: str, ticket: Ticket) -> str:
    return sessions.issue_code(
        session,
        sign_in_context(viewer),
        user_id=viewer.signed_in.id,
        refresh_token=refresh_token,
        parent=Parent(ticket.origin, ticket.nonce),
    )
