"""Sign-in and sign-up on our own pages: one form for password and e-mailed code."""

import uuid
from dataclasses import replace
from typing import Any

import reflex as rx
from pydantic import ValidationError
from reflex.event import EventSpec

from hexclave_app import errors
from hexclave_app.api.auth_schemas import PasswordSignIn, PasswordSignUp
from hexclave_app.languages.speaking import say
from hexclave_app.pages import routes
from hexclave_app.services import internal_project, one_time_codes
from hexclave_app.services.bot_challenges import NO_CHALLENGE, BotChallenge
from hexclave_app.services.password_auth import sign_in_with_password, sign_up_with_password
from state.base import Access, Refused, Updates, Viewer, guarded
from state.hosted.challenge import challenge_of, renew
from state.hosted.returns import wanted
from state.hosted.signing_in import SignInEnd, mailed_page, sign_in_context
from state.hosted.typed import typed_code, typed_email

_E_MAIL_ERRORS = (
    errors.EmailPasswordMismatch,
    errors.UserEmailAlreadyExists,
    errors.SignUpRejected,
    errors.SignUpNotEnabled,
    errors.InvalidTotpCode,
    errors.BotChallengeFailed,
)
_PASSWORD_ERRORS = (errors.PasswordTooShort, errors.PasswordTooLong, errors.PasswordRequirementsNotMet)
_CODE_ERRORS = (
    errors.VerificationCodeNotFound,
    errors.VerificationCodeExpired,
    errors.VerificationCodeAlreadyUsed,
    errors.VerificationCodeMaxAttemptsReached,
)
CODE_LENGTH = 6


class CredentialState(SignInEnd, mixin=True):
    """What both forms share."""

    email_error: str = ""
    password_error: str = ""

    @guarded(Access.VISITOR)
    async def begin_anew(self, viewer: Viewer) -> None:
        """Forget the last sign-in of this tab: a tab keeps its state when its page is loaded again."""
        self.error = self.email_error = self.password_error = ""
        self.is_loading = False
        self._begin(viewer)

    def _begin(self, viewer: Viewer) -> None:
        """What else a form begins with."""

    def _error_field(self, error: Exception) -> str:
        """The var that shows a failure: below the field it is about."""
        if isinstance(error, _E_MAIL_ERRORS):
            return "email_error"
        return "password_error" if isinstance(error, _PASSWORD_ERRORS) else "error"

    def _start(self) -> None:
        self.error = self.email_error = self.password_error = ""
        self.is_loading = True

    def _invalid(self, problem: ValidationError) -> EventSpec:
        fields = {str(item["loc"][0]) for item in problem.errors() if item["loc"]}
        self.email_error = say("bad-email") if "email" in fields else ""
        self.password_error = say("bad-password") if "password" in fields else ""
        self.is_loading = False
        return rx.set_focus("email" if self.email_error else "password")

    async def _send_code(self, viewer: Viewer, form: dict[str, Any]) -> EventSpec | None:
        """Mail a code and show the field for it."""
        email = typed_email(form)
        if email is None:
            self.email_error, self.is_loading = say("bad-email"), False
            return rx.set_focus("email")
        code_state = await self.get_state(CodeState)
        await code_state._send(viewer, email, challenge_of(viewer, form))  # noqa: SLF001 - public methods are events
        self.is_loading = False
        return rx.set_focus("code")


class SignInState(CredentialState, rx.State):
    """The sign-in form."""

    @guarded(Access.VISITOR)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> Updates:
        """Sign in with what was typed, or mail a code."""
        self._start()
        yield renew()
        if _wants_code(viewer, form):
            yield await self._send_code(viewer, form)
            return
        try:
            body = PasswordSignIn.model_validate(_typed(form))
        except ValidationError as problem:
            yield self._invalid(problem)
            return
        attempt = sign_in_with_password(sign_in_context(viewer), email=body.email, password=body.password)
        yield await self._finish(viewer, attempt)


