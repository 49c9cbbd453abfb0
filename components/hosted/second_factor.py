"""The page that asks for the second factor."""

import reflex as rx

from components import ui
from components.hosted.frame import hosted_page
from components.ui import say, tokens
from hexclave_app.pages import routes
from state.hosted.second_factor import MfaState


def mfa() -> rx.Component:
    """Return the page."""
    return hosted_page(
        rx.cond(
            MfaState.is_lost,
            ui.message_card(
                say("nothing-to-confirm"),
                say("attempt-lost"),
                tone="warning",
                primary=ui.link_button(say("sign-in"), routes.SIGN_IN),
            ),
            rx.vstack(
                rx.heading(say("two-step-sign-in"), as_="h1", size="6", text_align="center"),
                rx.cond(MfaState.uses_recovery_code, _recovery_code(), _authenticator_code()),
                progress(is_checking=MfaState.is_loading, is_right=MfaState.is_verified),
                ui.button(
                    rx.cond(MfaState.uses_recovery_code, say("use-authenticator"), say("use-recovery-code")),
                    kind="quiet",
                    on_click=MfaState.switch_kind,
                ),
                rx.link(say("back-to-sign-in"), href=routes.SIGN_IN, size="2", underline="always"),
                spacing="4",
                align="center",
                width="100%",
            ),
        )
    )


def _authenticator_code() -> rx.Component:
    return rx.vstack(
        rx.text(say("type-six-digits"), size="2", color=tokens.TEXT_MUTED),
        ui.code_field(
            say("code"),
            name="code",
            error=MfaState.error,
            round=MfaState.tries,
            is_busy=MfaState.is_loading | MfaState.is_verified,
            on_change=MfaState.type_code,
        ),
        spacing="4",
        align="center",
        width="100%",
    )


def _recovery_code() -> rx.Component:
    return ui.submit_form(
        recovery_code_field("recovery_code", error=MfaState.error),
        ui.button(say("sign-in"), type="submit", size="3", width="100%", pending=MfaState.is_loading),
        on_submit=MfaState.submit_recovery_code,
    )


def recovery_code_field(name: str, *, error: str | rx.Var[str]) -> rx.Component:
    """Return the field for what stands in for a code of the authenticator."""
    return ui.text_field(
        say("recovery-code"),
        name=name,
        auto_complete="off",
        hint=say("recovery-code-hint"),
        error=error,
        auto_focus=True,
    )


def progress(*, is_checking: bool | rx.Var[bool], is_right: bool | rx.Var[bool] = False) -> rx.Component:
    """Return the line that says what becomes of a typed code."""
    right = rx.hstack(ui.icon("circle_check", color=rx.color("green", 11)), rx.text(say("verified"), size="2"))
    checking = rx.hstack(rx.spinner(), rx.text(say("verifying"), size="2"), align="center")
    return rx.box(
        rx.cond(is_right, right, rx.cond(is_checking, checking)), role="status", min_height="var(--line-height-3)"
    )
