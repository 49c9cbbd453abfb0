"""Pages on which people finish something: onboarding, invitations, new teams, command lines."""

import reflex as rx

from components import ui
from components.hosted.frame import hosted_page, working
from components.hosted.links import code_cards
from components.ui import tokens
from hexclave_app.pages import routes
from state.hosted import command_line, invitations, links
from state.hosted import onboarding as onboarding_state
from state.hosted.command_line import CliAuthState
from state.hosted.invitations import TeamCreationState, TeamInvitationState
from state.hosted.onboarding import OnboardingState

_SIGN_OUT = "Sign out"


def onboarding() -> rx.Component:
    """Return the page of people whose account is not finished."""
    sign_out = ui.link_button(_SIGN_OUT, routes.SIGN_OUT, kind="secondary")
    return hosted_page(
        rx.match(
            OnboardingState.stage,
            (onboarding_state.ADD_EMAIL, _email_form(sign_out)),
            (
                onboarding_state.CHECK_INBOX,
                rx.vstack(
                    ui.message_card(
                        "Check your inbox",
                        ui.text_of("Open the link that we sent to ", OnboardingState.email, "."),
                        tone="info",
                        secondary=sign_out,
                        primary=ui.button("I have opened it", on_click=OnboardingState.load),
                    ),
                    rx.cond(OnboardingState.error, ui.callout(OnboardingState.error, tone="danger")),
                    rx.hstack(
                        ui.button("Change the address", kind="quiet", on_click=OnboardingState.change),
                        ui.button("Send it again", kind="quiet", on_click=OnboardingState.send_again),
                        spacing="5",
                        wrap="wrap",
                        justify="center",
                    ),
                    spacing="5",
                    align="center",
                ),
            ),
            (
                onboarding_state.BLOCKED,
                ui.message_card(
                    "Your account is not ready",
                    rx.cond(
                        OnboardingState.reason,
                        OnboardingState.reason,
                        "The people who run this service have to look at it first. Please contact them.",
                    ),
                    tone="warning",
                    primary=sign_out,
                ),
            ),
            working("Loading …"),
        )
    )


def team_invitation() -> rx.Component:
    """Return the page of an invitation."""
    home = ui.link_button("Continue", routes.HOME)
    ignore = ui.link_button("Not now", routes.HOME, kind="secondary")
    return hosted_page(
        rx.match(
            TeamInvitationState.stage,
            (
                invitations.SIGNED_OUT,
                ui.message_card(
                    "You are invited to a team",
                    "Sign in with the invited e-mail address to join it.",
                    secondary=ignore,
                    primary=ui.link_button("Sign in", TeamInvitationState.sign_in_href),
                ),
            ),
            (
                invitations.RESTRICTED,
                ui.message_card(
                    "One step before you join",
                    "Finish setting up your account, then you come back here.",
                    secondary=ignore,
                    primary=ui.link_button("Finish set-up", TeamInvitationState.onboarding_href),
                ),
            ),
            (
                links.ASKING,
                ui.message_card(
                    ui.text_of("Join ", TeamInvitationState.team_name, "?"),
                    "You were invited to this team.",
                    secondary=ignore,
                    primary=ui.button(
                        "Join", pending=TeamInvitationState.is_loading, on_click=TeamInvitationState.join
                    ),
                ),
            ),
            (
                links.DONE,
                ui.message_card(
                    ui.text_of("You are in ", TeamInvitationState.team_name), "Welcome.", tone="success", primary=home
                ),
            ),
            *code_cards(home),
            (
                links.FAILED,
                ui.message_card("You cannot join", TeamInvitationState.error, tone="danger", primary=home),
            ),
            working("Opening the invitation …"),
        )
    )


def team_creation() -> rx.Component:
    """Return the page that creates a team."""
    return hosted_page(
        rx.cond(
            TeamCreationState.is_closed,
            ui.message_card(
                "Teams are not created here",
                "This project does not let people create teams themselves.",
                tone="warning",
                primary=ui.link_button("Continue", routes.HOME),
            ),
            rx.vstack(
                rx.heading("Create a team", as_="h1", size="6", text_align="center", width="100%"),
                team_form(),
                spacing="4",
                width="100%",
            ),
        )
    )


def team_form() -> rx.Component:
    """Return the one field of a new team."""
    return ui.submit_form(
        ui.text_field("Team name", name="team_name", error=TeamCreationState.name_error, auto_complete="organization"),
        ui.button("Create team", type="submit", size="3", pending=TeamCreationState.is_loading),
        on_submit=TeamCreationState.submit,
    )


def cli_auth() -> rx.Component:
    """Return the page that lets a command line in."""
    again = ui.button("Try again", on_click=CliAuthState.load)
    return hosted_page(
        rx.match(
            CliAuthState.stage,
            (links.ASKING, _authorize()),
            (command_line.COMPLETING, working("Signing the command line in …")),
            (
                links.DONE,
                ui.message_card(
                    "The command line is signed in", "You can close this window and go back to it.", tone="success"
                ),
            ),
            (
                links.INVALID,
                ui.message_card(
                    "This link is not valid",
                    "It has no login code. Start the sign-in from the command line again.",
                    tone="warning",
                ),
            ),
            (
                links.FAILED,
                ui.message_card("The command line is not signed in", CliAuthState.error, tone="danger", primary=again),
            ),
            working("Loading …"),
        )
    )


def _authorize() -> rx.Component:
    return rx.vstack(
        ui.message_card(
            "Let a command line in?",
            "A program on a computer asks to act as you.",
        ),
        ui.callout(
            "It gets full access to your account. Continue only if you have just started this sign-in yourself; close"
            " the page if somebody sent you the link.",
            tone="warning",
        ),
        rx.cond(
            CliAuthState.account,
            rx.text("Account: ", rx.text.strong(CliAuthState.account, overflow_wrap="anywhere"), size="2"),
            rx.text("You sign in next.", size="2", color=tokens.TEXT_MUTED),
        ),
        ui.button(
            "Authorize", size="3", width="100%", pending=CliAuthState.is_loading, on_click=CliAuthState.authorize
        ),
        spacing="4",
        align="center",
        width="100%",
    )


def _email_form(sign_out: rx.Component) -> rx.Component:
    return rx.vstack(
        rx.heading("Add your e-mail address", as_="h1", size="6", text_align="center", width="100%"),
        ui.submit_form(
            ui.text_field(
                "E-mail",
                name="email",
                type="email",
                auto_complete="email",
                default_value=OnboardingState.email,
                error=OnboardingState.email_error,
            ),
            rx.cond(OnboardingState.error, ui.callout(OnboardingState.error, tone="danger")),
            rx.hstack(
                sign_out,
                ui.button("Continue", type="submit", pending=OnboardingState.is_loading),
                justify="end",
                width="100%",
            ),
            on_submit=OnboardingState.submit,
        ),
        spacing="4",
        width="100%",
    )