class SignUpState(CredentialState, rx.State):
    """The sign-up form."""

    repeat_error: str = ""
    asks_repeat: bool = True

    def _begin(self, viewer: Viewer) -> None:
        self.repeat_error = ""
        # Pages around an embedded part may do without; the hosted page always asks.
        self.asks_repeat = not (viewer.is_framed and "no-password-repeat" in self.router.url.query_parameters)

    @guarded(Access.VISITOR)
    async def edit_password(self, _viewer: Viewer) -> None:
        """What was wrong with the passwords is not what is being typed."""
        self.password_error = self.repeat_error = ""

    @guarded(Access.VISITOR)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> Updates:
        """Create an account from what was typed and sign it in, or mail a code."""
        self._start()
        self.repeat_error = ""
        yield renew()
        if _wants_code(viewer, form):
            yield await self._send_code(viewer, form)
            return
        try:
            body = PasswordSignUp.model_validate(_typed(form))
        except ValidationError as problem:
            yield self._invalid(problem)
            return
        if self.asks_repeat and form.get("password") != form.get("password_repeat"):
            self.repeat_error, self.is_loading = say("passwords-differ"), False
            yield rx.set_focus("password_repeat")
            return
        code = self.router.url.query_parameters.get(internal_project.SET_UP_PARAMETER, "")
        attempt = sign_up_with_password(
            replace(sign_in_context(viewer), set_up_code=code),
            email=body.email,
            password=body.password,
            verification_callback_url=await mailed_page(self, viewer, routes.EMAIL_VERIFICATION),
            anonymous_user_id=anonymous_id(viewer),
            challenge=challenge_of(viewer, form),
        )
        yield await self._finish(viewer, attempt, is_sign_up=True)


class CodeState(SignInEnd, rx.State):
    """The field for the e-mailed code, in the place of the form."""

    sent_to: str = ""
    typed_email: str = ""
    """What the form shows again when the code is given up."""
    tries: int = 0
    """Grows with every wrong code, so that the field is empty again."""
    _nonce: str = ""
    _is_used: bool = False

    @guarded(Access.VISITOR)
    async def begin_anew(self, _viewer: Viewer) -> None:
        """Wait on for a code after a reload, but not for one that has signed in."""
        self.error, self.is_loading = "", False
        if self._is_used:
            self.sent_to = self.typed_email = self._nonce = ""
            self._is_used = False

    @guarded(Access.VISITOR)
    async def type_code(self, viewer: Viewer, typed: str) -> Updates:
        """Sign in as soon as six characters are there."""
        if self.is_loading or not self.sent_to:
            return
        code = typed_code(typed)
        if len(code) < CODE_LENGTH:
            if self.error and code:
                self.error = ""
            return
        self.error, self.is_loading = "", True
        yield
        attempt = one_time_codes.sign_in(
            sign_in_context(viewer), code=code[:CODE_LENGTH] + self._nonce, anonymous_user_id=anonymous_id(viewer)
        )
        try:
            leads_on = await self._finish(viewer, attempt)
            self._is_used = True
            yield leads_on
        except _CODE_ERRORS:
            self.error, self.is_loading = say("wrong-code"), False
            self.tries += 1
            yield rx.set_focus("code")

    @guarded(Access.VISITOR)
    async def send_again(self, viewer: Viewer) -> Updates:
        """Mail another code to the same address; where robots are kept out, the form has to prove it anew."""
        if self.sent_to and viewer.installation.settings.has_own_challenge:
            self.sent_to = self.error = self._nonce = ""
        elif self.sent_to:
            await self._send(viewer, self.sent_to, NO_CHALLENGE)
            yield rx.toast.success(say("new-code-on-its-way"))

    @guarded(Access.VISITOR)
    async def cancel(self, _viewer: Viewer) -> None:
        """Go back to the form."""
        self.sent_to = self.error = self._nonce = ""
        self.is_loading = False

    async def _send(self, viewer: Viewer, email: str, challenge: BotChallenge) -> None:
        link = await mailed_page(self, viewer, routes.MAGIC_LINK, target=wanted(self))
        nonce = await one_time_codes.send_sign_in_code(
            sign_in_context(viewer), email=email, callback_url=link, challenge=challenge
        )
        self._nonce, self.sent_to, self.typed_email, self.error = nonce, email, email, ""
        self.tries += 1


def anonymous_id(viewer: Viewer) -> uuid.UUID | None:
    """The anonymous visitor who becomes somebody by signing in."""
    return viewer.user.id if viewer.user is not None and viewer.user.is_anonymous else None


def _wants_code(viewer: Viewer, form: dict[str, Any]) -> bool:
    """Which of the two methods was meant; the project decides where there is no choice."""
    auth = viewer.host_tenancy.config.auth
    if not auth.otp.allow_sign_in:
        if not auth.password.allow_sign_in:
            raise Refused(say("sign-in-method-off"))
        return False
    return not auth.password.allow_sign_in or form.get("method") != "password"


def _typed(form: dict[str, Any]) -> dict[str, Any]:
    """What the schemas look at; an empty password counts as missing."""
    return {"email": form.get("email"), "password": form.get("password") or None}
