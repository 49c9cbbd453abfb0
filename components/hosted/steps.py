"""Pages on which people finish something: onboarding, invitations, new teams, command lines."""

import reflex as rx

from components import ui
from components.hosted.frame import hosted_page, working
from components.hosted.links import code_cards, new_password_fields
from components.ui import say, tokens
from hexclave_app.pages import routes
from state.hosted import command_line, invitations, links
from state.hosted import onboarding as onboarding_state
from state.hosted.command_line import CliAuthState
from state.hosted.invitations import TeamCreationState, TeamInvitationState
from state.hosted.onboarding import OnboardingState


def onboarding() -> rx.Component:
    """Return the page of people whose account is not finished."""
    sign_out = ui.link_button(say("sign-out"), routes.SIGN_OUT, kind="secondary")
    return hosted_page(
        rx.window_event_listener(on_focus=OnboardingState.look_again),
        rx.match(
            OnboardingState.stage,
            (onboarding_state.ADD_EMAIL, _email_form(sign_out)),
            (
                onboarding_state.CHECK_INBOX,
                rx.vstack(
                    ui.message_card(
                        say("check-your-inbox"),
                        say("open-link-sent", email=OnboardingState.email),
                        tone="info",
                        secondary=sign_out,
                        primary=ui.button(say("opened-it"), on_click=OnboardingState.load),
                    ),
                    rx.cond(OnboardingState.error, ui.callout(OnboardingState.error, tone="danger")),
                    rx.hstack(
                        ui.button(say("change-address"), kind="quiet", on_click=OnboardingState.change),
                        ui.button(say("send-it-again"), kind="quiet", on_click=OnboardingState.send_again),
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
                    say("account-not-ready"),
                    rx.cond(
                        OnboardingState.reason,
                        OnboardingState.reason,
                        say("account-not-ready-text"),
                    ),
                    tone="warning",
                    primary=sign_out,
                ),
            ),
            working(say("loading-page")),
        ),
    )


def team_invitation() -> rx.Component:
    """Return the page of an invitation."""
    home = ui.link_button(say("continue"), routes.HOME)
    ignore = ui.link_button(say("not-now"), routes.HOME, kind="secondary")
    return hosted_page(
        rx.match(
            TeamInvitationState.stage,
            (
                invitations.SIGNED_OUT,
                rx.cond(
                    TeamInvitationState.invited_email,
                    _invited_account(),
                    ui.message_card(
                        say("invited-to-team"),
                        say("invited-sign-in"),
                        secondary=ignore,
                        primary=ui.link_button(say("sign-in"), TeamInvitationState.sign_in_href),
                    ),
                ),
            ),
            (
                invitations.RESTRICTED,
                ui.message_card(
                    say("one-step-before"),
                    say("one-step-before-text"),
                    secondary=ignore,
                    primary=ui.link_button(say("finish-set-up"), TeamInvitationState.onboarding_href),
                ),
            ),
            (
                links.ASKING,
                ui.message_card(
                    say("join-team", team=TeamInvitationState.team_name),
                    say("join-team-text"),
                    secondary=ignore,
                    primary=ui.button(
                        say("join"), pending=TeamInvitationState.is_loading, on_click=TeamInvitationState.join
                    ),
                ),
            ),
            (
                links.DONE,
                ui.message_card(
                    say("joined-team", team=TeamInvitationState.team_name),
                    say("joined-team-text"),
                    tone="success",
                    primary=home,
                ),
            ),
            *code_cards(home),
            (
                links.FAILED,
                ui.message_card(say("cannot-join"), TeamInvitationState.error, tone="danger", primary=home),
            ),
            working(say("opening-invitation")),
        )
    )


def _invited_account() -> rx.Component:
    email = rx.text.strong(TeamInvitationState.invited_email, overflow_wrap="anywhere")
    return rx.vstack(
        rx.heading(say("invited-to-team"), as_="h1", size="6", text_align="center", width="100%"),
        rx.text(ui.sentence("invited-create-account", email=email), size="2", color=tokens.TEXT_MUTED),
        rx.cond(TeamInvitationState.error, ui.callout(TeamInvitationState.error, tone="danger")),
        ui.submit_form(
            *new_password_fields(
                say("password"),
                error=TeamInvitationState.password_error,
                repeat_error=TeamInvitationState.repeat_error,
            ),
            ui.button(
                say("create-account"), type="submit", size="3", width="100%", pending=TeamInvitationState.is_loading
            ),
            on_submit=TeamInvitationState.create_account,
        ),
        rx.text(
            rx.link(say("invited-other-account"), href=TeamInvitationState.sign_in_href, underline="always"), size="2"
        ),
        spacing="4",
        width="100%",
    )


def team_creation() -> rx.Component:
    """Return the page that creates a team."""
    return hosted_page(
        rx.cond(
            TeamCreationState.is_closed,
            ui.message_card(
                say("no-team-creation"),
                say("no-team-creation-text"),
                tone="warning",
                primary=ui.link_button(say("continue"), routes.HOME),
            ),
            rx.vstack(
                rx.heading(say("create-a-team"), as_="h1", size="6", text_align="center", width="100%"),
                team_form(),
                spacing="4",
                width="100%",
            ),
        )
    )


def team_form() -> rx.Component:
    """Return the one field of a new team."""
    return ui.submit_form(
        ui.text_field(
            say("team-name"), name="team_name", error=TeamCreationState.name_error, auto_complete="organization"
        ),
        ui.button(say("create-team"), type="submit", size="3", pending=TeamCreationState.is_loading),
        on_submit=TeamCreationState.submit,
    )


def cli_auth() -> rx.Component:
    """Return the page that lets a command line in."""
    again = ui.button(say("try-again"), on_click=CliAuthState.load)
    return hosted_page(
        rx.match(
            CliAuthState.stage,
            (links.ASKING, _authorize()),
            (command_line.COMPLETING, working(say("cli-completing"))),
            (
                links.DONE,
                ui.message_card(say("cli-done"), say("cli-done-text"), tone="success"),
            ),
            (
                links.INVALID,
                ui.message_card(
                    say("link-invalid"),
                    say("cli-invalid"),
                    tone="warning",
                ),
            ),
            (
                links.FAILED,
                ui.message_card(say("cli-failed"), CliAuthState.error, tone="danger", primary=again),
            ),
            working(say("loading-page")),
        )
    )


def _authorize() -> rx.Component:
    return rx.vstack(
        ui.message_card(
            say("cli-ask"),
            say("cli-ask-text"),
        ),
        ui.callout(
            say("cli-warning"),
            tone="warning",
        ),
        rx.cond(
            CliAuthState.account,
            rx.text(
                ui.sentence("cli-account", account=rx.text.strong(CliAuthState.account, overflow_wrap="anywhere")),
                size="2",
            ),
            rx.text(say("cli-sign-in-next"), size="2", color=tokens.TEXT_MUTED),
        ),
        ui.button(
            say("authorize"), size="3", width="100%", pending=CliAuthState.is_loading, on_click=CliAuthState.authorize
        ),
        spacing="4",
        align="center",
        width="100%",
    )


def _email_form(sign_out: rx.Component) -> rx.Component:
    return rx.vstack(
        rx.heading(say("add-your-email"), as_="h1", size="6", text_align="center", width="100%"),
        ui.submit_form(
            ui.text_field(
                say("email"),
                name="email",
                type="email",
                auto_complete="email",
                default_value=OnboardingState.email,
                error=OnboardingState.email_error,
            ),
            rx.cond(OnboardingState.error, ui.callout(OnboardingState.error, tone="danger")),
            rx.hstack(
                sign_out,
                ui.button(say("continue"), type="submit", pending=OnboardingState.is_loading),
                justify="end",
                width="100%",
            ),
            on_submit=OnboardingState.submit,
        ),
        spacing="4",
        width="100%",
    )
