"""How one signs in: password, passkey, e-mailed code, second factor, provider accounts."""

import base64
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import reflex as rx

from hexclave_app import errors
from hexclave_app.languages.speaking import say
from hexclave_app.security import qr_codes
from hexclave_app.security.passwords import MAX_LENGTH
from hexclave_app.security.totp import DIGITS, STEP_S, matching_step
from hexclave_app.services import mfa, passkeys, password_changes, recovery_codes
from hexclave_app.services.hosted_look import offered_providers
from hexclave_app.services.oauth import linked_accounts
from hexclave_app.services.users import records, updates
from hexclave_app.services.users.records import UserRecord
from models import LinkedAccount
from models.base import JsonValue, utc_now
from state.base import Access, Refused, Updates, Viewer, guarded
from state.dashboard.wording import provider_name
from state.hosted.passkeys import ceremony_script, read_answer
from state.hosted.signing_in import sign_in_context
from state.hosted.typed import known_id, login_token, typed_digits

_SECRET_BYTES = 20
_MAX_TYPED = 64  # characters of a code, with whatever stands between them
OFF, NEW_CODES = "off", "codes"
_PASSWORD_ERRORS = (errors.PasswordTooShort, errors.PasswordTooLong, errors.PasswordRequirementsNotMet)


@dataclass(frozen=True)
class Account:
    """A provider's account in the list."""

    id: str
    provider_id: str
    provider: str
    email: str


NO_ACCOUNT = Account("", "", "", "")


@dataclass(frozen=True)
class Connectable:
    """A provider of which no account is connected."""

    id: str
    name: str


class FactorsState(rx.State):
    """What is set up; read anew after every change."""

    offers_password: bool = False
    offers_passkey: bool = False
    offers_code: bool = False
    has_password: bool = False
    has_passkey: bool = False
    has_code: bool = False
    has_totp: bool = False
    can_add: bool = False
    """Whether there is a verified address to sign in with, which passkeys and codes need."""
    codes_left: int = 0
    accounts: list[Account] = []
    connectable: list[Connectable] = []
    asked_account: Account = NO_ACCOUNT
    """The account that shall be disconnected, while the person is asked."""
    is_asking_code: bool = False

    @guarded(Access.SIGNED_IN)
    async def load(self, viewer: Viewer) -> None:
        """Show what is set up."""
        await refresh(self, viewer)

    @guarded(Access.SIGNED_IN)
    async def use_code(self, viewer: Viewer) -> None:
        """Sign in with e-mailed codes, too."""
        await _change(viewer, {"otp_auth_enabled": True})
        await refresh(self, viewer)

    @guarded(Access.SIGNED_IN, frameable=False)
    async def ask_about_code(self, _viewer: Viewer) -> None:
        """Ask before e-mailed codes are switched off."""
        self.is_asking_code = True

    @guarded(Access.SIGNED_IN, frameable=False)
    async def ask_to_disconnect(self, _viewer: Viewer, account_id: str) -> None:
        """Ask before a provider's account is detached."""
        self.asked_account = next((one for one in self.accounts if one.id == account_id), NO_ACCOUNT)

    @guarded(Access.SIGNED_IN)
    async def stop_asking(self, _viewer: Viewer) -> None:
        """Change nothing."""
        self.asked_account, self.is_asking_code = NO_ACCOUNT, False

    @guarded(Access.SIGNED_IN, frameable=False)
    async def stop_code(self, viewer: Viewer) -> None:
        """No e-mailed codes anymore, if there is another way in."""
        self.is_asking_code = False
        _require_other_way(viewer.signed_in, has_code=False)
        await _change(viewer, {"otp_auth_enabled": False})
        await refresh(self, viewer)

    @guarded(Access.SIGNED_IN, frameable=False)
    async def disconnect(self, viewer: Viewer, account_id: str) -> Updates:
        """Detach a provider's account, if there is another way in."""
        self.asked_account = NO_ACCOUNT
        user = viewer.signed_in
        if not (user.has_password or user.has_otp or user.has_passkey) and len(user.oauth_accounts) <= 1:
            raise Refused(say("only-way-in"))
        await viewer.installation.db.run(
            linked_accounts.delete, tenancy=viewer.host_tenancy, user_id=user.id, account_row_id=known_id(account_id)
        )
        await refresh(self, viewer)
        yield rx.toast.success(say("account-disconnected"))


class PasswordState(rx.State):
    """Setting or changing the password."""

    old_error: str = ""
    password_error: str = ""
    repeat_error: str = ""
    is_saving: bool = False
    round: int = 0
    """Grows with every change, so that the fields are empty again."""

    def _error_field(self, error: Exception) -> str:
        self.is_saving = False
        return "password_error" if isinstance(error, _PASSWORD_ERRORS) else "old_error"

    @guarded(Access.SIGNED_IN, frameable=False)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> Updates:
        """Set a first password, or change the one there is; other sessions end with a change."""
        self.old_error = self.password_error = self.repeat_error = ""
        old, new = str(form.get("old_password") or ""), str(form.get("new_password") or "")
        if new != form.get("new_password_repeat"):
            self.repeat_error = say("passwords-differ")
            yield rx.set_focus("new_password_repeat")
            return
        self.is_saving = True
        yield
        context, user = sign_in_context(viewer), viewer.signed_in
        if user.has_password:
            await password_changes.update_password(
                context,
                user_id=user.id,
                old_password=old[: MAX_LENGTH + 1],
                new_password=new,
                refresh_token=login_token(viewer, self.router.headers.cookie),
            )
        else:
            if not user.primary_email_auth_enabled:
                raise Refused(say("password-needs-email"))
            await password_changes.set_password(context, user_id=user.id, password=new)
        self.is_saving = False
        self.round += 1
        yield [rx.toast.success(say("password-saved")), FactorsState.load]


