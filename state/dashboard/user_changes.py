"""Creating and deleting users from the table."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import reflex as rx
from pydantic import ValidationError

from hexclave_app import errors
from hexclave_app.api.user_schemas import UserCreate
from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.security.password_threads import hash_password
from hexclave_app.security.passwords import check_new_password
from hexclave_app.services.users import creation, deletion, updates
from hexclave_app.services.users.creation import UserCreateData
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.forms import json_value, typed, whole_number
from state.dashboard.user_detail import METADATA
from state.dashboard.users import ACTIONS_ID, UsersState, parse_user_id

_MESSAGES = {
    "primary_email": say("users-email-wrong"),
    "password": say("users-password-too-long"),
    "display_name": say("users-name-too-long"),
}


_OTHER_MESSAGES = {"country_code": say("users-create-country-wrong"), "risk_scores": say("users-create-score-wrong")}


class CreateUserState(rx.State):
    """The dialog that creates a user."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    is_saving: bool = False
    error: str = ""
    name_error: str = ""
    email_error: str = ""
    password_error: str = ""
    offers_codes: bool = False
    """Whether the project lets people sign in with e-mailed codes."""

    def _error_field(self, error: Exception) -> str:
        self.is_saving = False
        if isinstance(error, errors.PasswordTooShort | errors.PasswordTooLong):
            return "password_error"
        return "email_error" if isinstance(error, errors.UserEmailAlreadyExists) else "error"

    def _clear(self) -> None:
        self.error = self.name_error = self.email_error = self.password_error = ""

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, viewer: Viewer, is_open: bool) -> None:
        """Open an empty dialog, or close it."""
        self._clear()
        self.is_open, self.is_saving = is_open is True, False
        self.offers_codes = viewer.tenancy.config.auth.otp.allow_sign_in

    @guarded(Access.PROJECT_ADMIN)
    async def load(self, _viewer: Viewer) -> object:
        """Open the dialog where the address asks for it."""
        return CreateUserState.toggle(True) if paths.CREATE in self.router.url.query_parameters else None

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> AsyncIterator[object]:
        """Create the user as the API would."""
        self._clear()
        try:
            body = UserCreate.model_validate(_values(form))
        except ValidationError as problem:
            self._explain(problem)
            return
        if body.primary_email is None:
            self.email_error = _MESSAGES["primary_email"]
            return
        if body.otp_auth_enabled and not body.primary_email_verified:
            raise StatusError(400, say("users-create-codes-need-verified"))
        if body.password is not None:
            check_new_password(body.password)
        self.is_saving = True
        yield None
        data = UserCreateData(
            display_name=body.display_name,
            primary_email=body.primary_email,
            primary_email_verified=body.primary_email_verified,
            primary_email_auth_enabled=True,
            password_hash=await hash_password(body.password) if body.password else None,
            otp_auth_enabled=body.otp_auth_enabled and viewer.tenancy.config.auth.otp.allow_sign_in,
            client_metadata=body.client_metadata,
            client_read_only_metadata=body.client_read_only_metadata,
            server_metadata=body.server_metadata,
            country_code=body.country_code,
            risk_bot=body.risk_scores.sign_up.bot,
            risk_free_trial_abuse=body.risk_scores.sign_up.free_trial_abuse,
            signed_up_at=_signed_up_at(form),
        )
        await viewer.installation.db.run(
            creation.create, installation=viewer.installation, tenancy=viewer.tenancy, data=data
        )
        self.is_open = self.is_saving = False
        yield rx.toast.success(say("users-created"))
        yield UsersState.refresh

    def _explain(self, problem: ValidationError) -> None:
        wrong = {str(item["loc"][0]) for item in problem.errors() if item["loc"]}
        self.name_error = _MESSAGES["display_name"] if "display_name" in wrong else ""
        self.email_error = _MESSAGES["primary_email"] if "primary_email" in wrong else ""
        self.password_error = _MESSAGES["password"] if "password" in wrong else ""
        others = [_OTHER_MESSAGES[name] for name in _OTHER_MESSAGES if name in wrong]
        self.error = others[0] if others else ""


