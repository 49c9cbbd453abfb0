"""The pages that mails lead to, and asking for a reset link."""

import reflex as rx

from components import ui
from components.hosted.frame import hosted_page, working
from components.ui import tokens
from hexclave_app.pages import routes
from state.hosted import links
from state.hosted.credentials import PASSWORD_HINT
from state.hosted.links import EmailVerificationState, ForgotPasswordState, MagicLinkState, PasswordResetState
from state.hosted.project import HostedState


def forgot_password() -> rx.Component:
    """Return the page that mails a reset link."""
    return hosted_page(
        rx.cond(
            HostedState.is_signed_in,
            signed_in_card(),
            rx.cond(ForgotPasswordState.is_sent, _sent(), _forgot_form()),
        )
    )


def password_reset() -> rx.Component:
    """Return the page where a link sets a new password."""
    again = ui.link_button("Send a new link", routes.FORGOT_PASSWORD)
    return hosted_page(
        rx.match(
            PasswordResetState.stage,
            (links.ASKING, _reset_form()),
            (
                links.DONE,
                ui.message_card(
                    "Your password is changed",
                    "You were signed out everywhere. Sign in with the new password.",
                    tone="success",
                    primary=ui.link_button("Sign in", routes.SIGN_IN),
                ),
            ),
            *code_cards(again),
            (
                links.FAILED,
                ui.message_card("The password was not changed", PasswordResetState.error, tone="danger", primary=again),
            ),
            working("Checking the link …"),
        )
    )


def magic_link() -> rx.Component:
    """Return the page that signs in on a click."""
    again = ui.link_button("Sign in", routes.SIGN_IN)
    return hosted_page(
        rx.match(
            MagicLinkState.stage,
            (links.SIGNED_IN, signed_in_card()),
            (
                links.ASKING,
                rx.vstack(
                    ui.message_card(
                        "Sign in here?",
                        "You opened a sign-in link. Continue only if you asked for it.",
                        secondary=ui.link_button("Cancel", routes.HOME, kind="secondary"),
                        primary=ui.button(
                            "Sign in", pending=MagicLinkState.is_loading, on_click=MagicLinkState.confirm
                        ),
                    ),
                    rx.cond(MagicLinkState.error, ui.callout(MagicLinkState.error, tone="danger")),
                    width="100%",
                ),
            ),
            *code_cards(again),
            (
                links.FAILED,
                ui.message_card("You are not signed in", MagicLinkState.error, tone="danger", primary=again),
            ),
            working("Opening the link …"),
        )
    )


def email_verification() -> rx.Component:
    """Return the page that verifies an address on a click."""
    home = ui.link_button("Continue", routes.HOME)
    return hosted_page(
        rx.match(
            EmailVerificationState.stage,
            (
                links.ASKING,
                ui.message_card(
                    "Verify your e-mail address?",
                    "Continue only if you signed up here, or added this address.",
                    secondary=ui.link_button("Cancel", routes.HOME, kind="secondary"),
                    primary=ui.button(
                        "Verify", pending=EmailVerificationState.is_loading, on_click=EmailVerificationState.confirm
                    ),
                ),
            ),
            (
                links.DONE,
                ui.message_card("Your e-mail address is verified", "Thank you.", tone="success", primary=home),
            ),
            *code_cards(home),
            (
                links.FAILED,
                ui.message_card("That did not work", EmailVerificationState.error, tone="danger", primary=home),
            ),
            working("Opening the link …"),
        )
    )


def code_cards(again: rx.Component) -> list[tuple[str, rx.Component]]:
    """Return the cards of codes that are no good anymore, with the way to a new one."""
    return [
        (
            links.INVALID,
            ui.message_card(
                "This link is not valid",
                "It may be incomplete. Open it from the e-mail once more, or ask for a new one.",
                tone="warning",
                primary=again,
            ),
        ),
        (
            links.EXPIRED,
            ui.message_card("This link has expired", "Links work for some days only.", tone="warning", primary=again),
        ),
        (
            links.USED,
            ui.message_card("This link was used already", "Every link works once.", tone="warning", primary=again),
        ),
    ]


def signed_in_card() -> rx.Component:
    """Return what people see who are signed in already."""
    return ui.message_card(
        "You are signed in already",
        HostedState.email,
        secondary=ui.link_button("Sign out", routes.SIGN_OUT, kind="secondary"),
        primary=ui.link_button("Continue", routes.HOME),
    )


def _sent() -> rx.Component:
    return ui.message_card(
        "Check your e-mail",
        "If there is an account with this address, a link to choose a new password is on its way.",
        tone="success",
        primary=ui.link_button("Back to sign-in", routes.SIGN_IN),
    )


def _forgot_form() -> rx.Component:
    return rx.vstack(
        rx.heading("Forgot your password?", as_="h1", size="6", text_align="center"),
        rx.text("We mail you a link to choose a new one.", size="2", color=tokens.TEXT_MUTED),
        ui.submit_form(
            ui.text_field(
                "E-mail",
                name="email",
                type="email",
                auto_complete="email",
                error=ForgotPasswordState.email_error,
                required=True,
            ),
            ui.button(
                "Send the link",
                type="submit",
                size="3",
                width="100%",
                pending=ForgotPasswordState.is_loading,
                disabled=~rx.State.is_hydrated,
            ),
            on_submit=ForgotPasswordState.submit,
        ),
        rx.link("Back to sign-in", href=routes.SIGN_IN, size="2", underline="always"),
        spacing="4",
        align="center",
        width="100%",
    )


def _reset_form() -> rx.Component:
    return rx.vstack(
        rx.heading("Choose a new password", as_="h1", size="6", text_align="center", width="100%"),
        ui.submit_form(
            ui.password_field(
                "New password",
                name="password",
                auto_complete="new-password",
                hint=PASSWORD_HINT,
                error=PasswordResetState.password_error,
                required=True,
            ),
            ui.password_field(
                "Repeat password",
                name="password_repeat",
                auto_complete="new-password",
                error=PasswordResetState.repeat_error,
                required=True,
            ),
            ui.button("Change password", type="submit", size="3", width="100%", pending=PasswordResetState.is_loading),
            on_submit=PasswordResetState.submit,
        ),
        spacing="4",
        width="100%",
    )