class PasskeyState(rx.State):
    """Adding and removing the passkey."""

    is_saving: bool = False
    is_asking: bool = False
    _code: str = ""

    @guarded(Access.SIGNED_IN)
    async def begin(self, viewer: Viewer) -> Updates:
        """Ask the browser to make a passkey."""
        if not _can_add(viewer.signed_in):
            raise Refused(say("needs-verified-email"))
        self.is_saving = True
        yield
        options, self._code = await passkeys.begin_registration(sign_in_context(viewer), user=viewer.signed_in)
        yield rx.call_script(ceremony_script("create", options), callback=PasskeyState.finish)

    @guarded(Access.SIGNED_IN)
    async def finish(self, viewer: Viewer, answer: str) -> Updates:
        """Keep what the browser has made."""
        code, self._code, self.is_saving = self._code, "", False
        if not answer or not code:
            yield rx.toast.error(say("no-passkey-made"))
            return
        await passkeys.register(
            sign_in_context(viewer), user_id=viewer.signed_in.id, answer=read_answer(answer), code=code
        )
        yield [rx.toast.success(say("passkey-added")), FactorsState.load]

    @guarded(Access.SIGNED_IN, frameable=False)
    async def ask(self, _viewer: Viewer) -> None:
        """Ask before the passkey is deleted."""
        self.is_asking = True

    @guarded(Access.SIGNED_IN)
    async def stop_asking(self, _viewer: Viewer) -> None:
        """Keep it."""
        self.is_asking = False

    @guarded(Access.SIGNED_IN, frameable=False)
    async def remove(self, viewer: Viewer) -> Updates:
        """Delete the passkey, if there is another way in."""
        self.is_asking = False
        _require_other_way(viewer.signed_in, has_passkey=False)
        await viewer.installation.db.run(
            passkeys.remove, tenancy_id=viewer.host_tenancy.id, user_id=viewer.signed_in.id
        )
        yield FactorsState.load


