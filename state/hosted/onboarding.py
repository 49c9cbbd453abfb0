"""What restricted people have to do before they may use the project."""

from typing import Any

import reflex as rx

from hexclave_app.languages.speaking import say
from hexclave_app.pages import routes
from hexclave_app.services import email_verification, limits
from hexclave_app.services.users import updates
from models.base import utc_now
from state.base import Access, Refused, Updates, Viewer, guarded
from state.hosted.project import next_page
from state.hosted.returns import lead_on, wanted, with_return
from state.hosted.signing_in import mailed_page, sign_in_context
from state.hosted.typed import typed_email

_UNVERIFIED = "email_not_verified"
WAITING, ADD_EMAIL, CHECK_INBOX, BLOCKED = "waiting", "add_email", "check_inbox", "blocked"


class OnboardingState(rx.State):
    """The page of restricted people; everybody else is led on."""

    stage: str = WAITING
    email: str = ""
    reason: str = ""
    error: str = ""
    email_error: str = ""
    is_loading: bool = False

    @guarded(Access.VISITOR)
    async def load(self, viewer: Viewer) -> Updates:
        """See what is missing."""
        self.error = self.email_error = ""
        self.is_loading = False
        user = viewer.user
        if user is None or user.is_anonymous:
            yield rx.redirect(with_return(routes.SIGN_IN, wanted(self)), replace=True)
            return
        reason = user.restricted_reason(viewer.host_tenancy.config)
        if reason is None:
            yield self._lead_on(viewer)
            return
        self.email, self.reason = user.primary_email or "", user.restricted_by_admin_reason or ""
        if reason != _UNVERIFIED:
            self.stage = BLOCKED
        else:
            self.stage = CHECK_INBOX if user.primary_email else ADD_EMAIL

    @guarded(Access.SIGNED_IN)
    async def look_again(self, viewer: Viewer) -> object:
        """Go on when somebody comes back to this tab after the address was verified in another one."""
        is_finished = viewer.signed_in.restricted_reason(viewer.host_tenancy.config) is None
        return self._lead_on(viewer) if is_finished and self.stage != WAITING else None

    @guarded(Access.SIGNED_IN)
    async def change(self, _viewer: Viewer) -> Updates:
        """Type another address."""
        if self.stage == CHECK_INBOX:
            self.stage = ADD_EMAIL
            yield rx.set_focus("email")

    @guarded(Access.SIGNED_IN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> Updates:
        """Use the address, and ask for a proof."""
        self.email_error, self.error = "", ""
        email = typed_email(form)
        if email is None:
            self.email_error = say("bad-email")
            yield rx.set_focus("email")
            return
        user = viewer.signed_in
        if user.restricted_reason(viewer.host_tenancy.config) != _UNVERIFIED:
            raise Refused(say("gone"))  # the account settings change addresses of accounts that are finished
        self.is_loading = True
        yield
        if user.primary_email != email:
            await viewer.installation.db.run(
                updates.update,
                installation=viewer.installation,
                tenancy=viewer.host_tenancy,
                user_id=user.id,
                changes={"primary_email": email},
                now=utc_now(),
            )
        await self._send(viewer, email)
        self.email, self.stage, self.is_loading = email, CHECK_INBOX, False

    @guarded(Access.SIGNED_IN)
    async def send_again(self, viewer: Viewer) -> Updates:
        """Mail another link."""
        self.error = ""
        await self._send(viewer, viewer.signed_in.primary_email or "")
        yield rx.toast.success(say("new-link-on-its-way"))

    def _lead_on(self, viewer: Viewer) -> object:
        target = next_page(viewer, viewer.signed_in, wanted(self))
        # The sign-in page hands the session over to an app on another domain.
        return lead_on(self, target if target.startswith("/") else with_return(routes.SIGN_IN, wanted(self)))

    async def _send(self, viewer: Viewer, email: str) -> None:
        context, user_id = sign_in_context(viewer), viewer.signed_in.id
        await limits.mail(context, recipient=user_id)
        await viewer.installation.db.run(
            email_verification.send_to_primary,
            context,
            user_id=user_id,
            email=email,
            callback_url=await mailed_page(self, viewer, routes.EMAIL_VERIFICATION, target=wanted(self)),
        )
