"""What hosted pages know of their project, and who is signed in there."""

import reflex as rx

from hexclave_app.pages import routes
from models.projects import INTERNAL_PROJECT_ID
from state.base import Access, Updates, Viewer, guarded
from state.hosted.returns import RETURN_PARAMETER, safe_target, sign_out_script

DASHBOARD_START = "/projects"


def start_page(viewer: Viewer) -> str:
    """Where a signed-in person belongs when no other place was asked for."""
    return DASHBOARD_START if viewer.host_tenancy.project_id == INTERNAL_PROJECT_ID else routes.HOME


class HostedState(rx.State):
    """The project of this host and the visitor."""

    error: str = ""
    is_loaded: bool = False
    is_dashboard: bool = False
    project_name: str = ""
    can_sign_up: bool = True
    has_password: bool = True
    is_signed_in: bool = False
    greeting_name: str = ""
    email: str = ""

    @guarded(Access.VISITOR)
    async def load_auth_page(self, viewer: Viewer) -> Updates:
        """On sign-in and sign-up: people who are signed in go on at once."""
        self._describe(viewer)
        if viewer.user is not None:
            wanted = self.router.url.query_parameters.get(RETURN_PARAMETER, "")
            yield rx.redirect(safe_target(wanted, viewer=viewer, default=start_page(viewer)), replace=True)

    @guarded(Access.VISITOR)
    async def load_home(self, viewer: Viewer) -> Updates:
        """On the root of a hosted origin: it requires a user."""
        self._describe(viewer)
        if viewer.user is None:
            yield rx.redirect(routes.SIGN_IN, replace=True)

    @guarded(Access.VISITOR)
    async def load_sign_out(self, viewer: Viewer) -> Updates:
        """On the sign-out page: end any session, restricted and anonymous ones included, then say so."""
        self._describe(viewer)
        if viewer.user is not None:
            yield rx.call_script(sign_out_script(routes.SIGN_OUT), callback=HostedState.sign_out_failed)

    @guarded(Access.VISITOR)
    async def sign_out_failed(self, _viewer: Viewer, problem: str) -> None:
        """Show why the session could not be ended; no text means that the page is already on its way."""
        self.error = problem or ""

    def _describe(self, viewer: Viewer) -> None:
        tenancy, user = viewer.host_tenancy, viewer.user
        self.error = ""
        self.is_loaded = True
        self.is_dashboard = tenancy.project_id == INTERNAL_PROJECT_ID
        self.project_name = tenancy.display_name
        self.can_sign_up = tenancy.config.auth.allow_sign_up
        self.has_password = tenancy.config.auth.password.allow_sign_in
        self.is_signed_in = user is not None
        self.email = (user.primary_email or "") if user else ""
        self.greeting_name = (user.display_name or user.primary_email or "there") if user else ""
