"""The page of the second factor: six digits, or a recovery code."""

from typing import Any

import reflex as rx

from hexclave_app import errors
from hexclave_app.languages.speaking import say
from hexclave_app.security.totp import DIGITS
from hexclave_app.services import mfa
from hexclave_app.services.browser_sessions import find_cookie, mfa_cookie_name
from state.base import Access, Updates, Viewer, guarded
from state.hosted.signing_in import SignInEnd, keep_attempt, sign_in_context, waiting_attempt
from state.hosted.typed import typed_digits

_GONE = (errors.VerificationCodeNotFound, errors.VerificationCodeExpired, errors.VerificationCodeAlreadyUsed)


class MfaState(SignInEnd, rx.State):
    """The answer to the question for the second factor."""

    uses_recovery_code: bool = False
    is_lost: bool = False
    """Whether there is nothing that a code could finish."""
    is_verified: bool = False
    tries: int = 0

    @guarded(Access.VISITOR, frameable=False)
    async def load(self, viewer: Viewer) -> Updates:
        """Look whether a sign-in waits in this tab."""
        self.error, self.uses_recovery_code, self.is_loading, self.is_verified = "", False, False, False
        self.is_lost = not await self._attempt(viewer)
        if not self.is_lost:
            yield rx.set_focus("code")

    @guarded(Access.VISITOR, frameable=False)
    async def type_code(self, viewer: Viewer, typed: str) -> Updates:
        """Finish the sign-in as soon as six digits are there."""
        digits = typed_digits(typed)
        if self.is_loading or self.is_verified:
            return
        if len(digits) < DIGITS:
            if self.error and digits:
                self.error = ""
            return
        async for update in self._try(viewer, digits[:DIGITS], say("wrong-authenticator-code")):
            yield update

    @guarded(Access.VISITOR, frameable=False)
    async def submit_recovery_code(self, viewer: Viewer, form: dict[str, Any]) -> Updates:
        """Finish the sign-in with a recovery code."""
        async for update in self._try(viewer, str(form.get("recovery_code") or ""), say("wrong-recovery-code")):
            yield update

    @guarded(Access.VISITOR)
    async def switch_kind(self, _viewer: Viewer) -> None:
        """Ask for the other kind of code."""
        self.uses_recovery_code, self.error = not self.uses_recovery_code, ""

    async def _try(self, viewer: Viewer, code: str, wrong: str) -> Updates:
        self.error, self.is_loading = "", True
        yield
        attempt_code = await self._attempt(viewer)
        attempt = mfa.sign_in_with_totp(sign_in_context(viewer), attempt_code=attempt_code, totp=code)
        try:
            leads_on = await self._finish(viewer, attempt)
        except errors.InvalidTotpCode:
            self.error, self.is_loading = wrong, False
            self.tries += 1
            yield rx.set_focus("recovery_code" if self.uses_recovery_code else "code")
            return
        except _GONE:
            self.error, self.is_loading, self.is_lost = say("attempt-lost"), False, True
            return
        self.is_verified = True
        await keep_attempt(self, "")
        yield leads_on

    async def _attempt(self, viewer: Viewer) -> str:
        """The attempt of this tab, or the one that a sign-in by a provider left in a cookie."""
        kept = await waiting_attempt(self)
        name = mfa_cookie_name(viewer.host_tenancy.project_id, is_secure=viewer.installation.settings.is_secure)
        return kept or find_cookie(self.router.headers.cookie, name) or ""