class UserQuestion(rx.State, mixin=True):
    """A question about one of the shown users."""

    if TYPE_CHECKING:
        project_id: str

    user_id: str = ""
    label: str = ""

    @guarded(Access.PROJECT_ADMIN)
    async def ask(self, _viewer: Viewer, user_id: str) -> object:
        """Open the question for one of the shown users."""
        self.user_id, self.label = _found(await self.get_state(UsersState), user_id)
        return _focus_later("cancel-question")

    @guarded(Access.PROJECT_ADMIN)
    async def stop_asking(self, _viewer: Viewer) -> object:
        """Close the question; the focus goes back to where it came from."""
        user_id, self.user_id = self.user_id, ""
        return _focus_later(f"{ACTIONS_ID}{user_id}")


class DeleteUserState(UserQuestion, rx.State):
    """The question before a user is deleted."""

    @guarded(Access.PROJECT_ADMIN)
    async def delete(self, viewer: Viewer) -> object:
        """Delete the user that was asked about."""
        user_id, self.user_id = parse_user_id(self.user_id), ""
        await viewer.installation.db.run(deletion.delete, tenancy_id=viewer.tenancy.id, user_id=user_id)
        return [rx.toast.success(say("users-deleted-one")), UsersState.refresh]


class RemoveSecondFactorState(UserQuestion, rx.State):
    """The question before a user's authenticator is forgotten."""

    @guarded(Access.PROJECT_ADMIN)
    async def remove(self, viewer: Viewer) -> object:
        """Let the user sign in without a second factor."""
        user_id, self.user_id = parse_user_id(self.user_id), ""
        await viewer.installation.db.run(
            updates.update,
            installation=viewer.installation,
            tenancy=viewer.tenancy,
            user_id=user_id,
            changes={"totp_secret": None},
            now=utc_now(),
        )
        return [rx.toast.success(say("users-mfa-removed")), UsersState.refresh]


def _found(table: UsersState, user_id: object) -> tuple[str, str]:
    """A shown user's id and what it is called; nothing for others."""
    found = [row for row in table.rows if row.id == user_id]
    return (found[0].id, found[0].email or found[0].name) if found else ("", "")


def _values(form: dict[str, Any]) -> dict[str, Any]:
    """What was typed, by the names of the API; a plain 400 for what is neither empty nor a number or JSON."""
    values: dict[str, Any] = {
        "display_name": _given(form, "new_user_name"),
        "primary_email": _given(form, "new_user_email"),
        "primary_email_verified": bool(form.get("new_user_verified")),
        "password": _given(form, "new_user_password"),
        "otp_auth_enabled": bool(form.get("new_user_codes")),
        "country_code": _given(form, "new_user_country"),
        **{name: json_value(form, f"new_user_{name}", label) for name, label in METADATA.items()},
    }
    scores = [typed(form, "new_user_risk_bot"), typed(form, "new_user_risk_abuse")]
    if any(scores):
        if not all(scores):
            raise StatusError(400, say("users-create-both-scores"))
        bot = whole_number(form, "new_user_risk_bot", say("user-bot-score"))
        abuse = whole_number(form, "new_user_risk_abuse", say("user-abuse-score"))
        values["risk_scores"] = {"sign_up": {"bot": bot, "free_trial_abuse": abuse}}
    return values


def _signed_up_at(form: dict[str, Any]) -> datetime | None:
    """When the user is said to have signed up; None for now, a plain 400 for a day that has not come."""
    text = typed(form, "new_user_signed_up")
    if not text:
        return None
    try:
        day = datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        raise StatusError(400, say("users-create-day-wrong")) from None
    if day > utc_now():
        raise StatusError(400, say("users-create-day-wrong"))
    return day


def _focus_later(element_id: str) -> object:
    # Menus and questions take the focus along while they close; their animations take 0.2 s.
    element = f"document.getElementById({json.dumps(element_id)})"
    return rx.call_script(f"window.setTimeout(() => {element}?.focus(), 300)")


def _given(form: dict[str, Any], name: str) -> str | None:
    """What was typed; an empty field means "none"."""
    value = form.get(name)
    if not isinstance(value, str):
        return None
    text = value if "password" in name else value.strip()
    return text or None
