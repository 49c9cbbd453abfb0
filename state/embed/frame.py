"""The life of an embedded part: it meets the page around it, and follows who is signed in there."""

from typing import Annotated, Any, Literal

import reflex as rx
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from reflex.event import EventType

from hexclave_app.errors import StatusError
from hexclave_app.pages import routes
from hexclave_app.services import sessions
from hexclave_app.services.embedding import framing, tickets
from models.base import utc_now
from state import frames
from state.base import Access, Updates, Viewer, guarded, resolve_viewer
from state.embed.teams import TeamSwitcherState
from state.embed.user import UserButtonState
from state.frames import FrameState
from state.hosted.account.shell import AccountState
from state.hosted.credentials import CodeState, SignInState, SignUpState
from state.hosted.framed import seal_ticket
from state.hosted.invitations import TeamCreationState, TeamInvitationState
from state.hosted.links import EmailVerificationState, ForgotPasswordState, MagicLinkState, PasswordResetState
from state.hosted.onboarding import OnboardingState
from state.hosted.passkeys import PasskeySignInState
from state.hosted.project import HostedState, is_restricted

_FRESH = [CodeState.begin_anew, PasskeySignInState.begin_anew]
_LOADERS: dict[str, list[Any]] = {
    routes.EMBED_SIGN_IN: [*_FRESH, SignInState.begin_anew],
    routes.EMBED_SIGN_UP: [*_FRESH, SignUpState.begin_anew],
    routes.EMBED_OAUTH_BUTTONS: [],
    routes.EMBED_USER_BUTTON: [UserButtonState.load],
    routes.EMBED_TEAM_SWITCHER: [TeamSwitcherState.load],
    routes.EMBED_ACCOUNT_SETTINGS: [AccountState.load],
    routes.EMBED_FORGOT_PASSWORD: [ForgotPasswordState.load],
    routes.EMBED_PASSWORD_RESET: [PasswordResetState.load],
    routes.EMBED_MAGIC_LINK: [MagicLinkState.load],
    routes.EMBED_EMAIL_VERIFICATION: [EmailVerificationState.load],
    routes.EMBED_ONBOARDING: [OnboardingState.load],
    routes.EMBED_TEAM_INVITATION: [TeamInvitationState.load],
    routes.EMBED_TEAM_CREATION: [TeamCreationState.load],
}
_FOR_NOBODY = (routes.EMBED_SIGN_IN, routes.EMBED_SIGN_UP, routes.EMBED_OAUTH_BUTTONS)
_FOR_SOMEBODY = (routes.EMBED_ACCOUNT_SETTINGS, routes.EMBED_TEAM_CREATION, routes.EMBED_ONBOARDING)
_NONCE = r"^[A-Za-z0-9_-]{43}$"  # SHA-256 in base64url (RFC 7636)
_MAX_CHARS = 8_192

MailPage = Literal["magic-link-callback", "password-reset", "email-verification", "team-invitation"]
_ShortText = Annotated[str, StringConstraints(max_length=_MAX_CHARS)]


