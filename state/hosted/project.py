"""What hosted pages know of their project, and who is signed in there."""

from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from hexclave_app.pages import routes
from hexclave_app.services.hosted_look import offered_providers
from hexclave_app.services.oauth import hand_off
from hexclave_app.services.users.records import UserRecord
from models.projects import INTERNAL_PROJECT_ID
from state.base import Access, Updates, Viewer, guarded
from state.dashboard.wording import initials
from state.hosted import hand_over
from state.hosted.returns import javascript, lead_on, safe_target, sign_out_script, wanted, with_return

DASHBOARD_START = "/projects"


def start_page(viewer: Viewer) -> str:
    """Where a signed-in person belongs when no other place was asked for."""
    return DASHBOARD_START if viewer.host_tenancy.project_id == INTERNAL_PROJECT_ID else routes.HOME


def next_page(viewer: Viewer, user: UserRecord, target: str) -> str:
    """Where somebody goes who is signed in now: restricted people finish their account first."""
    if is_restricted(viewer, user) and not target.startswith(routes.CLI_AUTH):
        return with_return(routes.ONBOARDING, target)
    return safe_target(target, viewer=viewer, default=start_page(viewer))


def is_restricted(viewer: Viewer, user: UserRecord) -> bool:
    """Whether somebody has to finish their account before they may use the project."""
    return user.restricted_reason(viewer.host_tenancy.config) is not None


def require_user(state: rx.State, viewer: Viewer, *, here: str) -> EventSpec | None:
    """The way to sign in, or to finish the account, for people who may not see a page; None for all others."""
    user = viewer.user
    if user is None or user.is_anonymous:
        return borrow_session(state, viewer, here=here) or rx.redirect(with_return(routes.SIGN_IN, here), replace=True)
    return rx.redirect(with_return(routes.ONBOARDING, here), replace=True) if is_restricted(viewer, user) else None


def borrow_session(state: rx.State, viewer: Viewer, *, here: str) -> EventSpec | None:
    """The way to the session of an app that offers it to this page (contract 08, section 1.3)."""
    lender = hand_off.lender_of(state.router.url.query_parameters)
    if (
        not lender
        or lender.startswith("/")
        or viewer.is_framed
        or safe_target(lender, viewer=viewer, default="") != lender
    ):
        return None
    address = f"{routes.OAUTH_BORROW}?{urlencode({'lender': lender, 'target': here or routes.HOME})}"
    return rx.call_script(f"window.location.replace({javascript(address)})")


class HostedState(rx.State):
    """The project of this host and the visitor."""

    error: str = ""
    is_loaded: bool = False
    is_dashboard: bool = False
    project_name: str = ""
    more_providers: list[dict[str, str]] = []
    """Providers under names of the project's own; those with their usual name are in the page as delivered."""
    is_signed_in: bool = False
    """Whether there is a session, anonymous and restricted ones included."""
    has_arrived: bool = False
    """Whether somebody is signed in who may use the project."""
    greeting_name: str = ""
    initials: str = ""
    image: str = ""
    sign_in_href: str = routes.SIGN_IN
    sign_up_href: str = routes.SIGN_UP
    email: str = ""

    @guarded(Access.VISITOR)
    async def load_page(self, viewer: Viewer) -> None:
        """On pages that say themselves what they show."""
        self._describe(viewer)

    @guarded(Access.VISITOR)
    async def load_auth_page(self, viewer: Viewer) -> Updates:
        """On sign-in and sign-up: people who are signed in go on at once."""
        self._describe(viewer)
        if viewer.user is not None and not viewer.user.is_anonymous:
            target = next_page(viewer, viewer.user, wanted(self))
            if target.startswith("/"):
                yield lead_on(self, target)
                return
            address = await hand_over.address_of(viewer, self.router.headers.cookie, target)
            yield rx.call_script(f"window.location.replace({javascript(address)})")
        else:
            yield borrow_session(self, viewer, here=with_return(self.router.url.path, wanted(self)))

    @guarded(Access.VISITOR)
    async def load_home(self, viewer: Viewer) -> Updates:
        """On the root of a hosted origin: it requires a user."""
        self._describe(viewer)
        yield require_user(self, viewer, here="")

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
        self.sign_in_href, self.sign_up_href = (
            with_return(page, wanted(self)) for page in (routes.SIGN_IN, routes.SIGN_UP)
        )
        self.is_dashboard = tenancy.project_id == INTERNAL_PROJECT_ID
        self.project_name = tenancy.display_name
        self.more_providers = [
            {"id": one.id, "name": one.id.replace("_", " ").replace("-", " ").title()}
            for one in offered_providers(tenancy, viewer.installation.settings)
            if one.id != one.type
        ]
        self.is_signed_in = user is not None
        self.has_arrived = user is not None and not is_restricted(viewer, user)
        self.email = (user.primary_email or "") if user else ""
        self.greeting_name = (user.display_name or user.primary_email or "") if user else ""
        self.initials, self.image = initials(self.greeting_name), (user.profile_image_url or "") if user else ""
