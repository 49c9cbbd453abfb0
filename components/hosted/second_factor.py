"""The page that asks for the second factor."""

import reflex as rx

from components import ui
from components.hosted.frame import hosted_page
from components.ui import tokens
from hexclave_app.pages import routes
from state.hosted.second_factor import MfaState
from state.hosted.signing_in import ATTEMPT_LOST


def mfa() -> rx.Component:
    """Return the page."""
    return hosted_page(
        rx.cond(
            MfaState.is_lost,
            ui.message_card(
                "Nothing to confirm",
                ATTEMPT_LOST,
                tone="warning",
                primary=ui.link_button("Sign in", routes.SIGN_IN),
            ),
            rx.vstack(
                rx.heading("Two-step sign-in", as_="h1", size="6", text_align="center"),
                rx.cond(MfaState.uses_recovery_code, _recovery_code(), _authenticator_code()),
                rx.box(_progress(), role="status", min_height="var(--line-height-3)"),
                ui.button(
                    rx.cond(MfaState.uses_recovery_code, "Use the authenticator app", "Use a recovery code"),
                    kind="quiet",
                    on_click=MfaState.switch_kind,
                ),
                spacing="4",
                align="center",
                width="100%",
            ),
        )
    )


def _authenticator_code() -> rx.Component:
    return rx.vstack(
        rx.text("Type the six digits that your authenticator app shows.", size="2", color=tokens.TEXT_MUTED),
        ui.code_field(
            "Code",
            name="code",
            error=MfaState.error,
            round=MfaState.tries,
            disabled=MfaState.is_loading | MfaState.is_verified,
            on_change=MfaState.type_code,
        ),
        spacing="4",
        align="center",
        width="100%",
    )


def _recovery_code() -> rx.Component:
    return ui.submit_form(
        ui.text_field(
            "Recovery code",
            name="recovery_code",
            auto_complete="off",
            hint="One of the codes that you wrote down. Each works once.",
            error=MfaState.error,
            auto_focus=True,
        ),
        ui.button("Sign in", type="submit", size="3", width="100%", pending=MfaState.is_loading),
        on_submit=MfaState.submit_recovery_code,
    )


def _progress() -> rx.Component:
    return rx.cond(
        MfaState.is_verified,
        rx.hstack(ui.icon("circle_check", color=rx.color("green", 11)), rx.text("Verified", size="2"), align="center"),
        rx.cond(MfaState.is_loading, rx.hstack(rx.spinner(), rx.text("Verifying …", size="2"), align="center")),
    )
