"""The pages that mails lead to, and asking for a reset link."""

from typing import Any

import reflex as rx

from components import ui
from components.hosted.frame import hosted_page, working
from components.ui import say, tokens
from hexclave_app.pages import routes
from hexclave_app.security.passwords import MIN_LENGTH
from state.hosted import links
from state.hosted.links import EmailVerificationState, ForgotPasswordState, MagicLinkState, PasswordResetState
from state.hosted.project import HostedState


def forgot_password() -> rx.Component:
    """Return the page that mails a reset link."""
    return hosted_page(
        rx.cond(
            HostedState.has_arrived,
            signed_in_card(),
            rx.cond(ForgotPasswordState.is_sent, _sent(), _forgot_form()),
        )
    )


def password_reset() -> rx.Component:
    """Return the page where a link sets a new password."""
    again = ui.link_button(say("send-a-new-link"), routes.FORGOT_PASSWORD)
    return hosted_page(
        rx.match(
            PasswordResetState.stage,
            (links.ASKING, _reset_form()),
            (
                links.DONE,
                ui.message_card(
                    say("password-changed"),
                    say("password-changed-text"),
                    tone="success",
                    primary=ui.link_button(say("sign-in"), routes.SIGN_IN),
                ),
            ),
            *code_cards(again),
            (
                links.FAILED,
                ui.message_card(say("password-not-changed"), PasswordResetState.error, tone="danger", primary=again),
            ),
            working(say("checking-link")),
        )
    )


def magic_link() -> rx.Component:
    """Return the page that signs in on a click."""
    again = ui.link_button(say("sign-in"), routes.SIGN_IN)
    return hosted_page(
        rx.match(
            MagicLinkState.stage,
            (links.SIGNED_IN, signed_in_card()),
            (
                links.ASKING,
                rx.vstack(
                    ui.message_card(
                        say("sign-in-here"),
                        say("sign-in-here-text"),
                        secondary=ui.link_button(say("cancel"), routes.HOME, kind="secondary"),
                        primary=ui.button(
                            say("sign-in"), pending=MagicLinkState.is_loading, on_click=MagicLinkState.confirm
                        ),
                    ),
                    rx.cond(MagicLinkState.error, ui.callout(MagicLinkState.error, tone="danger")),
                    width="100%",
                ),
            ),
            *code_cards(again),
            (
                links.FAILED,
                ui.message_card(say("not-signed-in"), MagicLinkState.error, tone="danger", primary=again),
            ),
            working(say("opening-link")),
        )
    )


def email_verification() -> rx.Component:
    """Return the page that verifies an address on a click."""
    home = ui.link_button(say("continue"), EmailVerificationState.next_href)
    return hosted_page(
        rx.match(
            EmailVerificationState.stage,
            (
                links.ASKING,
                ui.message_card(
                    say("verify-email"),
                    say("verify-email-text"),
                    secondary=ui.link_button(say("cancel"), routes.HOME, kind="secondary"),
                    primary=ui.button(
                        say("verify"),
                        pending=EmailVerificationState.is_loading,
                        on_click=EmailVerificationState.confirm,
                    ),
                ),
            ),
            (
                links.DONE,
                ui.message_card(say("email-verified"), say("thank-you"), tone="success", primary=home),
            ),
            *code_cards(home),
            (
                links.FAILED,
                ui.message_card(say("did-not-work"), EmailVerificationState.error, tone="danger", primary=home),
            ),
            working(say("opening-link")),
        )
    )


def code_cards(again: rx.Component) -> list[tuple[str, rx.Component]]:
    """Return the cards of codes that are no good anymore, with the way to a new one."""
    return [
        (
            links.INVALID,
            ui.message_card(
                say("link-invalid"),
                say("link-invalid-text"),
                tone="warning",
                primary=again,
            ),
        ),
        (
            links.EXPIRED,
            ui.message_card(say("link-expired"), say("link-expired-text"), tone="warning", primary=again),
        ),
        (
            links.USED,
            ui.message_card(say("link-used"), say("link-used-text"), tone="warning", primary=again),
        ),
    ]


def new_password_fields(
    label: rx.Var[str],
    *,
    error: rx.Var[str] | str,
    repeat_error: rx.Var[str] | str,
    asks_repeat: bool | rx.Var[bool] = True,
    **options: Any,
) -> tuple[rx.Component, rx.Component]:
    """Return the fields in which somebody chooses a password; options go to both."""
    return (
        ui.password_field(
            label,
            name="password",
            auto_complete="new-password",
            hint=say("password-hint", length=MIN_LENGTH),
            error=error,
            required=True,
            **options,
        ),
        rx.cond(
            asks_repeat,
            ui.password_field(
                say("repeat-password"),
                name="password_repeat",
                auto_complete="new-password",
                error=repeat_error,
                required=True,
                **options,
            ),
        ),
    )


def signed_in_card() -> rx.Component:
    """Return what people see who are signed in already."""
    return ui.message_card(
        say("signed-in-already"),
        HostedState.email,
        secondary=ui.link_button(say("sign-out"), routes.SIGN_OUT, kind="secondary"),
        primary=ui.link_button(say("continue"), routes.HOME),
    )


def _sent() -> rx.Component:
    return ui.message_card(
        say("check-your-email"),
        say("reset-link-sent"),
        tone="success",
        primary=ui.link_button(say("back-to-sign-in"), routes.SIGN_IN),
    )


def _forgot_form() -> rx.Component:
    return rx.vstack(
        rx.heading(say("forgot-your-password"), as_="h1", size="6", text_align="center"),
        rx.text(say("forgot-your-password-text"), size="2", color=tokens.TEXT_MUTED),
        ui.submit_form(
            ui.text_field(
                say("email"),
                name="email",
                type="email",
                auto_complete="email",
                error=ForgotPasswordState.email_error,
                required=True,
            ),
            ui.button(
                say("send-the-link"),
                type="submit",
                size="3",
                width="100%",
                pending=ForgotPasswordState.is_loading,
            ),
            on_submit=ForgotPasswordState.submit,
        ),
        rx.link(say("back-to-sign-in"), href=routes.SIGN_IN, size="2", underline="always"),
        spacing="4",
        align="center",
        width="100%",
    )


def _reset_form() -> rx.Component:
    return rx.vstack(
        rx.heading(say("choose-new-password"), as_="h1", size="6", text_align="center", width="100%"),
        ui.submit_form(
            *new_password_fields(
                say("new-password"),
                error=PasswordResetState.password_error,
                repeat_error=PasswordResetState.repeat_error,
            ),
            ui.button(
                say("change-password"), type="submit", size="3", width="100%", pending=PasswordResetState.is_loading
            ),
            on_submit=PasswordResetState.submit,
        ),
        spacing="4",
        width="100%",
    )