class TotpState(rx.State):
    """Setting up the second factor; the secret is stored once a code of it was typed."""

    code_error: str = ""
    qr: str = ""
    typed_secret: str = ""
    """The secret for people who cannot scan; shown only while it is set up."""
    codes: list[str] = []
    """Recovery codes, shown once."""
    tries: int = 0
    wish: str = ""
    """What waits for a code: `OFF` or `NEW_CODES`."""
    uses_recovery_code: bool = False
    confirm_error: str = ""
    confirm_tries: int = 0
    is_confirming: bool = False
    _secret: str = ""

    def _error_field(self, _error: Exception) -> str:
        self.is_confirming = False
        return "confirm_error" if self.wish else ""

    @guarded(Access.SIGNED_IN, frameable=False)
    async def begin(self, viewer: Viewer) -> Updates:
        """Show a new secret."""
        if viewer.signed_in.requires_totp_mfa:
            raise Refused(say("two-step-on-already"))
        self._secret = base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()
        self.code_error, self.codes = "", []
        self.typed_secret = " ".join(self._secret[start : start + 4] for start in range(0, len(self._secret), 4))
        image = qr_codes.svg(_uri(viewer, self._secret))
        self.qr = "data:image/svg+xml;base64," + base64.b64encode(image.encode()).decode()
        yield rx.set_focus("totp")

    @guarded(Access.SIGNED_IN)
    async def cancel(self, _viewer: Viewer) -> None:
        """Set nothing up."""
        self._forget()

    @guarded(Access.SIGNED_IN, frameable=False)
    async def type_code(self, viewer: Viewer, typed: str) -> Updates:
        """Store the secret once six digits prove that the authenticator has it."""
        code = typed_digits(typed)
        if len(code) < DIGITS or not self._secret:
            return
        if viewer.signed_in.requires_totp_mfa:  # another tab was faster: what is there is not replaced without a code
            raise Refused(say("two-step-on-already"))
        secret = base64.b32decode(self._secret)
        if matching_step(secret, code[:DIGITS], utc_now()) is None:
            self.code_error = say("wrong-app-code")
            self.tries += 1
            yield rx.set_focus("totp")
            return
        await _change(viewer, {"totp_secret": secret})
        self._forget()
        await self._make_codes(viewer)
        yield [rx.toast.success(say("two-step-on")), FactorsState.load]

    @guarded(Access.SIGNED_IN, frameable=False)
    async def ask(self, _viewer: Viewer, wish: str) -> Updates:
        """Ask for a code before the second factor is weakened: whoever sits here may not be whose account it is."""
        if wish in (OFF, NEW_CODES):
            self.wish, self.confirm_error, self.is_confirming = wish, "", False
            self.uses_recovery_code = False
            yield rx.set_focus("confirmation")

    @guarded(Access.SIGNED_IN)
    async def switch_kind(self, _viewer: Viewer) -> Updates:
        """Ask for the other kind of code."""
        self.uses_recovery_code, self.confirm_error = not self.uses_recovery_code, ""
        yield rx.set_focus("confirmation")

    @guarded(Access.SIGNED_IN)
    async def stop_asking(self, _viewer: Viewer, _is_open: bool = False) -> None:
        """Change nothing."""
        self.wish = ""

    @guarded(Access.SIGNED_IN, frameable=False)
    async def confirm(self, viewer: Viewer, form: dict[str, Any]) -> Updates:
        """Do what was asked for, once a code of the authenticator or a recovery code proves who asks."""
        wish, typed = self.wish, str(form.get("confirmation") or "")
        if not wish:
            return
        typed = typed[:_MAX_TYPED] if self.uses_recovery_code else typed_digits(typed)
        self.confirm_error, self.is_confirming = "", True
        yield
        try:
            await mfa.confirm(sign_in_context(viewer), user_id=viewer.signed_in.id, typed=typed)
        except errors.InvalidTotpCode:
            wrong = say("wrong-recovery-code") if self.uses_recovery_code else say("wrong-authenticator-code")
            self.confirm_error, self.is_confirming = wrong, False
            self.confirm_tries += 1
            yield rx.set_focus("confirmation")
            return
        self.wish, self.is_confirming = "", False
        self._forget()
        if wish == OFF:
            await _change(viewer, {"totp_secret": None})
            self.codes = []
            yield rx.toast.success(say("two-step-off"))
        else:
            await self._make_codes(viewer)
        yield FactorsState.load

    @guarded(Access.SIGNED_IN)
    async def hide_codes(self, _viewer: Viewer) -> None:
        """Forget the codes: the person has written them down."""
        self.codes = []

    async def _make_codes(self, viewer: Viewer) -> None:
        self.codes = await viewer.installation.db.run(
            recovery_codes.regenerate,
            tenancy_id=viewer.host_tenancy.id,
            user_id=viewer.signed_in.id,
            now=utc_now(),
        )

    def _forget(self) -> None:
        self._secret = self.typed_secret = self.qr = self.code_error = ""


async def refresh(state: FactorsState, viewer: Viewer) -> None:
    """Read what is set up now."""
    db, tenancy, auth = viewer.installation.db, viewer.host_tenancy, viewer.host_tenancy.config.auth
    user = await db.read(records.find, tenancy_id=tenancy.id, user_id=viewer.signed_in.id)
    if user is None:
        raise errors.UserNotFound
    state.offers_password = auth.password.allow_sign_in
    state.offers_passkey, state.offers_code = auth.passkey.allow_sign_in, auth.otp.allow_sign_in
    state.has_password, state.has_passkey, state.has_code = user.has_password, user.has_passkey, user.has_otp
    state.has_totp, state.can_add = user.requires_totp_mfa, _can_add(user)
    state.codes_left = await db.read(recovery_codes.remaining, tenancy_id=tenancy.id, user_id=user.id)
    rows = await db.scan(linked_accounts.list_accounts, tenancy=tenancy, user_id=user.id)
    state.accounts = [_account_of(row) for row in rows]
    taken = {row.provider_config_id for row in rows}
    state.connectable = [
        Connectable(one.id, provider_name(one.id))
        for one in offered_providers(tenancy, viewer.installation.settings)
        if one.id not in taken
    ]


def _account_of(row: LinkedAccount) -> Account:
    kind = row.provider_config_id
    return Account(str(row.id), kind, provider_name(kind), row.email or "")


def _can_add(user: UserRecord) -> bool:
    return user.primary_email_verified and user.primary_email_auth_enabled


def _require_other_way(user: UserRecord, *, has_code: bool = True, has_passkey: bool = True) -> None:
    ways = (user.has_password, user.oauth_accounts, user.has_otp and has_code, user.has_passkey and has_passkey)
    if not any(ways):
        raise Refused(say("only-way-in"))


def _uri(viewer: Viewer, secret: str) -> str:
    """What authenticator apps read."""
    issuer, user = viewer.host_tenancy.display_name[:40], viewer.signed_in
    label = f"{issuer}:{(user.primary_email or str(user.id))[:80]}"
    query = {"secret": secret, "issuer": issuer, "digits": DIGITS, "period": STEP_S}
    return f"otpauth://totp/{quote(label)}?{urlencode(query, quote_via=quote)}"


async def _change(viewer: Viewer, changes: dict[str, JsonValue]) -> None:
    await viewer.installation.db.run(
        updates.update,
        installation=viewer.installation,
        tenancy=viewer.host_tenancy,
        user_id=viewer.signed_in.id,
        changes=changes,
        now=utc_now(),
    )
