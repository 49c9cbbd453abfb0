"""Creating and deleting users from the table."""

import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import reflex as rx
from pydantic import ValidationError

from hexclave_app import errors
from hexclave_app.api.user_schemas import UserCreate
from hexclave_app.languages.speaking import say
from hexclave_app.security.password_threads import hash_password
from hexclave_app.security.passwords import check_new_password
from hexclave_app.services.users import creation, deletion
from hexclave_app.services.users.creation import UserCreateData
from state.base import Access, Viewer, guarded
from state.dashboard.users import ACTIONS_ID, UsersState, parse_user_id

_MESSAGES = {
    "primary_email": say("users-email-wrong"),
    "password": say("users-password-too-long"),
    "display_name": say("users-name-too-long"),
}


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

    def _error_field(self, error: Exception) -> str:
        self.is_saving = False
        if isinstance(error, errors.PasswordTooShort | errors.PasswordTooLong):
            return "password_error"
        return "email_error" if isinstance(error, errors.UserEmailAlreadyExists) else "error"

    def _clear(self) -> None:
        self.error = self.name_error = self.email_error = self.password_error = ""

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Open an empty dialog, or close it."""
        self._clear()
        self.is_open, self.is_saving = is_open is True, False

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> AsyncIterator[object]:
        """Create the user as the API would."""
        self._clear()
        try:
            body = UserCreate(
                display_name=_given(form, "new_user_name"),
                primary_email=_given(form, "new_user_email"),
                password=_given(form, "new_user_password"),
            )
        except ValidationError as problem:
            self._explain(problem)
            return
        if body.primary_email is None:
            self.email_error = _MESSAGES["primary_email"]
            return
        if body.password is not None:
            check_new_password(body.password)
        self.is_saving = True
        yield None
        data = UserCreateData(
            display_name=body.display_name,
            primary_email=body.primary_email,
            primary_email_verified=bool(form.get("new_user_verified")),
            primary_email_auth_enabled=True,
            password_hash=await hash_password(body.password) if body.password else None,
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


class DeleteUserState(rx.State):
    """The question before a user is deleted."""

    if TYPE_CHECKING:
        project_id: str

    user_id: str = ""
    label: str = ""

    @guarded(Access.PROJECT_ADMIN)
    async def ask(self, _viewer: Viewer, user_id: str) -> object:
        """Open the question for one of the shown users."""
        table = await self.get_state(UsersState)
        found = [row for row in table.rows if row.id == user_id]
        self.user_id, self.label = (found[0].id, found[0].email or found[0].name) if found else ("", "")
        return _focus_later("cancel-question")

    @guarded(Access.PROJECT_ADMIN)
    async def stop_asking(self, _viewer: Viewer) -> object:
        """Close the question; the focus goes back to where it came from."""
        user_id, self.user_id = self.user_id, ""
        return _focus_later(f"{ACTIONS_ID}{user_id}")

    @guarded(Access.PROJECT_ADMIN)
    async def delete(self, viewer: Viewer) -> object:
        """Delete the user that was asked about."""
        user_id, self.user_id = parse_user_id(self.user_id), ""
        await viewer.installation.db.run(deletion.delete, tenancy_id=viewer.tenancy.id, user_id=user_id)
        return [rx.toast.success(say("users-deleted-one")), UsersState.refresh]


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
