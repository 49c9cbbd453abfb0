"""Sign-in and sign-up with e-mail and password on our own pages."""

from typing import Any

import reflex as rx
from pydantic import ValidationError

from hexclave_app import errors
from hexclave_app.api.auth_schemas import PasswordSignIn, PasswordSignUp
from hexclave_app.security.passwords import MIN_LENGTH
from hexclave_app.services.browser_sessions import store_claim
from hexclave_app.services.password_auth import sign_in_with_password, sign_up_with_password
from hexclave_app.services.sessions import SessionTokens, SignInContext
from models.base import utc_now
from state.base import Access, Updates, Viewer, guarded
from state.hosted.project import start_page
from state.hosted.returns import RETURN_PARAMETER, claim_script, safe_target

_BAD_EMAIL = "Enter a complete e-mail address, such as ada@example.com."
_BAD_PASSWORD = "Enter a password of at most 70 characters."  # noqa: S105 - a message
_E_MAIL_ERRORS = (errors.EmailPasswordMismatch, errors.UserEmailAlreadyExists, errors.SignUpRejected)
_PASSWORD_ERRORS = (errors.PasswordTooShort, errors.PasswordTooLong, errors.PasswordRequirementsNotMet)


class CredentialState(rx.State, mixin=True):
    """What both forms share."""

    error: str = ""
    email_error: str = ""
    password_error: str = ""
    is_loading: bool = False

    def _error_field(self, error: Exception) -> str:
        """The var that shows a failure: below the field it is about."""
        if isinstance(error, _E_MAIL_ERRORS):
            return "email_error"
        return "password_error" if isinstance(error, _PASSWORD_ERRORS) else "error"

    def _start(self) -> None:
        self.error = self.email_error = self.password_error = ""
        self.is_loading = True

    def _invalid(self, problem: ValidationError) -> None:
        fields = {str(item["loc"][0]) for item in problem.errors() if item["loc"]}
        self.email_error = _BAD_EMAIL if "email" in fields else ""
        self.password_error = _BAD_PASSWORD if "password" in fields else ""
        self.is_loading = False

    async def _open(self, viewer: Viewer, tokens: SessionTokens) -> str:
        """The script that makes the sign-in a cookie and goes on."""
        claim = await viewer.installation.db.run(
            store_claim,
            installation=viewer.installation,
            tenancy=viewer.host_tenancy,
            refresh_token=tokens.refresh_token,
            host=viewer.host,
            now=utc_now(),
        )
        wanted = self.router.url.query_parameters.get(RETURN_PARAMETER, "")
        return claim_script(claim, safe_target(wanted, viewer=viewer, default=start_page(viewer)))


class SignInState(CredentialState, rx.State):
    """The sign-in form."""

    @guarded(Access.VISITOR)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> Updates:
        """Sign in with what was typed."""
        self._start()
        yield
        try:
            body = PasswordSignIn.model_validate(_typed(form))
        except ValidationError as problem:
            self._invalid(problem)
            yield rx.set_focus("email" if self.email_error else "password")
            return
        tokens = await sign_in_with_password(_context(viewer), email=body.email, password=body.password)
        yield rx.call_script(await self._open(viewer, tokens), callback=SignInState.claim_failed)

    @guarded(Access.VISITOR)
    async def claim_failed(self, _viewer: Viewer, problem: str) -> None:
        """Show why the sign-in did not become a cookie; no text means that the page is already on its way."""
        if problem:
            self.error, self.is_loading = problem, False


class SignUpState(CredentialState, rx.State):
    """The sign-up form."""

    repeat_error: str = ""

    @guarded(Access.VISITOR)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> Updates:
        """Create an account from what was typed and sign it in."""
        self._start()
        self.repeat_error = ""
        yield
        try:
            body = PasswordSignUp.model_validate(_typed(form))
        except ValidationError as problem:
            self._invalid(problem)
            yield rx.set_focus("email" if self.email_error else "password")
            return
        if form.get("password") != form.get("password_repeat"):
            self.repeat_error, self.is_loading = "The two passwords differ.", False
            yield rx.set_focus("password_repeat")
            return
        user = viewer.user
        tokens = await sign_up_with_password(
            _context(viewer),
            email=body.email,
            password=body.password,
            verification_callback_url=None,
            anonymous_user_id=user.id if user is not None and user.is_anonymous else None,
        )
        yield rx.call_script(await self._open(viewer, tokens), callback=SignUpState.claim_failed)

    @guarded(Access.VISITOR)
    async def claim_failed(self, _viewer: Viewer, problem: str) -> None:
        """Show why the sign-in did not become a cookie; no text means that the page is already on its way."""
        if problem:
            self.error, self.is_loading = problem, False


def _typed(form: dict[str, Any]) -> dict[str, Any]:
    """What the schemas look at; an empty password counts as missing."""
    return {"email": form.get("email"), "password": form.get("password") or None}


def _context(viewer: Viewer) -> SignInContext:
    return SignInContext(viewer.installation, viewer.host_tenancy, viewer.end_user, utc_now(), viewer.address)


PASSWORD_HINT = f"At least {MIN_LENGTH} characters."
