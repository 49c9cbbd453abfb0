"""The sign-in, sign-up and sign-out pages."""

import reflex as rx

from components import ui
from components.hosted.frame import hosted_page
from components.ui import tokens
from hexclave_app.pages import routes
from state.hosted.credentials import PASSWORD_HINT, SignInState, SignUpState
from state.hosted.project import HostedState


def sign_in() -> rx.Component:
    """Return the sign-in page."""
    return hosted_page(
        _heading("Sign in", "No account yet?", "Sign up", routes.SIGN_UP, is_shown=HostedState.can_sign_up),
        rx.cond(HostedState.has_password, _sign_in_form(), _no_method()),
    )


def sign_up() -> rx.Component:
    """Return the sign-up page."""
    return hosted_page(
        rx.cond(
            HostedState.can_sign_up,
            rx.fragment(
                _heading("Create your account", "Already have one?", "Sign in", routes.SIGN_IN, is_shown=True),
                rx.cond(HostedState.has_password, _sign_up_form(), _no_method()),
            ),
            ui.message_card(
                "Sign-ups are closed",
                "New accounts cannot be created here at the moment. Ask the people who run this service.",
                primary=ui.link_button("Sign in", routes.SIGN_IN),
            ),
        )
    )


def sign_out() -> rx.Component:
    """Return the page that ends the session."""
    return hosted_page(
        rx.cond(
            ~HostedState.is_loaded | HostedState.is_signed_in,
            rx.center(rx.spinner(size="3"), rx.text("Signing you out …", role="status"), spacing="3"),
            ui.message_card(
                "You are signed out",
                "See you soon.",
                tone="success",
                primary=ui.link_button("Sign in", routes.SIGN_IN),
            ),
        )
    )


def home() -> rx.Component:
    """Return the landing page of a project's hosted origin."""
    return hosted_page(
        rx.cond(
            HostedState.is_signed_in,
            ui.message_card(
                rx.Var.create("Welcome, ") + HostedState.greeting_name,
                rx.Var.create("You are signed in as ") + HostedState.email,
                tone="success",
                primary=ui.link_button("Sign out", routes.SIGN_OUT, kind="secondary"),
            ),
            rx.center(rx.spinner(size="3"), rx.text("Loading …", role="status"), spacing="3"),
        )
    )


def _heading(title: str, question: str, answer: str, href: str, *, is_shown: bool | rx.Var[bool]) -> rx.Component:
    return rx.vstack(
        rx.heading(title, as_="h1", size="6", text_align="center"),
        rx.cond(
            is_shown,
            rx.text(question, " ", rx.link(answer, href=href, underline="always"), size="2", color=tokens.TEXT_MUTED),
        ),
        spacing="2",
        align="center",
        width="100%",
        margin_bottom="var(--space-5)",
    )


def _sign_in_form() -> rx.Component:
    return ui.submit_form(
        _page_error(SignInState.error),
        ui.text_field(
            "E-mail", name="email", type="email", auto_complete="email", error=SignInState.email_error, required=True
        ),
        ui.password_field(
            "Password",
            name="password",
            auto_complete="current-password",
            error=SignInState.password_error,
            required=True,
        ),
        ui.button("Sign in", type="submit", size="3", width="100%", pending=SignInState.is_loading),
        on_submit=SignInState.submit,
    )


def _sign_up_form() -> rx.Component:
    return ui.submit_form(
        _page_error(SignUpState.error),
        ui.text_field(
            "E-mail", name="email", type="email", auto_complete="email", error=SignUpState.email_error, required=True
        ),
        ui.password_field(
            "Password",
            name="password",
            auto_complete="new-password",
            hint=PASSWORD_HINT,
            error=SignUpState.password_error,
            required=True,
        ),
        ui.password_field(
            "Repeat password",
            name="password_repeat",
            auto_complete="new-password",
            error=SignUpState.repeat_error,
            required=True,
        ),
        ui.button("Create account", type="submit", size="3", width="100%", pending=SignUpState.is_loading),
        on_submit=SignUpState.submit,
    )


def _page_error(error: str | rx.Var[str]) -> rx.Component:
    return rx.cond(error, ui.callout(error, tone="danger"))


def _no_method() -> rx.Component:
    return ui.callout("No sign-in method is enabled in this project. Enable one in its dashboard.", tone="danger")
