"""Mailing one address of a user: an invitation to sign in, a verification, a password reset; to which app is asked."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import reflex as rx

from hexclave_app.config.schema import CompleteConfig
from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.services import email_verification, limits, password_changes, sign_in_invitations
from hexclave_app.services.sessions import SignInContext
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard.forms import known_id, typed
from state.dashboard.user_detail import UserDetailState, opened_user

INVITATION: Final = "invitation"
VERIFICATION: Final = "verification"
RESET: Final = "reset"
HOSTED: Final = "hosted"
LOCALHOST: Final = "localhost"
_PAGES: Final = {INVITATION: "sign-in", VERIFICATION: "email-verification", RESET: "password-reset"}
_TITLES: Final = {
    INVITATION: say("user-mail-invitation"),
    VERIFICATION: say("user-mail-verification"),
    RESET: say("user-mail-reset"),
}
_HANDLER: Final = "/handler"


@dataclass(frozen=True)
class Target:
    """An app that the link in the mail can lead to."""

    id: str
    label: str


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
            self.targets = _targets(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def choose(self, _viewer: Viewer, target: str) -> None:
        """Choose where the link leads."""
        self.target = str(target)

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Send the mail."""
        kind, url = self.kind, _callback_url(viewer, self.kind, self.target, form)
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


def _targets(viewer: Viewer) -> list[Target]:
    config = viewer.tenancy.config
    found = [Target(HOSTED, say("user-mail-hosted")), *(Target(one, one) for one in _apps(config))]
    return [*found, Target(LOCALHOST, say("user-mail-localhost"))] if config.domains.allow_localhost else found


def _apps(config: CompleteConfig) -> dict[str, str]:
    """The trusted domains that name one place, with the path of their handler."""
    domains = config.domains.trusted_domains.values()
    return {one.base_url: one.handler_path for one in domains if one.base_url and "*" not in one.base_url}


def _callback_url(viewer: Viewer, kind: str, target: str, form: dict[str, Any]) -> str:
    """Where the link leads; what is no offered target is refused, and the services check it once more."""
    if kind not in _PAGES:
        raise StatusError(400, say("user-mail-unknown"))
    config, page = viewer.tenancy.config, _PAGES[kind]
    if target == HOSTED:
        return f"{viewer.installation.settings.hosted_origin(viewer.tenancy.project_id)}{_HANDLER}/{page}"
    if target == LOCALHOST and config.domains.allow_localhost:
        port, path = typed(form, "mail_port"), typed(form, "mail_path") or _HANDLER
        if not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536) or not path.startswith("/"):
            raise StatusError(400, say("user-mail-localhost-wrong"))
        return f"http://localhost:{port}{path.rstrip('/')}/{page}"
    apps = _apps(config)
    if target not in apps:
        raise StatusError(400, say("user-mail-unknown"))
    return f"{target.rstrip('/')}{apps[target].rstrip('/')}/{page}"
