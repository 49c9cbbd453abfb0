"""The dialog by which an administrator acts as a user for a while: by a link into an app, or by code to paste."""

import json
from typing import TYPE_CHECKING, Any, Final

import reflex as rx

from hexclave_app.languages.speaking import say
from hexclave_app.services import impersonation
from hexclave_app.services.sessions import SignInContext
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.app_targets import HOSTED, Target, page_address, targets_of
from state.dashboard.forms import typed, whole_number
from state.dashboard.user_detail import UserDetailState, opened_user

CONSOLE: Final = "console"
_PAGE: Final = "magic-link-callback"


class ImpersonationState(rx.State):
    """The dialog."""

    if TYPE_CHECKING:
        project_id: str
        opened_user: str

    is_open: bool = False
    error: str = ""
    target: str = HOSTED
    targets: list[Target] = []
    link: str = ""
    snippet: str = ""
    """Like the link shown once, and forgotten when the dialog closes or the page is left: who has it is the user."""

    def _forget(self) -> None:
        self.is_open, self.error, self.link, self.snippet, self.target = False, "", "", "", HOSTED

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, viewer: Viewer, is_open: bool) -> None:
        """Open the dialog, or close it and forget what it has shown."""
        self._forget()
        self._open(viewer, is_open=is_open)

    @guarded(Access.PROJECT_ADMIN)
    async def load(self, viewer: Viewer) -> None:
        """Open the dialog where the address asks for it."""
        self._forget()
        self._open(viewer, is_open=paths.IMPERSONATE in self.router.url.query_parameters)

    @guarded(Access.PROJECT_ADMIN)
    async def choose(self, _viewer: Viewer, target: str) -> None:
        """Choose where to act as the user."""
        self.target = target

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Make the link, or open the session; the reason stays in the audit log."""
        now = utc_now()
        minutes = whole_number(form, "impersonation_minutes", say("user-impersonation-time-label"))
        # Where the administrator sits is not where the user was: no network facts go into the user's session.
        context = SignInContext(viewer.installation, viewer.tenancy, None, now)
        user_id, reason = opened_user(self), typed(form, "impersonation_reason")
        if self.target != CONSOLE:
            self.link = await viewer.installation.db.run(
                impersonation.allow,
                context,
                user_id=user_id,
                reason=reason,
                minutes=minutes,
                requested_by=viewer.signed_in.id,
                callback_url=page_address(viewer, self.target, _PAGE, form),
            )
            return None
        tokens = await viewer.installation.db.run(
            impersonation.begin, context, user_id=user_id, reason=reason, minutes=minutes
        )
        self.snippet = console_snippet(viewer.tenancy.project_id, tokens.refresh_token, seconds=minutes * 60)
        return UserDetailState.refresh

    def _open(self, viewer: Viewer, *, is_open: bool) -> None:
        self.is_open = is_open
        if is_open:
            self.targets = [*targets_of(viewer), Target(CONSOLE, say("user-impersonation-console"))]


def console_snippet(project_id: str, refresh_token: str, *, seconds: int) -> str:
    """JavaScript that signs a browser in to the application, in the form in which the SDK keeps its session."""
    name, token = json.dumps(f"hexclave-refresh-{project_id}--default"), json.dumps(refresh_token)
    return "\n".join(
        [
            'const secure = location.protocol === "https:";',
            f'const name = (secure ? "__Host-" : "") + {name};',
            f"const session = {{ refresh_token: {token}, updated_at_millis: Date.now() }};",
            'document.cookie = name + "=" + encodeURIComponent(JSON.stringify(session))',
            f'  + "; path=/; max-age={seconds}; samesite=lax" + (secure ? "; secure" : "");',
            "location.reload();",
        ]
    )
