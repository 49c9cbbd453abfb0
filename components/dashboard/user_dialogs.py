"""Dialogs of the user table."""

import reflex as rx

from components import ui
from components.ui import words
from state.dashboard.user_changes import CreateUserState, DeleteUserState


def create_user_dialog() -> rx.Component:
    """Return the dialog that creates a user."""
    return ui.form_dialog(
        words("users-create-title"),
        ui.text_field(
            words("users-create-name"), name="new_user_name", error=CreateUserState.name_error, auto_complete="off"
        ),
        ui.text_field(
            words("users-create-email"),
            name="new_user_email",
            type="email",
            error=CreateUserState.email_error,
            auto_complete="off",
            required=True,
        ),
        ui.checkbox(words("users-create-verified"), name="new_user_verified"),
        ui.password_field(
            words("users-create-password"),
            name="new_user_password",
            error=CreateUserState.password_error,
            hint=words("users-create-password-hint"),
            auto_complete="new-password",
        ),
        submit_label=words("users-create-submit"),
        is_open=CreateUserState.is_open,
        pending=CreateUserState.is_saving,
        error=CreateUserState.error,
        on_submit=CreateUserState.submit,
        on_open_change=CreateUserState.toggle,
    )


def delete_user_question() -> rx.Component:
    """Return the question before a user is deleted."""
    return ui.question(
        words("users-deletion"),
        words("users-deletion-text", user=DeleteUserState.label),
        confirm_label=words("users-deletion-confirm"),
        is_open=DeleteUserState.user_id != "",
        on_confirm=DeleteUserState.delete,
        on_cancel=DeleteUserState.stop_asking,
    )
