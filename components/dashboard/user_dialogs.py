"""Dialogs of the user table."""

from typing import Final

import reflex as rx

from components import ui
from components.ui import words
from state.dashboard.user_changes import CreateUserState, DeleteUserState, RemoveSecondFactorState
from state.dashboard.user_detail import METADATA
from state.dashboard.users_bulk import UserSelectionState
from state.dashboard.users_export import ALL, CHOSEN, CSV, FIELD_LABELS, JSON, SHOWN, UserExportState
from state.dashboard.users_views import UserViewsState

_PRESELECTED: Final = (
    "id",
    "display_name",
    "primary_email",
    "primary_email_verified",
    "signed_up_at",
    "last_active_at",
)


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
        rx.cond(
            CreateUserState.offers_codes, ui.checkbox(words("users-create-codes"), name="new_user_codes"), rx.fragment()
        ),
        ui.text_field(
            words("users-create-signed-up"),
            name="new_user_signed_up",
            type="datetime-local",
            hint=words("users-create-signed-up-hint"),
        ),
        _more(
            words("users-create-risk"),
            ui.text_field(words("users-create-country"), name="new_user_country", max_length=2, auto_complete="off"),
            ui.text_field(words("users-create-bot"), name="new_user_risk_bot", input_mode="numeric"),
            ui.text_field(words("users-create-abuse"), name="new_user_risk_abuse", input_mode="numeric"),
        ),
        _more(
            words("users-create-metadata"),
            *[ui.text_area(label, name=f"new_user_{name}", is_code=True, rows="3") for name, label in METADATA.items()],
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
    box, is_ticked = ui.tick_box("delete-user", words("users-deletion-tick"))
    return ui.question(
        words("users-deletion"),
        words("users-deletion-text", user=DeleteUserState.label),
        box,
        confirm_label=words("users-deletion-confirm"),
        is_open=DeleteUserState.user_id != "",
        on_confirm=DeleteUserState.delete,
        on_cancel=DeleteUserState.stop_asking,
        can_confirm=is_ticked,
    )


def remove_second_factor_question() -> rx.Component:
    """Return the question before a user's authenticator is forgotten."""
    return ui.question(
        words("users-mfa-removal"),
        words("users-mfa-removal-text", user=RemoveSecondFactorState.label),
        confirm_label=words("users-mfa-removal-confirm"),
        is_open=RemoveSecondFactorState.user_id != "",
        on_confirm=RemoveSecondFactorState.remove,
        on_cancel=RemoveSecondFactorState.stop_asking,
    )


def export_dialog() -> rx.Component:
    """Return the dialog that downloads users as a file."""
    scopes = [(ALL, words("users-export-all")), (SHOWN, words("users-export-shown"))]
    chosen = rx.select.item(words("users-export-only-chosen"), value=CHOSEN)
    options = rx.fragment(
        *[rx.select.item(text, value=value) for value, text in scopes],
        rx.cond(ui.has_items(UserSelectionState.selected), chosen, rx.fragment()),
    )
    return ui.form_dialog(
        words("users-export-title"),
        ui.select_field(
            words("users-export-scope"),
            options,
            name="export_scope",
            value=UserExportState.scope,
            on_change=UserExportState.choose_scope,
        ),
        ui.select_field(
            words("users-export-kind"),
            [(CSV, words("users-export-csv")), (JSON, words("users-export-json"))],
            name="export_kind",
            value=UserExportState.kind,
            on_change=UserExportState.choose_kind,
        ),
        rx.el.fieldset(
            rx.el.legend(
                words("users-export-fields"),
                font_size="var(--font-size-2)",
                font_weight="500",
                margin_bottom="var(--space-2)",
            ),
            rx.grid(
                *[
                    ui.checkbox(label, name=f"export_{name}", default_checked=name in _PRESELECTED)
                    for name, label in FIELD_LABELS.items()
                ],
                columns=rx.breakpoints(initial="1", sm="2"),
                spacing="2",
            ),
            border="0",
            padding="0",
            margin="0",
            min_width="0",
        ),
        submit_label=words("users-export-submit"),
        is_open=UserExportState.is_open,
        error=UserExportState.error,
        on_submit=UserExportState.submit,
        on_open_change=UserExportState.toggle,
    )


def keep_view_dialog() -> rx.Component:
    """Return the dialog that keeps what the table shows under a name."""
    return ui.form_dialog(
        words("users-view-title"),
        ui.text_field(
            words("users-view-name"),
            name="view_name",
            max_length=60,
            hint=words("users-view-hint"),
            auto_complete="off",
        ),
        submit_label=words("users-view-submit"),
        is_open=UserViewsState.is_open,
        error=UserViewsState.error,
        on_submit=UserViewsState.submit,
        on_open_change=UserViewsState.toggle,
    )


def _more(title: str, *fields: rx.Component) -> rx.Component:
    summary = rx.el.summary(title, cursor="pointer", font_size="var(--font-size-2)", font_weight="500")
    return rx.el.details(
        summary, rx.vstack(*fields, spacing="4", width="100%", padding_top="var(--space-3)"), width="100%"
    )