class Introduction(BaseModel):
    """What the page around says about itself and about who is signed in."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    origin: _ShortText
    nonce: Annotated[str, StringConstraints(pattern=_NONCE)]
    return_url: _ShortText
    access_token: _ShortText
    mail_pages: dict[MailPage, _ShortText] = {}


class EmbedState(rx.State):
    """Meeting the page around."""

    @guarded(Access.VISITOR)
    async def open(self, viewer: Viewer) -> Updates:
        """Forget everything, and ask the page around to introduce itself; outside of a page there is nothing to see."""
        frame = await self.get_state(FrameState)
        frame._forget()  # noqa: SLF001 - public methods are events
        if not viewer.is_framed:
            frame.stage = frames.ALONE
            return
        yield rx.call_script("window.hexclaveFrame?.introduce()")

    @guarded(Access.VISITOR)
    async def meet(self, viewer: Viewer, introduction: dict[str, Any]) -> Updates:
        """Believe a page of a trusted domain; it says who is signed in."""
        frame = await self.get_state(FrameState)
        frame._forget()  # noqa: SLF001 - public methods are events
        try:
            told = Introduction.model_validate(introduction)
        except ValidationError:
            told = None
        if told is None or not viewer.is_framed or not _is_trusted(viewer, told):
            frame.stage = frames.REFUSED
            return
        frame._origin, frame._nonce, frame._return_url = told.origin, told.nonce, told.return_url  # noqa: SLF001 - public methods of a state are events
        frame._access_token = told.access_token  # noqa: SLF001 - public methods of a state are events
        frame._mail_pages = {str(page): url for page, url in told.mail_pages.items()}  # noqa: SLF001 - public methods of a state are events
        frame.ticket = seal_ticket(viewer, frame, expires_at=utc_now() + tickets.LIFETIME)
        yield await self._show(frame)
        if frame.stage == frames.SIGNED_IN and await self._has_arrived():
            yield frames.tell_page("signed-in-already")

    @guarded(Access.VISITOR)
    async def follow(self, _viewer: Viewer, access_token: str) -> Updates:
        """Take a fresh token; the part is shown anew only when somebody else is signed in by it."""
        frame = await self.get_state(FrameState)
        if not frame._nonce or not isinstance(access_token, str) or len(access_token) > _MAX_CHARS:  # noqa: SLF001 - public methods of a state are events
            return
        frame._access_token = access_token  # noqa: SLF001 - public methods of a state are events
        now = await resolve_viewer(self, Access.VISITOR)
        if str(now.session_id) != frame._shown_session:  # noqa: SLF001 - public methods of a state are events
            yield await self._show(frame)

    @guarded(Access.SIGNED_IN)
    async def sign_out(self, viewer: Viewer) -> Updates:
        """End the session everywhere, and tell the page around."""
        if viewer.session_id is None:
            raise StatusError(400, "There is no session to end.")
        await viewer.installation.db.run(
            sessions.end_current, tenancy_id=viewer.host_tenancy.id, session_id=viewer.session_id
        )
        frame = await self.get_state(FrameState)
        frame._access_token = ""  # noqa: SLF001 - public methods of a state are events
        yield [frames.tell_page("signed-out"), *await self._show(frame)]

    async def _has_arrived(self) -> bool:
        viewer = await resolve_viewer(self, Access.VISITOR)
        return viewer.user is not None and not is_restricted(viewer, viewer.user)

    async def _show(self, frame: FrameState) -> list[EventType[()]]:
        """What the part shows now, and the events that fill it."""
        viewer = await resolve_viewer(self, Access.VISITOR)
        path = self.router.url.path.rstrip("/")
        is_somebody = viewer.user is not None and not viewer.user.is_anonymous
        frame.second_step, frame._shown_session = "", str(viewer.session_id)  # noqa: SLF001 - public methods of a state are events
        if path in _FOR_NOBODY and is_somebody:
            frame.stage = frames.SIGNED_IN
            return [HostedState.load_page, *_unfinished(viewer)]
        if path in _FOR_SOMEBODY and not is_somebody:
            frame.stage = frames.SIGNED_OUT
            return [HostedState.load_page]
        frame.stage = frames.OPEN
        return [HostedState.load_page, *_LOADERS.get(path, [])]


def _unfinished(viewer: Viewer) -> list[EventType[()]]:
    """The way on for people who have to finish their account first."""
    return [frames.go_inside(routes.ONBOARDING)] if is_restricted(viewer, viewer.signed_in) else []


def _is_trusted(viewer: Viewer, told: Introduction) -> bool:
    is_trusted = framing.is_trusted_parent(
        viewer.installation, viewer.host_tenancy, origin=told.origin, return_url=told.return_url
    )
    return is_trusted and all(framing.belongs_to(page, told.origin) for page in told.mail_pages.values())
