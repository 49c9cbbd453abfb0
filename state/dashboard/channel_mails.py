"""Mailing one address of a user: an invitation to sign in, a verification, a password reset; to which app is asked."""

from typing import TYPE_CHECKING, Any, Final

import reflex as rx

from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.services import email_verification, limits, password_changes, sign_in_invitations
from hexclave_app.services.sessions import SignInContext
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard.app_targets import HOSTED, Target, page_address, targets_of
from state.dashboard.forms import known_id
from state.dashboard.user_detail import UserDetailState, opened_user

INVITATION: Final = "invitation"
VERIFICATION: Final = "verification"
RESET: Final = "reset"
_PAGES: Final = {INVITATION: "sign-in", VERIFICATION: "email-verification", RESET: "password-reset"}
_TITLES: Final = {
    INVITATION: say("user-mail-invitation"),
    VERIFICATION: say("user-mail-verification"),
    RESET: say("user-mail-reset"),
}


class ChannelMailState(rx.State):
    """The dialog that asks where the link shall lead."""

    if TYPE_CHECKING:
        project_id: str
        opened_user: str

    kind: str = ""
    channel_id: str = ""
    address: str = ""
    title: str = ""
    error: str = ""
    target: str = HOSTED
    targets: list[Target] = []

    def _forget(self) -> None:
        self.kind = self.channel_id = self.error = ""
        self.target = HOSTED

    @guarded(Access.PROJECT_ADMIN)
    async def ask(self, viewer: Viewer, kind: str, channel_id: str) -> None:
        """Open the dialog for one of the shown addresses; no kind closes it."""
        self._forget()
        channels = (await self.get_state(UserDetailState)).channels
        found = [one for one in channels if one.id == channel_id]
        if kind in _PAGES and found:
            self.kind, self.channel_id, self.address = kind, found[0].id, found[0].value
            self.title = _TITLES[kind].removesuffix(" …")
            self.targets = targets_of(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def choose(self, _viewer: Viewer, target: str) -> None:
        """Choose where the link leads."""
        self.target = str(target)

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Send the mail."""
        kind, page = self.kind, _PAGES.get(self.kind)
        if page is None:
            raise StatusError(400, say("user-mail-unknown"))
        url = page_address(viewer, self.target, page, form)
        context = SignInContext(viewer.installation, viewer.tenancy, viewer.end_user, utc_now(), viewer.address)
        user_id, channel_id = opened_user(self), known_id(self.channel_id, say("user-channel-gone"))
        channels = (await self.get_state(UserDetailState)).channels
        email = next((one.value for one in channels if one.id == self.channel_id), "")
        db = viewer.installation.db
        if kind == RESET:
            await password_changes.send_reset_code(context, email=email, callback_url=url)
        else:
            await limits.mail(context, recipient=str(user_id))
        if kind == VERIFICATION:
            await db.run(email_verification.send, context, user_id=user_id, channel_id=channel_id, callback_url=url)
        if kind == INVITATION:
            await db.run(sign_in_invitations.send, context, email=email, callback_url=url)
        self._forget()
        return [rx.toast.success(say("user-mail-sent", email=email)), UserDetailState.refresh]
