"""The mail server and the theme of a project."""

import reflex as rx

from components import ui
from components.dashboard.shell import project_page
from components.ui import tokens, words
from state.dashboard import paths
from state.dashboard.email_settings import EmailSettingsState
from state.dashboard.shell import ShellState


def page() -> rx.Component:
    """Return the mail settings of the open project."""
    return project_page(
        rx.cond(
            EmailSettingsState.error,
            ui.error_state(EmailSettingsState.error, on_retry=EmailSettingsState.load),
            rx.cond(EmailSettingsState.is_loading, _skeleton(), _sections()),
        ),
        here="email-settings",
        title=words("emails-settings-title"),
    )


def _sections() -> rx.Component:
    return rx.vstack(_server(), _theme(), spacing="5", width="100%", max_width="48rem")


def _skeleton() -> rx.Component:
    cards = [rx.skeleton(rx.box(height="16rem", width="100%"), width="100%", max_width="48rem") for _ in range(2)]
    return rx.vstack(
        *cards, spacing="5", width="100%", role="status", aria_busy="true", aria_label=words("emails-settings-loading")
    )


def _server() -> rx.Component:
    state = EmailSettingsState
    return ui.section(
        words("emails-server"),
        rx.cond(
            state.is_shared,
            ui.callout(words("emails-server-shared")),
            rx.hstack(
                ui.badge(words("emails-server-own"), tone="success"),
                rx.spacer(),
                ui.button(words("emails-server-use-shared"), kind="secondary", size="1", on_click=state.use_shared),
                width="100%",
            ),
        ),
        ui.submit_form(
            ui.text_field(
                words("emails-server-host"),
                name="host",
                default_value=state.host,
                hint=words("emails-server-host-hint"),
            ),
            ui.text_field(
                words("emails-server-port"),
                name="port",
                default_value=state.port,
                hint=words("emails-server-port-hint"),
            ),
            ui.text_field(
                words("emails-server-user"), name="username", default_value=state.username, auto_complete="off"
            ),
            ui.password_field(
                words("emails-server-password"),
                name="password",
                auto_complete="new-password",
                hint=words("emails-server-password-hint"),
            ),
            ui.text_field(words("emails-server-sender-name"), name="sender_name", default_value=state.sender_name),
            ui.text_field(words("emails-server-sender-email"), name="sender_email", default_value=state.sender_email),
            rx.cond(state.problem, ui.callout(state.problem, tone="danger")),
            rx.hstack(
                ui.button(words("emails-server-save"), type="submit", pending=state.is_saving),
                justify="end",
                width="100%",
            ),
            on_submit=state.save_server,
        ),
        text=words("emails-server-text"),
    )


def _theme() -> rx.Component:
    state = EmailSettingsState
    return ui.section(
        words("emails-settings-theme"),
        ui.select_field(
            words("emails-settings-theme-of-all"),
            rx.foreach(state.themes, lambda theme: rx.select.item(theme[1], value=theme[0])),
            name="theme",
            value=state.theme_id,
            on_change=state.choose_theme,
        ),
        rx.el.iframe(
            title=words("emails-settings-theme-preview"),
            src_doc=state.preview,
            sandbox="",
            width="100%",
            style={"height": "24rem", "border": f"1px solid {tokens.BORDER}", "borderRadius": "var(--radius-3)"},
        ),
        rx.link(words("emails-settings-own-themes"), href=paths.email_themes(ShellState.project.id), size="2"),
    )
