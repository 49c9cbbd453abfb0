"""Dialogs of the user table."""

import reflex as rx

from components import ui
from state.dashboard.user_changes import CreateUserState, DeleteUserState


def create_user_dialog() -> rx.Component:
    """Return the dialog that creates a user."""
    return ui.form_dialog(
        "Create a user",
        ui.text_field("Name", name="new_user_name", error=CreateUserState.name_error, auto_complete="off"),
        ui.text_field(
            "E-mail",
            name="new_user_email",
            type="email",
            error=CreateUserState.email_error,
            auto_complete="off",
            required=True,
        ),
        ui.checkbox("The address is verified", name="new_user_verified"),
        ui.password_field(
            "Password",
            name="new_user_password",
            error=CreateUserState.password_error,
            hint="Leave it empty to let the user set one later.",
            auto_complete="new-password",
        ),
        submit_label="Create user",
        is_open=CreateUserState.is_open,
        pending=CreateUserState.is_saving,
        error=CreateUserState.error,
        on_submit=CreateUserState.submit,
        on_open_change=CreateUserState.toggle,
    )


def delete_user_question() -> rx.Component:
    """Return the question before a user is deleted."""
    return ui.question(
        "Delete this user?",
        ui.text_of(DeleteUserState.label, " will be signed out everywhere and cannot be brought back."),
        confirm_label="Delete user",
        is_open=DeleteUserState.user_id != "",
        on_confirm=DeleteUserState.delete,
        on_cancel=DeleteUserState.stop_asking,
    )
