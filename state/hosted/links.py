"""Pages that mails lead to. Codes are used on a click only, because mail scanners open links."""

from typing import Any

import reflex as rx

from hexclave_app import errors
from hexclave_app.errors import ApiError
from hexclave_app.languages.speaking import say
from hexclave_app.pages import routes
from hexclave_app.services import email_verification, one_time_codes, password_changes
from state.base import Access, Updates, Viewer, guarded
from state.explanations import explained
from state.hosted.credentials import anonymous_id
from state.hosted.project import is_restricted
from state.hosted.returns import wanted, with_return
from state.hosted.signing_in import SignInEnd, mailed_page, sign_in_context
from state.hosted.typed import typed_email

_PASSWORD_ERRORS = (errors.PasswordTooShort, errors.PasswordTooLong, errors.PasswordRequirementsNotMet)

CHECKING, ASKING, INVALID, EXPIRED, USED, DONE, FAILED, SIGNED_IN = (
    "checking",
    "asking",
    "invalid",
    "expired",
    "used",
    "done",
    "failed",
    "signed_in",
)


def code_problem(error: ApiError) -> str:
    """Which card tells of a failed code."""
    if isinstance(error, errors.VerificationCodeExpired):
        return EXPIRED
    if isinstance(error, errors.VerificationCodeAlreadyUsed):
        return USED
    return INVALID if isinstance(error, errors.VerificationCodeNotFound) else FAILED


class ForgotPasswordState(rx.State):
    """Asking for a reset link; nobody learns whether there is an account."""

    email_error: str = ""
    is_loading: bool = False
    is_sent: bool = False

    @guarded(Access.VISITOR)
    async def load(self, _viewer: Viewer) -> None:
        """Begin anew."""
        self.email_error, self.is_loading, self.is_sent = "", False, False

    @guarded(Access.VISITOR)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> Updates:
        """Mail the link, if somebody signs in with the address."""
        self.email_error, self.is_loading = "", True
        yield
        email = typed_email(form)
        if email is None:
            self.email_error, self.is_loading = say("bad-email"), False
            yield rx.set_focus("email")
            return
        link = await mailed_page(self, viewer, routes.PASSWORD_RESET)
        try:
            await password_changes.send_reset_code(sign_in_context(viewer), email=email, callback_url=link)
        except ApiError as error:
            self.email_error, self.is_loading = explained(error), False
            return
        self.is_sent, self.is_loading = True, False


class PasswordResetState(rx.State):
    """A new password from a link."""

    stage: str = CHECKING
    password_error: str = ""
    repeat_error: str = ""
    error: str = ""
    is_loading: bool = False

    @guarded(Access.VISITOR)
    async def load(self, viewer: Viewer) -> Updates:
        """Check the code before anybody types a password; nothing is used up."""
        self.stage, self.error, self.password_error, self.repeat_error, self.is_loading = CHECKING, "", "", "", False
        yield
        self.stage = await self._check(viewer)

    @guarded(Access.VISITOR)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> Updates:
        """Set the password."""
        self.password_error = self.repeat_error = ""
        password = str(form.get("password") or "")
        if password != form.get("password_repeat"):
            self.repeat_error = say("passwords-differ")
            yield rx.set_focus("password_repeat")
            return
        self.is_loading = True
        yield
        try:
            await password_changes.reset_password(sign_in_context(viewer), code=_code_of(self), password=password)
        except _PASSWORD_ERRORS as error:
            self.password_error = explained(error)
            yield rx.set_focus("password")
        except ApiError as error:
            self.stage, self.error = code_problem(error), explained(error)
        else:
            self.stage = DONE
        self.is_loading = False

    async def _check(self, viewer: Viewer) -> str:
        code = _code_of(self)
        if not code:
            return INVALID
        try:
            await password_changes.check_reset_code(sign_in_context(viewer), code=code)
        except ApiError as error:
            self.error = explained(error)
            return code_problem(error)
        return ASKING


class MagicLinkState(SignInEnd, rx.State):
    """Signing in from a mailed link."""

    stage: str = CHECKING

    @guarded(Access.VISITOR)
    async def load(self, viewer: Viewer) -> None:
        """Ask for the click; nothing is checked or used up, whoever opens the page."""
        self.error, self.is_loading = "", False
        # People who have not finished their account count as signed out: they may well sign in as somebody else.
        if viewer.user is not None and not is_restricted(viewer, viewer.user):
            self.stage = SIGNED_IN
        else:
            self.stage = ASKING if _code_of(self) else INVALID

    @guarded(Access.VISITOR)
    async def confirm(self, viewer: Viewer) -> Updates:
        """Sign in: the person has clicked."""
        self.error, self.is_loading = "", True
        yield
        attempt = one_time_codes.sign_in(
            sign_in_context(viewer), code=_code_of(self), anonymous_user_id=anonymous_id(viewer)
        )
        try:
            yield await self._finish(viewer, attempt)
        except ApiError as error:
            self.stage, self.error, self.is_loading = code_problem(error), explained(error), False


class EmailVerificationState(rx.State):
    """Proving an e-mail address from a mailed link."""

    stage: str = CHECKING
    next_href: str = routes.HOME
    error: str = ""
    is_loading: bool = False

    @guarded(Access.VISITOR)
    async def load(self, _viewer: Viewer) -> None:
        """Ask for the click."""
        self.error, self.is_loading = "", False
        self.stage = ASKING if _code_of(self) else INVALID
        # The sign-in page leads on to where somebody wanted to go before the address had to be verified.
        self.next_href = with_return(routes.SIGN_IN, wanted(self)) if wanted(self) else routes.HOME

    @guarded(Access.VISITOR)
    async def confirm(self, viewer: Viewer) -> Updates:
        """Verify the address; a code that was used before has done so already."""
        self.error, self.is_loading = "", True
        yield
        try:
            await email_verification.verify(sign_in_context(viewer), code=_code_of(self))
        except errors.VerificationCodeAlreadyUsed:
            self.stage = DONE
        except ApiError as error:
            self.stage, self.error = code_problem(error), explained(error)
        else:
            self.stage = DONE
        self.is_loading = False


def _code_of(state: rx.State) -> str:
    return state.router.url.query_parameters.get("code", "")
